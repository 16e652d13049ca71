import { caseKinds } from '../../../src/cases/kinds/every-kind.js';
import { publishedSystems } from '../../../src/projection/codes/published-systems.js';
import type { PublishedSystem } from '../../../src/projection/codes/published-systems.js';
import { madeBy, nameOf, quoted } from './shorthand.js';

const translated = `RuleSet: Translated
* ^status = #draft
* ^experimental = false
* ^caseSensitive = true
* ^language = #sv
`;

/** `fhir-profiles/input/fsh/code-systems.fsh`: the hub's own code systems, Swedish with English designations, each with the value set of all its codes. */
export function codeSystemsShorthand(): string {
  const all = Object.values(publishedSystems(caseKinds)).flatMap(({ concepts, ...system }) =>
    Object.keys(concepts).length === 0
      ? [codeSystem(system, concepts)]
      : [codeSystem(system, concepts), valueSet(system)],
  );
  return [madeBy('src/projection/codes'), '', translated, all.join('\n')].join('\n');
}

type Named = Omit<PublishedSystem, 'concepts' | 'system'>;

const headOf = (kind: 'CodeSystem' | 'ValueSet', { name, title }: Named): string =>
  [
    `${kind}: ${nameOf(name)}${kind}`,
    `Id: ${name}`,
    `Title: ${quoted(title)}`,
    `Description: ${quoted(`${title}.`)}`,
  ].join('\n');

function codeSystem(system: Named, concepts: PublishedSystem['concepts']): string {
  const codes = Object.entries(concepts);
  const content = codes.length === 0 ? 'not-present' : system.isFragment ? 'fragment' : 'complete';
  const lines = codes.flatMap(([code, { sv, en }]) => [
    `* #${code} ${quoted(sv)}`,
    '  * ^designation[0].language = #en',
    `  * ^designation[0].value = ${quoted(en)}`,
  ]);
  return [headOf('CodeSystem', system), '* insert Translated', `* ^content = #${content}`, ...lines, ''].join(
    '\n',
  );
}

function valueSet(system: Named): string {
  return `${headOf('ValueSet', system)}
* ^status = #draft
* ^experimental = false
* include codes from system ${nameOf(system.name)}CodeSystem
`;
}
