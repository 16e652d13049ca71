import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { waitFor } from '../../support/wait-for.js';
import { cosmicTest, encounter, type CosmicTest } from './cosmic-support.js';
import { published } from '../common/support.js';

const end = '2026-01-14T10:00:00+01:00';
const ids = Array.from({ length: 60 }, (_, index) => `k${index}`);

let at: CosmicTest;
beforeEach(async () => {
  at = await cosmicTest();
});
afterEach(() => at.end());

it('killed again and again while Encounters change: every change is told, once and in order', async () => {
  const step = async (change: (id: string) => object, kill: () => Promise<unknown>): Promise<void> => {
    for (const id of ids) at.server.put(change(id) as Parameters<typeof at.server.put>[0]);
    const child = await startProcess(at);
    await kill();
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const atRandom = () => after(50 + Math.random() * 250);
  const told = async (kind: string) => (await events(at)).filter((event) => event.data.kind === kind).length;

  // The first is killed when it has told and could not yet write down that it had.
  await markingFails(at, true);
  await step(
    (id) => encounter({ id }),
    () => waitFor('a fact on its topic', async () => (await published(at.test.database)).length > 0),
  );
  await markingFails(at, false);
  // Observed or not before the kill, what went before is told before what comes after.
  const cosmic = await at.start({ more: { pollSeconds: 0.1 } });
  await waitFor('every admission', async () => (await told('admitted')) === ids.length);
  await cosmic.end();
  await step((id) => encounter({ id, ward: 'B' }), atRandom);
  await step((id) => encounter({ id, ward: 'B', status: 'finished', end }), atRandom);
  const last = await at.start({ more: { pollSeconds: 0.1 } });
  await waitFor('every discharge', async () => (await told('discharged')) === ids.length);
  await waitFor('a poll', () => last.pollNow());
  await at.settled();
  expect((await published(at.test.database)).length).toBeGreaterThan(3 * ids.length);
  const all = (await events(at)).map(({ data }) => data);
  expect(all).toHaveLength(3 * ids.length);
  for (const id of ids)
    expect(all.filter(({ visit }) => visit === id).map(({ kind }) => kind)).toEqual([
      'admitted',
      'transferred',
      'discharged',
    ]);
});

/** Each once: a crash between append and mark repeats a message on the wire, and it is the same event. */
async function events({ test }: CosmicTest) {
  return [...new Map((await published(test.database)).map((event) => [event.id, event])).values()];
}

/** Whether the database refuses to note that something was published. */
async function markingFails({ test }: CosmicTest, fails: boolean): Promise<void> {
  await test.database.query(
    fails
      ? `create function refuse_mark() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$;
         create trigger refuse_mark before update of published on connector_receipt
           for each row execute function refuse_mark()`
      : 'drop trigger refuse_mark on connector_receipt',
  );
}

/** The connector as a process of its own, once it works. */
async function startProcess({ test, server }: CosmicTest) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      path.resolve('test/support/typescript.mjs'),
      path.resolve('test/connectors/cosmic/cosmic-process.ts'),
      test.url,
      server.url,
      server.tokenUrl,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the process ended')));
  });
  return child;
}
