import type { Directory } from '../directory/organisation.js';
import type { RegisterRecord } from '../messaging/contracts/facts.js';
import { birthDateIn } from '../messaging/contracts/time-bounds.js';
import { isMinor } from '../process/person/age.js';
import type { MinorOfCase } from '../process/person/minor-of-case.js';
import type { LocalDate } from '../process/vocabulary.js';

/**
 * PAT-11: of a person who is under 18 on a day, whether her municipality handles minors here, as the organisation file says; undefined of
 * everybody else. Born as the number says, which always has a whole date; the register may leave out day and month.
 */
export function minorOf(
  directory: Directory,
  record: RegisterRecord,
  on: LocalDate,
): MinorOfCase | undefined {
  const born = birthDateIn(record.identifier);
  if (born === undefined || !isMinor(born, on)) return undefined;
  const { municipalityCode: code } = record;
  return { handled: code !== undefined && directory.municipality(code)?.minors === true };
}
