import type { Reference } from 'fhir/r4.js';
import { checkPersonalNumber } from '../../persons/personal-number.js';
import { personNumberSystems } from '../../projection/codes/codes.js';
import { systemOfNumber } from '../person-number-system.js';
import { typeName } from '../submitted/difference.js';
import { readIdentifier } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';

/** The number of PAT-1, under the system of its own kind; its form is the register of persons' to judge (PAT-3, PAT-4). The name is the register's to say. */
export function readNumber(
  sent: Submitted<object>,
  subject: Submitted<Reference> | undefined,
): string | undefined {
  if (subject?.value('reference') !== undefined) return subject.fault('element-not-taken', '.reference');
  const type = subject?.value('type');
  if (type !== undefined && typeName(type) !== 'Patient')
    subject?.fault('value-not-taken', '.type', { expected: 'Patient' });
  const identifier = readIdentifier(subject?.child('identifier'));
  if (identifier?.value === undefined) return sent.fault('required', '.subject.identifier.value');
  if (identifier.system === undefined || !personNumberSystems.includes(identifier.system)) {
    return sent.fault('value-not-taken', '.subject.identifier.system', {
      expected: personNumberSystems.join(', '),
    });
  }
  const check = checkPersonalNumber(identifier.value);
  const expected = check.valid ? systemOfNumber(check.identifier) : undefined;
  if (expected !== undefined && identifier.system !== expected)
    return sent.fault('value-not-taken', '.subject.identifier.system', { expected });
  return identifier.value;
}
