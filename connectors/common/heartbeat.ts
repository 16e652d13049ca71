import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from 'pino';
import type { Pool } from 'pg';
import type { Health } from './health.js';
import { errorCode } from './log-text.js';
import { delay } from './delay.js';

export type HeartbeatOptions = {
  readonly pool: Pool;
  readonly logger: Logger;
  /** The connectors of this process by name. */
  readonly connectors: Readonly<Record<string, () => Promise<Health>>>;
  /** Default 5 seconds. */
  readonly everyMilliseconds?: number;
};

/** Rows of processes that ended are kept this long beside one that runs. */
const forgetAfter = '1 hour';

/**
 * Writes down every few seconds how each connector of this process is, so that any other process (`npm run connectors`) can
 * tell: a row that is no longer renewed is a process that is gone. Times are the database's own.
 */
export function startHeartbeat(options: HeartbeatOptions): { stop(): Promise<void> } {
  const { pool, logger, connectors, everyMilliseconds = 5_000 } = options;
  const names = Object.keys(connectors);
  const process = randomUUID();
  const ending = new AbortController();
  let failing = false;

  const beat = async (state: 'running' | 'stopped'): Promise<void> => {
    try {
      const reports = await Promise.all(Object.values(connectors).map(askedFor));
      await write(pool, process, state, names, reports);
      failing = false;
    } catch (error) {
      // Said once: while the database is gone every part of the hub says so.
      if (!failing) logger.warn({ error: errorCode(error) }, 'the state of connectors could not be written');
      failing = true;
    }
  };
  const running = (async (): Promise<void> => {
    while (!ending.signal.aborted) {
      await beat('running');
      await delay(everyMilliseconds, ending.signal);
    }
  })();
  return {
    async stop() {
      ending.abort();
      await running;
      await beat('stopped');
    },
  };
}

async function askedFor(ask: () => Promise<Health>): Promise<Health> {
  try {
    return await ask();
  } catch (error) {
    return { status: 'down', why: `it does not say how it is: ${errorCode(error)}`, detail: {} };
  }
}

async function write(
  pool: Pool,
  process: string,
  state: 'running' | 'stopped',
  names: readonly string[],
  reports: readonly Health[],
): Promise<void> {
  await pool.query(
    `insert into connector_heartbeat as known
       (connector, process, host, pid, state, started_at, seen_at, status, why, last_message_at, detail)
     select connector, $1, $2, $3, $4, clock_timestamp(), clock_timestamp(), status, why, last_message_at, detail
     from unnest($5::text[], $6::text[], $7::text[], $8::timestamptz[], $9::jsonb[])
       as report (connector, status, why, last_message_at, detail)
     on conflict (connector, process) do update set
       state = excluded.state, seen_at = excluded.seen_at, status = excluded.status, why = excluded.why,
       last_message_at = greatest(known.last_message_at, excluded.last_message_at), detail = excluded.detail`,
    [
      process,
      hostname(),
      globalThis.process.pid,
      state,
      names,
      reports.map(({ status }) => status),
      reports.map(({ why }) => why ?? null),
      reports.map(({ lastMessageAt }) => lastMessageAt ?? null),
      reports.map(({ detail }) => JSON.stringify(detail)),
    ],
  );
  if (state === 'stopped') return;
  await pool.query(
    `delete from connector_heartbeat where connector = any($1::text[]) and process <> $2
       and (state = 'stopped' or seen_at < clock_timestamp() - $3::interval)`,
    [names, process, forgetAfter],
  );
}
