import { z } from 'zod';
import { longest, most } from '../limits.js';
import { instant, staffHsaId, words, type Payload } from './common.js';

const assignment = z
  .strictObject({
    hsaId: staffHsaId,
    unit: staffHsaId,
    purpose: words(longest.text),
    /** From then on the unit is closed and the assignment with it. */
    endsAt: instant.exactOptional(),
  })
  .meta({ description: 'An assignment (medarbetaruppdrag) at a care unit.' });

/** An assignment (medarbetaruppdrag) of a person at a care unit. */
export type CatalogueAssignment = Payload<typeof assignment>;

export const practitioner = z
  .strictObject({
    practitioner: staffHsaId,
    /** False: the catalogue does not know the person, or no longer. */
    found: z.boolean(),
    readAt: instant,
    protectedPerson: z
      .boolean()
      .meta({ description: 'Absent: unknown, which counts as protected.' })
      .exactOptional(),
    name: z
      .strictObject({ surname: words(longest.text), given: words(longest.text).exactOptional() })
      .meta({ description: 'Absent for who is protected.' })
      .exactOptional(),
    titles: z
      .array(words(longest.code))
      .max(most.titles)
      .meta({ description: 'Codes of titles (befattning).' })
      .exactOptional(),
    /** In the words of the catalogue. */
    licences: z
      .array(words(longest.text))
      .max(most.licences)
      .meta({ description: 'Licensed professions (legitimerad yrkesgrupp).' })
      .exactOptional(),
    assignments: z.array(assignment).max(most.assignments).exactOptional(),
  })
  .meta({ description: 'One of the staff as the catalogue describes him or her now.' });

/** One of the staff as the catalogue describes him or her now. Never a personal number. */
export type PractitionerFact = Payload<typeof practitioner>;
