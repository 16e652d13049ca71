import { randomUUID } from 'node:crypto';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { readLog, readStream } from '../../src/log/read-log.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import { command, errand, origin } from './errand.js';

let test: DurableTestDatabase;
beforeAll(async () => {
  test = await createDurableTestDatabase();
});
afterAll(() => test.drop());

describe('PostgreSQL killed with SIGKILL under load', () => {
  it('loses nothing acknowledged and does nothing half; log, pool and sequencer find it again', async () => {
    const log = new PostgresLog({ database: test.database });
    const sequencer = startSequencer({ database: test.database, pollMs: 20, onError: () => undefined });
    const ids = Array.from({ length: 8 }, () => randomUUID());
    const acknowledged = new Map<string, number>();
    const written = new AbortController();
    const writers = ids.map(async (id) => {
      let next = command.open(randomUUID());
      while (!written.signal.aborted) {
        try {
          const { version } = await log.transact(origin(`errand:${id}`), (session) =>
            session.execute(errand, id, next),
          );
          acknowledged.set(id, version);
          next = command.add('a');
        } catch {
          // The server is away. Whether the event happened is not known; what was acknowledged is.
          await waitFor('the server', () => test.database.healthy());
          if ((await readStream(test.database, id)).length > 0) next = command.add('a');
        }
      }
    });
    const total = () => [...acknowledged.values()].reduce((sum, version) => sum + version, 0);
    for (let outage = 0; outage < 3; outage += 1) {
      const before = total();
      await waitFor('writing to go on', () => total() > before + 50);
      await test.kill();
      await test.restart();
    }
    const before = total();
    await waitFor('writing to go on', () => total() > before + 50);
    written.abort();
    await Promise.all(writers);

    let events = 0;
    for (const id of ids) {
      const versions = (await readStream(test.database, id)).map(({ streamVersion }) => streamVersion);
      expect(versions).toEqual(Array.from({ length: versions.length }, (_, index) => index + 1));
      expect(versions.length).toBeGreaterThanOrEqual(acknowledged.get(id) ?? 0);
      const folded = await log.transact(origin(), (session) => session.load(errand, id));
      expect(folded).toMatchObject({
        version: versions.length,
        state: { items: { a: versions.length - 1 } },
      });
      const { rows } = await test.database.query('select version from resource where id = $1', [id]);
      expect(rows).toEqual([{ version: versions.length }]);
      events += versions.length;
    }
    const order = await waitFor('every event to be sequenced', async () => {
      const all = await readLog(test.database, 0, 1_000_000);
      return all.length >= events && all;
    });
    expect(order.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: events }, (_, index) => index + 1),
    );
    await sequencer.stop();
  });
});
