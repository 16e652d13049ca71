import { z } from 'zod';
import { count, hsaId, instant, uuid, type Payload } from './common.js';

const units = z.array(hsaId).max(1000);

export const caseEvent = z
  .strictObject({
    caseId: uuid,
    kind: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/)
      .describe('The kind of the case. Kinds are added: a follower leaves out those that it does not know.'),
    event: z.string().regex(/^[A-Z][A-Za-z]{1,63}$/),
    sequence: count(0),
    occurredAt: instant,
    units: units.meta({ description: 'Units that see the case now.', uniqueItems: true }),
    removedUnits: units
      .min(1)
      .meta({
        description: 'Units that this event removed: they see the case no more (404).',
        uniqueItems: true,
      })
      .exactOptional(),
    epoch: uuid
      .meta({
        format: 'uuid',
        description:
          'Within an epoch a sequence stands for one event. Absent until the database was first restored to an earlier point; another than before: it was restored, and events of the epoch before may not have happened (docs/fhir-following.md).',
      })
      .exactOptional(),
  })
  .meta({
    description:
      'Something happened in a case. Thin: who wants more asks the facade, where access is checked. A unit in `removedUnits` takes the case off its list. A unit that has come to a case sees what was there before, whose `_lastUpdated` does not move: it reads the case whole (docs/fhir-following.md).',
  });

/** A thin case event (out). */
export type CaseEvent = Payload<typeof caseEvent>;
