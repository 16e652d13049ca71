import { z } from 'zod';
import { longest, most } from '../limits.js';
import { dayOrInstant, instant, personIdentifier, text, words, type Payload } from './common.js';

const doctor = z
  .strictObject({ id: text(longest.id).exactOptional(), name: words(longest.text).exactOptional() })
  .meta({ description: 'Listed doctor.' });

const oneListing = z
  .strictObject({
    facility: text(longest.id),
    facilityName: words(longest.text).exactOptional(),
    type: words(longest.code).exactOptional(),
    validFrom: dayOrInstant.exactOptional(),
    validTo: dayOrInstant.exactOptional(),
    doctor: doctor.exactOptional(),
  })
  .meta({ description: 'One listing.' });

export type Listing = Payload<typeof oneListing>;

export const listing = z
  .strictObject({
    person: personIdentifier,
    listings: z.array(oneListing).max(most.listings),
    readAt: instant,
  })
  .meta({ description: 'Where a person is listed now.' });

/** Where a person is listed now (getListing). */
export type ListingFact = Payload<typeof listing>;
