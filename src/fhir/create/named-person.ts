import type { Reference } from 'fhir/r4.js';
import type { VisibleSighting } from '../write/target.js';
import { writeIssue } from '../write/write-faults.js';
import { FhirError } from '../fhir-error.js';
import type { Uuid } from '../../process/vocabulary.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';

/** Whom the client thinks a decision is about, and where it says so; compared with the person of the case. */
export type NamedPerson = { readonly personId: Uuid; readonly expression: string };

/** Whom a reference to a Patient names; undefined where there is none, or where it names no Patient, which is a fault. */
export function readPerson(reference: Submitted<Reference> | undefined): NamedPerson | undefined {
  if (reference === undefined) return undefined;
  const personId = idIn(readReference(reference, 'Patient'), 'Patient');
  return personId === undefined
    ? reference.fault('value-not-taken', '', { expected: 'Patient/[id]' })
    : { personId, expression: reference.path };
}

/**
 * The case is about those whom the client named, and nobody else.
 * @throws {FhirError} 422 with each that is another
 */
export function requirePerson(
  persons: readonly NamedPerson[],
  { personId }: Pick<VisibleSighting, 'personId'>,
): void {
  const others = persons.filter((person) => person.personId !== personId);
  if (others.length > 0)
    throw new FhirError(
      422,
      others.map(({ expression }) =>
        writeIssue('value-not-taken', { expression, values: { expected: 'CarePlan.subject' } }),
      ),
    );
}
