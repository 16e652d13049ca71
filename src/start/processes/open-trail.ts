import type { Registry } from 'prom-client';
import type { Logger } from 'pino';
import { AuditKey } from '../../access/audit/audit-key.js';
import type { SealedHead } from '../../access/audit/audit-key.js';
import { GroupedAuditTrail } from '../../access/audit/grouped-audit-trail.js';
import { HeadKeeper } from '../../access/audit/head-keeper.js';
import { HeadsFile } from '../../access/audit/heads-file.js';
import { LastHeadFile } from '../../access/audit/last-head-file.js';
import type { Configuration } from '../../configuration/configuration.js';
import { auditHeadMessage } from '../../messaging/contracts/build-event.js';
import { auditTopic } from '../../messaging/contracts/facts.js';
import type { Transport } from '../../messaging/transport/transport.js';
import { Database } from '../../persistence/database.js';
import { errorKind } from '../logger.js';
import { headsRefused } from '../checks/heads-refused.js';
import { refusing } from '../start-refused.js';
import { HeadsHealth } from '../../administration/trail/heads-health.js';

/** How far a trail may go before its end is kept in the file, and on the topic. Milliseconds. */
const fileEveryMs = 1_000;
const topicEveryMs = 60_000;
/** Where the last head of this process stands, as operators are told. */
const inPlace = 'file of the last end';
/** One group is written at a time; the other is for a group that takes its time. */
export const trailConnections = 2;

type Parts = {
  readonly configuration: Configuration;
  /** The hub's own, used where the trail has no role of its own. */
  readonly database: Database;
  readonly clock: { readonly now: () => Date };
  readonly logger?: Logger;
  /** Absent: heads go to the file alone. */
  readonly transport?: Transport;
  readonly metrics?: Registry;
};

export type OpenedTrail = {
  readonly trail: GroupedAuditTrail;
  /** Whether its ends are kept outside the database. */
  readonly health: () => Promise<ReturnType<HeadsHealth['report']>>;
  readonly close: () => Promise<void>;
};

/**
 * The trail of accesses, sealed, by the role that may only append where one is configured, its heads kept in the file and on
 * the topic. Its chain is begun.
 * @throws what cannot be written; an error where the configuration has no AUDIT_KEY
 */
export async function openTrail(parts: Parts): Promise<OpenedTrail> {
  const { configuration, clock } = parts;
  const { key, databaseUrl } = configuration.audit;
  if (key === undefined) throw new Error('AUDIT_KEY is needed to write the trail of accesses');
  const own =
    databaseUrl === undefined
      ? undefined
      : new Database({ url: databaseUrl, connections: trailConnections, applicationName: 'hemgang-trail' });
  const heads = new HeadsHealth(parts.metrics, clock.now);
  const file = new HeadsFile(configuration.audit.headsFile);
  const keepers = keepersOf(parts, file, heads);
  const trail = new GroupedAuditTrail(own ?? parts.database, clock, new AuditKey(key), keepers);
  const close = async () => {
    await trail.close();
    await own?.close();
  };
  try {
    await refusing(async () => {
      await file.prepare();
      await file.takeOver();
    }, headsRefused(file.path));
    await trail.begin();
  } catch (error) {
    await close();
    throw error;
  }
  return { trail, health: () => Promise.resolve(heads.report()), close };
}

function keepersOf(
  { transport, logger }: Parts,
  file: HeadsFile,
  health: HeadsHealth,
): ConstructorParameters<typeof GroupedAuditTrail>[3] {
  const failed = (where: string) => (error: unknown) => {
    health.failed(where, errorKind(error));
    logger?.error({ where, error: errorKind(error) }, 'the end of the trail could not be kept');
  };
  const keeper = (where: string, everyMs: number, keep: (heads: readonly SealedHead[]) => Promise<void>) =>
    new HeadKeeper({
      everyMs,
      keep: async (heads) => {
        health.begins(where);
        await keep(heads);
        health.arrived(where);
      },
      onError: failed(where),
    });
  return [
    keeper('file', fileEveryMs, (heads) => file.append(heads)),
    new LastHeadFile(file, { onWritten: () => health.arrived(inPlace), onError: failed(inPlace) }),
    ...(transport
      ? [keeper('topic', topicEveryMs, (heads) => transport.append(auditTopic, heads.map(auditHeadMessage)))]
      : []),
  ];
}
