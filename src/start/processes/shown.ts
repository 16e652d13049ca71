import { Gauge } from 'prom-client';
import { everyStream } from '../../cases/streams/collect-streams.js';
import { ShownKeeper, type ShownEvent } from '../../log/shown-keeper.js';
import { Database } from '../../persistence/database.js';
import type { Foundation } from '../foundation.js';
import { errorKind } from '../logger.js';
import type { HealthReport } from '../health/metrics.js';
import { repeat } from '../repeat.js';
import type { StopList } from '../stop-list.js';

/** How often it is looked at whether another version wrote. Seldom: nobody waits for it. */
const everyMilliseconds = 10_000;
/** How often a process that is to rebuild looks whether the one that does is still at it. */
const standByMilliseconds = 2_000;
/** The session that holds the lock of the rebuild is the one that works. */
export const rebuildConnections = 1;
/** A line of progress for so many events. */
const progressEvery = 10_000;

/**
 * After an upgrade, or a rollback, what is shown is rebuilt from the log by itself, while the hub goes on (ADR 51).
 * @returns how it stands, for `/health`
 */
export async function keepShown(foundation: Foundation, stops: StopList): Promise<HealthReport> {
  const { database, databaseUrl, logger, metrics } = foundation;
  const rebuildOn = new Database({
    url: databaseUrl,
    connections: rebuildConnections,
    applicationName: 'hemgang-rebuild',
    unlimited: true,
    onConnectionLost: (error) =>
      logger.warn({ error: errorKind(error) }, 'a connection of a rebuild was lost'),
  });
  stops.add(() => rebuildOn.close());
  const keeper = new ShownKeeper({
    database,
    rebuildOn,
    registry: everyStream,
    onEvent: reporter(foundation),
  });
  await keeper.begin();
  const alive = repeat({ name: 'rendering-alive', everyMilliseconds, run: () => keeper.sign() }, logger);
  const kept = repeat(
    {
      name: 'keep-shown',
      everyMilliseconds,
      run: () => keeper.keep(),
      soonerAfter: () => (keeper.state === 'rebuilding' ? standByMilliseconds : undefined),
    },
    logger,
  );
  stops.add(async () => {
    keeper.stop();
    await Promise.all([alive.stop(), kept.stop()]);
  });
  const current: Gauge = new Gauge({
    name: 'hemgang_shown_current',
    help: '1 when what is shown is as this version renders the log; 0 while it is rebuilt, or another version is in force',
    registers: [metrics],
    collect() {
      current.set(keeper.state === 'current' ? 1 : 0);
    },
  });
  return { shown: () => Promise.resolve(healthOf(keeper.state)) };
}

function healthOf(state: ShownKeeper['state']) {
  if (state === 'current') return { status: 'up' };
  const why =
    state === 'rebuilding'
      ? 'what is shown is being rebuilt from the log'
      : 'another version of the program, started later, says what is shown';
  return { status: 'degraded', why };
}

function reporter({ logger }: Foundation): (event: ShownEvent) => void {
  let next = 0;
  return (event) => {
    switch (event.kind) {
      case 'begun':
        next = 0;
        logger.warn({ why: event.why }, 'what is shown is being rebuilt from the log');
        return;
      case 'progress':
        if (event.sequence < next) return;
        next = event.sequence + progressEvery;
        logger.info({ sequence: event.sequence }, 'rebuilding what is shown');
        return;
      case 'ended': {
        const { sequence, differences, swapped } = event.report;
        const changed = differences.map(({ table, onlyLive, onlyRebuilt, different }) => ({
          table,
          onlyLive,
          onlyRebuilt,
          different,
        }));
        logger.warn({ sequence, swapped, changed }, 'what is shown is as this version renders the log');
        return;
      }
      case 'yielded':
        logger.warn({ to: event.to }, 'another version was started later and says what is shown');
    }
  };
}
