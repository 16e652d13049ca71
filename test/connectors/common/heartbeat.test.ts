import { randomUUID } from 'node:crypto';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { startHeartbeat } from '../../../connectors/common/heartbeat.js';
import { combineHealth, type Health } from '../../../connectors/common/health.js';
import { Inbox } from '../../../src/messaging/inbox/inbox.js';
import {
  connectorReport,
  duration,
  needsAttention,
} from '../../../src/administration/connectors/connector-report.js';
import { connectorsScreen } from '../../../src/administration/connectors/connectors-screen.js';
import { readConnectors } from '../../../src/administration/connectors/read-connectors.js';
import { stayMessage } from '../../messaging/facts.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { runCommand } from '../../support/run-command.js';
import { waitFor } from '../../support/wait-for.js';
import { number, silent } from './support.js';

let test: TestDatabase;
let pool: ReturnType<typeof createConnectorPool>;
beforeEach(async () => {
  test = await createTestDatabase();
  pool = createConnectorPool(test.url);
});
afterEach(async () => {
  await pool.end();
  await test.drop();
});

const report = async (configured: readonly string[] = []) =>
  connectorReport(await readConnectors(test.database), configured);

/** A heartbeat that says what `health` says now, and a row that has been written. */
async function beating(connectors: Record<string, () => Promise<Health>>) {
  const heartbeat = startHeartbeat({ pool, logger: silent, connectors, everyMilliseconds: 20 });
  await waitFor('a beat', async () => (await readConnectors(test.database)).heartbeats.length > 0);
  return heartbeat;
}

it('tells another process how each connector is and why, while it changes', async () => {
  let health: Health = {
    status: 'up',
    lastMessageAt: '2026-01-10T08:30:00.000Z',
    detail: { connections: 2 },
  };
  const heartbeat = await beating({ melior: () => Promise.resolve(health) });
  expect(await report()).toMatchObject([
    {
      connector: 'melior',
      state: 'up',
      lastMessageAt: '2026-01-10T08:30:00.000Z',
      waiting: 0,
      dead: 0,
      why: [],
    },
  ]);
  health = { status: 'degraded', why: 'facts do not reach their topic: X', detail: {} };
  await waitFor('degraded', async () => (await report())[0]?.state === 'degraded');
  const [line] = await report();
  // What came last is remembered although the report does not say it any more.
  expect(line).toMatchObject({
    why: ['facts do not reach their topic: X'],
    lastMessageAt: '2026-01-10T08:30:00.000Z',
  });
  expect(needsAttention(await report())).toBe(true);
  await heartbeat.stop();
});

it('one that cannot say how it is counts as down', async () => {
  const heartbeat = await beating({ melior: () => Promise.reject(new Error(`about ${number}`)) });
  expect(await report()).toMatchObject([{ state: 'down', why: ['it does not say how it is: Error'] }]);
  await heartbeat.stop();
});

it('a stop in order, a process that is gone, and one that never started are told apart', async () => {
  await (await beating({ melior: () => Promise.resolve({ status: 'up', detail: {} }) })).stop();
  await pool.query(
    `insert into connector_heartbeat values ('listing', $1, 'host', 4711, 'running', now(), now() - interval '5 minutes', 'up', null, null, '{}')`,
    [randomUUID()],
  );
  const lines = await report(['melior', 'listing', 'population-register']);
  expect(lines.map(({ connector, state }) => [connector, state])).toEqual([
    ['listing', 'silent'],
    ['melior', 'stopped'],
    ['population-register', 'not started'],
  ]);
  expect(lines[0]?.why).toEqual(['no sign of life from host, process 4711; the last was 5 min ago']);
});

it('a process that runs takes the place of one that is gone', async () => {
  const gone = (minutes: number) =>
    pool.query(
      `insert into connector_heartbeat values
         ('melior', $1, 'host', 1, 'running', now() - interval '3 hours', now() - $2 * interval '1 minute', 'up', null, null, '{}')`,
      [randomUUID(), minutes],
    );
  await gone(10);
  await gone(100);
  const heartbeat = await beating({ melior: () => Promise.resolve({ status: 'up', detail: {} }) });
  await waitFor('the old one is forgotten', async () => (await report())[0]?.processes.length === 2);
  expect(await report()).toMatchObject([
    { state: 'up', why: ['1 of 2 processes went silent within the hour'] },
  ]);
  await heartbeat.stop();
});

it('npm run connectors: one screen and an exit code, dead letters by their connector, no personal data', async () => {
  const heartbeat = await beating({
    melior: () => Promise.resolve({ status: 'up', lastMessageAt: new Date().toISOString(), detail: {} }),
  });
  const run = (...parameters: readonly string[]) =>
    runCommand('connectors', { DATABASE_URL: test.url, PROCESSES: 'melior' }, ...parameters);
  const well = await run();
  expect(well).toMatchObject({ code: 0, stderr: '' });
  expect(well.stdout).toMatch(/^melior +up +\d+ s ago +0 +0$/m);
  expect(well.stdout).toContain('Everything is up.');

  const inbox = new Inbox(test.database);
  const fact = stayMessage('p', 1);
  await inbox.take([fact, { ...fact, value: `{"person":"${number}"}` }]);
  await test.database.query(
    `update inbox set state = 'dead', cause = 'no such ward', owner = 'hub' where cause is null`,
  );
  const ill = await run();
  expect(ill.code).toBe(1);
  expect(ill.stdout).toMatch(/1 dead, the latest \(hub to mend\): no such ward/);
  expect(ill.stdout).toMatch(/^unreadable \(journal\.stay\.v1\)/m);
  const lines = JSON.parse((await run('--json')).stdout) as { connector: string; dead: number }[];
  expect(lines.map(({ dead }) => dead).reduce((sum, dead) => sum + dead, 0)).toBe(2);
  expect(ill.stdout + JSON.stringify(lines)).not.toContain(number);
  await heartbeat.stop();
});

it('npm run connectors: one that is configured and never ran is an error, one that nobody configured is not there', async () => {
  const heartbeat = await beating({ melior: () => Promise.resolve({ status: 'up', detail: {} }) });
  const run = (environment: Record<string, string>) =>
    runCommand('connectors', { DATABASE_URL: test.url, ...environment });
  // Everything runs by default on a development machine; that nobody started a Cosmic there is no fault.
  const well = await run({});
  expect(well).toMatchObject({ code: 0, stdout: expect.stringContaining('Everything is up.') });
  expect(well.stdout).not.toContain('cosmic');
  const missing = await run({ PROCESSES: 'melior,cosmic,stand-ins' });
  expect(missing.code).toBe(1);
  expect(missing.stdout).toMatch(
    /^cosmic +not started +none yet +0 +0\n {2}- configured, but never seen here$/m,
  );
  await heartbeat.stop();
});

it('parts add up to one connector: the worst status, every reason, the latest message', () => {
  const parts: Health[] = [
    { status: 'up', lastMessageAt: '2026-01-10T08:30:00.000Z', detail: { a: 1 } },
    { status: 'degraded', why: 'x', lastMessageAt: '2026-01-09T08:30:00.000Z', detail: { b: 2 } },
    { status: 'down', why: 'y', detail: {} },
  ];
  expect(combineHealth(parts, { c: 3 })).toEqual({
    status: 'down',
    why: 'x; y',
    lastMessageAt: '2026-01-10T08:30:00.000Z',
    detail: { a: 1, b: 2, c: 3 },
  });
  expect(combineHealth([])).toEqual({ status: 'up', detail: {} });
  expect(['5', '119', '121', '7300', '200000'].map(Number).map(duration)).toEqual([
    '5 s',
    '119 s',
    '2 min',
    '2 h',
    '2 d',
  ]);
  expect(connectorsScreen([], new Date())).toMatch(/No connector has run/);
});
