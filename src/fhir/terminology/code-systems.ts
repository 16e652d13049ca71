import type { CodeSystem, CodeSystemConcept } from 'fhir/r4.js';
import { canonicalBase } from '../../projection/codes/codes.js';
import type { Concept } from '../../projection/codes/codes.js';
import { publishedSystems } from '../../projection/codes/published-systems.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import { formOperations } from '../operations/of-forms.js';
import { typeOperations } from '../operations/of-types.js';
import { readingOperations } from '../operations/reading.js';
import { refusalSystem, ruleSystem } from '../outcome.js';
import { allFaults } from '../all-faults.js';
import { writeFaults } from '../write/write-faults.js';

/** What the trail calls an act that is no interaction of FHIR (AuditEvent.subtype): an operation, or a sign-in that was refused. */
export const trailActionSystem = `${canonicalBase}/CodeSystem/trail-action`;

type Words = Partial<Concept>;

/**
 * The hub's code systems as resources, made from the tables that it works by, so that a code it sends is in them. The roles of the directory are
 * configuration; their codes are not listed. Of policies, which are too, those that come with the hub are.
 * @see https://hl7.org/fhir/R4/codesystem.html
 */
export function publishedCodeSystems(
  version: string,
  kinds: Pick<CaseKinds, 'operations' | 'todos' | 'notices' | 'rejections'>,
): readonly CodeSystem[] {
  const own = Object.values(publishedSystems(kinds)).map(({ system, title, concepts, isFragment }) =>
    codeSystem(version, system, title, concepts, isFragment),
  );
  // Every text that an OperationOutcome can be made of, by its code; `{name}` stands for what is filled in.
  const refusals: Readonly<Record<string, Concept & { readonly rule?: string }>> = {
    ...kinds.rejections,
    ...allFaults,
    ...writeFaults,
  };
  const rules = [...new Set(Object.values(refusals).flatMap(({ rule }) => rule ?? []))].sort();
  const operations = [
    ...kinds.operations,
    ...Object.entries({ ...readingOperations, ...formOperations, ...typeOperations }),
  ];
  return [
    ...own,
    codeSystem(version, refusalSystem, 'Why something is refused', refusals),
    codeSystem(
      version,
      ruleSystem,
      'Rule of the rulebook behind a refusal',
      Object.fromEntries(rules.map((rule) => [rule, {}])),
    ),
    codeSystem(
      version,
      trailActionSystem,
      'What the trail calls an act that is no interaction of FHIR',
      Object.fromEntries([
        ['authenticate', { sv: 'Inloggning', en: 'Authentication' }],
        ...operations.map(([name, words]) => [`$${name}`, words]),
      ]),
    ),
  ];
}

function codeSystem(
  version: string,
  system: string,
  title: string,
  concepts: Readonly<Record<string, Words>>,
  isFragment = false,
): CodeSystem & { id: string } {
  const codes = Object.entries(concepts);
  return {
    resourceType: 'CodeSystem',
    id: system.slice(system.lastIndexOf('/') + 1),
    language: 'sv',
    url: system,
    version,
    title,
    status: 'draft',
    experimental: false,
    caseSensitive: true,
    content: codes.length === 0 ? 'not-present' : isFragment ? 'fragment' : 'complete',
    ...(codes.length === 0 ? {} : { count: codes.length, concept: codes.map(asConcept) }),
  };
}

function asConcept([code, { sv, en }]: [string, Words]): CodeSystemConcept {
  return {
    code,
    ...(sv === undefined ? {} : { display: sv }),
    ...(en === undefined ? {} : { designation: [{ language: 'en', value: en }] }),
  };
}
