import type { RegisterRecord } from '../messaging/contracts/facts.js';
import type { Protection } from '../process/person/person.js';

/** The register's code for a person who has died (KV Avregistreringsorsak). */
const deceasedReason = 'AV';

/**
 * How a person is protected (PAT-5). The register must tell `protectedPersonIndicator`; where it does not, protection is
 * unknown and counts as protected. `protectedPopulationRecord` is optional in the register's schema: absent is false
 * (docs/decisions/0009-protection-as-the-register-tells-it.md).
 */
export function protection(record: RegisterRecord): Protection {
  if (record.protectedPerson === true || record.protectedPopulationRecord === true) return 'protected';
  return record.protectedPerson === false ? 'none' : 'unknown';
}

/** True when the register has ended the record because the person died. */
export function isDeceased(record: RegisterRecord): boolean {
  return record.deregistration?.reason === deceasedReason;
}
