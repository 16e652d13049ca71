import { localDateOf } from '../time.js';
import type { LocalDate } from '../vocabulary.js';

/** What of a listing decides whether it counts. Days or moments; without one the listing has no such bound. */
type ListingPeriod = {
  readonly validFrom?: string;
  readonly validTo?: string;
  /** Present where the listing names a doctor. */
  readonly doctor?: unknown;
};

/**
 * The listing by which a case is addressed: the one where the patient is listed with a doctor (ADR-1). Of several valid listings the
 * one that names a doctor goes first, then the latest; the listing service has no code system for the kind of listing.
 *
 * @param today calendar day in Europe/Stockholm
 */
export function listingThatCounts<Listing extends ListingPeriod>(
  listings: readonly Listing[],
  today: LocalDate,
): Listing | undefined {
  const [first] = listings
    .filter(({ validFrom }) => validFrom === undefined || localDay(validFrom) <= today)
    .filter(({ validTo }) => validTo === undefined || localDay(validTo) >= today)
    .toSorted(
      (one, other) =>
        Number(other.doctor !== undefined) - Number(one.doctor !== undefined) ||
        (other.validFrom ?? '').localeCompare(one.validFrom ?? ''),
    );
  return first;
}

/** The Swedish day of a date, or of a moment: midnight here is the day before in UTC. */
function localDay(dateOrMoment: string): LocalDate {
  return dateOrMoment.includes('T') ? localDateOf(dateOrMoment) : dateOrMoment;
}
