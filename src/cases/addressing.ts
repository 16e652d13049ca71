import type { Directory } from '../directory/organisation.js';
import type { Listing, RegisterRecord } from '../messaging/contracts/facts.js';
import { listingThatCounts } from '../process/case/listing.js';
import type { LocalDate } from '../process/vocabulary.js';
import type { AddressingResult } from '../process/case/addressing-result.js';

/** The lookup is down: the case is kept, not addressed, and retried (ADR-13). */
export const serviceUnavailable: AddressingResult = { found: false, cause: 'service-unavailable' };

/**
 * The outpatient unit to address: that of the listing that counts (ADR-1).
 *
 * @param today calendar day in Europe/Stockholm
 */
export function addressOutpatient(
  directory: Directory,
  listings: readonly Listing[],
  today: LocalDate,
): AddressingResult {
  const chosen = listingThatCounts(listings, today);
  if (chosen === undefined) return { found: false, cause: 'no-listing' };
  const unit = directory.unit(chosen.facility);
  return unit?.active === true && unit.side === 'outpatient'
    ? { found: true, units: [unit.hsaId], unitNames: { [unit.hsaId]: unit.name } }
    : { found: false, cause: 'listed-unit-unknown' };
}

/** The receiving units of the municipality where the patient is registered (ADR-2, ORG-7). */
export function addressMunicipality(directory: Directory, record: RegisterRecord): AddressingResult {
  if (record.municipalityCode === undefined) return { found: false, cause: 'no-municipality' };
  const units = directory.inboxes(record.municipalityCode);
  return units !== undefined && units.length > 0
    ? { found: true, units, unitNames: namesOf(directory, units), ...distributingOf(directory, units) }
    : { found: false, cause: 'municipality-unknown' };
}

/** ADR-14: which of them pass their cases on. It travels with the event too. */
function distributingOf(
  directory: Directory,
  units: readonly string[],
): { readonly distributing?: Readonly<Record<string, string>> } {
  const own = units.flatMap((unit) => {
    const organisation = directory.distributesIn(unit);
    return organisation === undefined ? [] : [[unit, organisation] as const];
  });
  return own.length === 0 ? {} : { distributing: Object.fromEntries(own) };
}

/** What the units are called today: names travel with the event, so that a view needs no directory. */
function namesOf(directory: Directory, units: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(units.map((unit) => [unit, directory.unit(unit)?.name ?? unit]));
}
