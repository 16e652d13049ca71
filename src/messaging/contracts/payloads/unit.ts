import { z } from 'zod';
import { longest } from '../limits.js';
import { hsaId, instant, words, type Payload } from './common.js';

export const unit = z
  .strictObject({
    unit: hsaId,
    /** False: the catalogue does not know it, or no longer. */
    found: z.boolean(),
    readAt: instant,
    name: words(longest.text).exactOptional(),
    organisationNumber: z
      .string()
      .regex(/^[0-9]{10}$/)
      .exactOptional(),
    parent: hsaId.exactOptional(),
    /** From when it is there, and until when: from then on it is closed. */
    startsAt: instant.exactOptional(),
    endsAt: instant.exactOptional(),
    /** Kept by the catalogue only so that old references can be resolved: closed. */
    archived: z.boolean().exactOptional(),
    /** HSA-ids of the care unit (vårdenhet) it belongs to and of that one's care provider (vårdgivare). */
    healthCareUnit: hsaId.exactOptional(),
    healthCareProvider: hsaId.exactOptional(),
  })
  .meta({ description: 'One unit as the catalogue describes it now.' });

/** One HSA unit as the catalogue describes it now; a change is told by a new fact. */
export type UnitFact = Payload<typeof unit>;
