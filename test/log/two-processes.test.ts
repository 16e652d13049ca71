import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { readStream } from '../../src/log/read-log.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { command, errand, origin } from './errand.js';

let test: TestDatabase;
let log: PostgresLog;
beforeAll(async () => {
  test = await createTestDatabase();
  log = new PostgresLog({ database: test.database });
});
afterAll(() => test.drop());

const times = 60;

/** Starts a writer; it waits until told to go. */
async function startWriter(stream: string, person: string, lock: string) {
  const child = spawn(
    process.execPath,
    [
      '--import',
      './test/support/typescript.mjs',
      fileURLToPath(new URL('./writer.ts', import.meta.url)),
      test.url,
      stream,
      person,
      lock,
      String(times),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  await lines.next();
  const exit = once(child, 'exit');
  return {
    pid: String(child.pid),
    async write() {
      child.stdin.write('go\n');
      const { value } = await lines.next();
      expect(await exit).toEqual([0, null]);
      return JSON.parse(value as string) as { added: number; opened: number; held: number };
    },
  };
}

describe.each([
  ['under the lock of the person', 'person:lock'],
  ['with nothing but the versions and the unique index between them', 'none'],
])('Two writers in two processes, %s', (_, lock) => {
  it('SVU-2: lose no update, keep versions dense and open one case of a person at a time', async () => {
    const [stream, streamsPerson, person] = [randomUUID(), randomUUID(), randomUUID()];
    await log.transact(origin(), (session) => session.execute(errand, stream, command.open(streamsPerson)));
    const writers = await Promise.all([1, 2].map(() => startWriter(stream, person, lock)));
    const outcomes = await Promise.all(writers.map((writer) => writer.write()));

    expect(outcomes.map(({ added }) => added)).toEqual([times, times]);
    const { state } = await log.transact(origin(), (session) => session.load(errand, stream));
    expect(state?.items).toEqual(Object.fromEntries(writers.map(({ pid }) => [pid, times])));
    const events = await readStream(test.database, stream);
    expect(events.map(({ streamVersion }) => streamVersion)).toEqual(
      Array.from({ length: 1 + 2 * times }, (_, index) => index + 1),
    );

    // Each errand that found the key free was opened and closed once; the others left nothing behind.
    expect(outcomes.every(({ opened, held }) => opened > 0 && opened + held === times)).toBe(true);
    const { rows } = await test.database.query<{ types: string }>(
      `select string_agg(type, ' ' order by stream_version) as types from event where person_id = $1 group by stream_id`,
      [person],
    );
    expect(rows.map(({ types }) => types)).toEqual(
      Array.from({ length: outcomes.reduce((sum, { opened }) => sum + opened, 0) }, () => 'Opened Closed'),
    );
    const { rows: open } = await test.database.query('select 1 from stream where exclusive is not null');
    expect(open).toEqual([]);
  });
});
