import type { Identifier, Reference } from 'fhir/r4.js';
import { typeName } from './difference.js';
import { relativeReference } from './meaning.js';
import type { Submitted } from './submitted.js';

/**
 * A reference as the hub reads it: the literal one without the hub's own base, and the identifier. `type` must agree; `display` is words
 * for people and is not read.
 * @param targets types that it may point at
 */
export function readReference(
  reference: Submitted<Reference> | undefined,
  ...targets: readonly string[]
): Reference | undefined {
  if (reference === undefined) return undefined;
  reference.takeWhole('display');
  const literal = relativeReference(reference.value('reference'), reference.submission.baseUrl);
  const type = reference.value('type');
  const named = literal?.includes('/') === true ? literal.split('/')[0] : undefined;
  if (
    type !== undefined &&
    (named === undefined ? !targets.includes(typeName(type)) : typeName(type) !== named)
  )
    reference.fault('value-not-taken', '.type', { expected: named ?? targets.join(', ') });
  const identifier = readIdentifier(reference.child('identifier'));
  return {
    ...(literal === undefined ? {} : { reference: literal }),
    ...(identifier === undefined ? {} : { identifier }),
  };
}

/** System and value; a `use` that makes it another than the current one (old, temp, secondary) is refused. */
export function readIdentifier(identifier: Submitted<Identifier> | undefined): Identifier | undefined {
  if (identifier === undefined) return undefined;
  const use = identifier.value('use');
  if (use !== undefined && use !== 'official' && use !== 'usual')
    identifier.fault('value-not-taken', '.use', { expected: 'official, usual' });
  const [system, value] = [identifier.value('system'), identifier.value('value')];
  return { ...(system === undefined ? {} : { system }), ...(value === undefined ? {} : { value }) };
}
