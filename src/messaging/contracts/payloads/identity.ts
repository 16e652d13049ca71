import { z } from 'zod';
import { longest, most } from '../limits.js';
import { instant, personIdentifier, sequence, text, type Payload } from './common.js';

export const identity = z
  .strictObject({
    person: personIdentifier.describe('The identity that lives on; the message key is its.'),
    /** The identities that it replaces. Never the surviving one itself. */
    replaced: z.array(personIdentifier).min(1).max(most.identities).meta({ uniqueItems: true }),
    /** The source's order, as of a stay. */
    occurredAt: instant,
    sequence: sequence.exactOptional(),
    /** Who sent it and the id of the message there. */
    sender: text(longest.text),
    messageId: text(longest.text),
  })
  .meta({
    description:
      'A journal system says that identities it kept apart are one person (HL7 v2 ADT A40). The population register decides.',
  });

/**
 * A journal system says that identities it kept apart are one person's (ADT A40), or that a number was corrected. It is a
 * statement of the journal alone: the population register decides whether it is so (PAT-2, PAT-12).
 */
export type IdentityFact = Payload<typeof identity>;
