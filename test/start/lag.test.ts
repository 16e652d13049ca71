import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { advisoryLocks } from '../../src/persistence/advisory-locks.js';
import { workUnderLock } from '../../src/persistence/session-lock.js';
import { adtMessage } from '../../src/demo/adt.js';
import { cast, patients } from '../../src/demo/cast.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

type Report = Readonly<Record<string, { readonly status: string; readonly why?: string }>>;

/** Something else holds what a part needs: the hub says that it falls behind, and recovers by itself. */
describe('a part that falls behind', () => {
  let store: TestDatabase;
  let started: Started | undefined;
  let holder: ChildProcess | undefined;
  let configuration: Configuration;
  let folder: string;
  beforeAll(async () => {
    store = await createTestDatabase();
    folder = await mkdtemp(path.join(tmpdir(), 'hemgang-lag-'));
    const usual = await wholeHubConfiguration(store.url, folder);
    configuration = {
      ...usual,
      health: { logLagSeconds: 2, publisherLagSeconds: 2, pollLagIntervals: 2 },
    };
  });
  afterEach(async () => {
    await started?.stop();
    started = undefined;
    holder?.kill('SIGKILL');
  });
  afterAll(async () => {
    await store?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const run = async (changes: Partial<Configuration> = {}): Promise<void> => {
    started = await start({ ...configuration, ...changes }, pino({ level: 'silent' }));
  };
  const ask = (what: string) => fetch(`http://127.0.0.1:${configuration.metrics.port}/${what}`);
  const health = async (): Promise<{ http: number; report: Report }> => {
    const answer = await ask('health');
    return { http: answer.status, report: (await answer.json()) as Report };
  };
  const metric = async (line: string): Promise<number> => {
    const text = await (await ask('metrics')).text();
    return Number(
      text
        .split('\n')
        .find((each) => each.startsWith(`${line} `))
        ?.split(' ')
        .at(-1),
    );
  };
  const untilStatus = (part: string, status: string) =>
    waitFor(`${part} to be ${status}`, async () => {
      const { http, report } = await health();
      expect(http).toBe(200);
      return report[part]?.status === status && report[part];
    });
  let sent = 0;
  const admit = async (): Promise<void> => {
    sent += 1;
    const [patient] = patients;
    const at = new Date();
    const stay = { patient, ward: 'MED', visit: `V-LAG-${sent}`, admittedAt: at };
    const { host, port } = configuration.melior;
    const answer = await sendMllp(
      host,
      port,
      adtMessage({ ...stay, event: 'A01', controlId: `LAG${sent}`, at }),
    );
    expect(answer).toMatch(/MSA.AA/);
  };

  it('the sequencer: its holder is frozen, so health says degraded and why, until another has taken over', async () => {
    const script = ['--import', './test/support/typescript.mjs', 'test/log/lock-holder-process.ts'];
    holder = spawn(process.execPath, ['--no-warnings', ...script, 'sequencer', store.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    holder.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitFor('the holder', () => said.includes('holds'));
    await run();
    await admit();
    await waitFor('an event with an order', () => said.includes('sequenced'));
    expect((await health()).report['sequencer']).toMatchObject({ status: 'up' });
    holder.kill('SIGSTOP');
    await admit();
    const { why } = await untilStatus('sequencer', 'degraded');
    expect(why).toMatch(/^\d+ events have no place in the order of the log, the oldest for \d+ s/);
    expect(await metric('hemgang_log_waiting{part="sequencer"}')).toBeGreaterThan(0);
    expect(await metric('hemgang_log_oldest_waiting_seconds{part="sequencer"}')).toBeGreaterThan(1);
    await untilStatus('sequencer', 'up');
    expect(await metric('hemgang_log_waiting{part="sequencer"}')).toBe(0);
  }, 120_000);

  it('the intake: a consumer that fails is told of though nothing waits', async () => {
    await run();
    await untilStatus('intake', 'up');
    // Of its group alone: what lies on the topics can be seen all the while.
    await store.database.query('alter table transport_member rename to transport_member_away');
    try {
      const { why } = await untilStatus('intake', 'degraded');
      expect(why).toMatch(/^this worker has not been able to take from the topics for \d+ s, whether or not/);
      expect(await metric('hemgang_transport_lag_messages{topic="journal.stay.v1"}')).toBe(0);
    } finally {
      await store.database.query('alter table transport_member_away rename to transport_member');
    }
    await untilStatus('intake', 'up');
  }, 120_000);

  it('the relay: another holds its lock and tells nobody', async () => {
    await run();
    await waitFor(
      'the relay to have told all',
      async () => (await metric('hemgang_log_waiting{part="relay"}')) === 0,
    );
    await started?.stop();
    let over = false;
    let holds = false;
    const holding = store.database.session((sql, lost) =>
      workUnderLock(sql, advisoryLocks.relay, {
        lost,
        over: () => over,
        standBy: () => Promise.resolve(),
        turn: async () => {
          holds = true;
          await sql.query('select pg_sleep(0.1)');
        },
      }),
    );
    await waitFor('the lock', () => holds);
    await run();
    await admit();
    expect((await untilStatus('relay', 'degraded')).why).toMatch(
      /^\d+ events have not been told to followers/,
    );
    expect((await health()).report['sequencer']).toMatchObject({ status: 'up' });
    over = true;
    await holding;
    await untilStatus('relay', 'up');
  }, 120_000);

  it('the deadlines: one that no worker can tell is counted, and said, until it is told or gone', async () => {
    await run();
    await untilStatus('deadlines', 'up');
    expect(await metric('hemgang_deadlines_waiting')).toBe(0);
    // A stream as a newer program would have written it.
    await store.database.query(
      `insert into stream (id, type, version, state, next_deadline) values (gen_random_uuid(), 'later', 1, '{}', now())`,
    );
    expect((await untilStatus('deadlines', 'degraded')).why).toMatch(
      /^1 deadlines have come and were not told, the oldest for \d+ s/,
    );
    expect(await metric('hemgang_deadlines_waiting')).toBe(1);
    expect(await metric('hemgang_deadlines_oldest_waiting_seconds')).toBeGreaterThan(1);
    await store.database.query(`delete from stream where type = 'later'`);
    await untilStatus('deadlines', 'up');
    expect(await metric('hemgang_deadlines_oldest_waiting_seconds')).toBe(0);
  });

  it('a publisher: another holds its lock and brings nothing to the topic', async () => {
    const pool = createConnectorPool(store.url);
    const other = new ExclusiveLock(pool, 'connector-publisher', 'melior');
    await waitFor('the lock', () => other.take());
    await run();
    await admit();
    expect((await untilStatus('melior', 'degraded')).why).toMatch(
      /^1 taken messages wait to be brought to their topic/,
    );
    expect((await health()).report['cosmic']).toMatchObject({ status: 'up' });
    other.release();
    await untilStatus('melior', 'up');
    await pool.end();
  }, 120_000);

  it('ACC-5: ends of the trail that cannot be kept outside the database', async () => {
    await run();
    const { headsFile } = configuration.audit;
    const authorization = `Bearer ${await (await openDemoIssuer(configuration)).userToken(cast.nurse)}`;
    const look = async (): Promise<void> => {
      const answer = await fetch(`${configuration.http.baseUrl}/Encounter`, { headers: { authorization } });
      expect(answer.status).toBe(200);
    };
    await look();
    expect((await health()).report['trail']).toEqual({ status: 'up' });
    await rename(headsFile, `${headsFile}.kept`);
    await mkdir(headsFile);
    await look();
    const { why } = await untilStatus('trail', 'degraded');
    expect(why).toMatch(/the end of the trail of accesses has not been kept on the file/);
    await rm(headsFile, { recursive: true });
    await rename(`${headsFile}.kept`, headsFile);
    await untilStatus('trail', 'up');
  }, 120_000);

  it('the intake: facts that no worker can take are said, though every part that is asked is up, until they are taken', async () => {
    await run();
    await untilStatus('intake', 'up');
    await store.database.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'as a damaged index'; end $$;
      create trigger refuse before insert on inbox for each row execute function refuse()`);
    await admit();
    const { why } = await untilStatus('intake', 'degraded');
    expect(why).toMatch(
      /^1 messages wait on their topics, and from 1 partitions nothing was taken for \d+ s: /,
    );
    const { database, transport } = (await health()).report;
    expect([database, transport]).toMatchObject([{ status: 'up' }, { status: 'up' }]);
    await store.database.query('drop trigger refuse on inbox; drop function refuse()');
    await untilStatus('intake', 'up');
  }, 120_000);

  it('a process that does not run a part says nothing of it in health, and counts it all the same', async () => {
    await run({ processes: new Set(['relay']) });
    const { http, report } = await health();
    expect(http).toBe(200);
    expect(Object.keys(report).toSorted()).toEqual(['database', 'relay', 'transport']);
    expect(await metric('hemgang_log_waiting{part="sequencer"}')).toBeGreaterThanOrEqual(0);
  });
});
