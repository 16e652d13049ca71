import { randomUUID } from 'node:crypto';
import type { Configuration } from '../configuration/configuration.js';
import { beginEpoch, withdrawEpoch, type Epoch } from '../log/epoch.js';
import { intakeGroup, intakeTopics } from '../messaging/inbox/intake.js';
import { takenAhead } from '../messaging/inbox/restored.js';
import type { Place, Transport } from '../messaging/transport/transport.js';
import type { Database } from '../persistence/database.js';
import { openTrail } from './processes/open-trail.js';

/** The action under which the trail says that the database was restored. */
const restored = 'database-restored';

export type AfterRestore = Epoch & {
  /** Partitions that are taken again, from where the database has them. */
  readonly setBack: readonly (Place & { readonly from: number; readonly to: number })[];
};

/**
 * What has to be done after the database was restored to an earlier point: followers get a new epoch, the consumers go back to what the
 * database has, and the trail says who did it and why. No process of the hub may run; may be done again.
 * @throws what could not be done; consumers that run are refused, and then nothing was changed
 */
export async function afterRestore(
  configuration: Configuration,
  database: Database,
  transport: Transport,
  { user, reason }: { readonly user: string; readonly reason: string },
): Promise<AfterRestore> {
  const now = new Date();
  // The embedded transport's offsets went back with the database.
  const ahead =
    transport.name === 'kafka' ? await takenAhead(database, transport, intakeGroup, intakeTopics) : [];
  const setBack = ahead.map(({ topic, partition, first, broker, database: known }) => ({
    topic,
    partition,
    from: broker,
    to: Math.max(first, known),
  }));
  // The epoch first: were this to end in between, the offsets would still disagree, and the next start say so.
  const epoch = await beginEpoch(database, { actor: user, reason, now });
  try {
    await transport.setBack(
      intakeGroup,
      setBack.map(({ topic, partition, to: next }) => ({ topic, partition, next })),
    );
  } catch (error) {
    await withdrawEpoch(database, epoch);
    throw error;
  }
  const clock = { now: () => new Date() };
  const { trail, close } = await openTrail({ configuration, database, clock });
  try {
    await trail.record([
      {
        context: { client: user, units: [], requestId: randomUUID() },
        at: now,
        action: restored,
        outcome: 'success',
        detail: { ...epoch, reason, setBack },
      },
    ]);
  } finally {
    await close();
  }
  return { ...epoch, setBack };
}
