import { expect, it } from '@jest/globals';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { factTopics, type PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { createTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { dataFile, personKeys, published, silent, testNumber, transportOn } from './support.js';

/** Made-up numbers, each another: days of the years from 1930, serials 980 to 999. */
function* numbers(count: number): Generator<string> {
  for (let made = 0; made < count; made += 1) {
    const day = new Date(Date.UTC(1930, 0, 1 + Math.floor(made / 20)));
    yield testNumber(day.toISOString().slice(0, 10).replaceAll('-', ''), 980 + (made % 20));
  }
}

const people = 3_000;
const page = 1_000;

it('PAT-7: a round over thousands of persons holds a page at a time, holds up no lookup, and goes around the one it cannot read', async () => {
  const all = [...numbers(people)];
  const unreadable = all[1_234] ?? '';
  const file = await dataFile({
    persons: all.map((number) => ({ number, ...(number === unreadable && { fault: 'missing-person' }) })),
  });
  const common = { host: '127.0.0.1', port: 0, logger: silent };
  const standIn = await startPopulationRegisterStandIn({ ...common, file: file.file });
  const test = await createTestDatabase();
  const pool = createConnectorPool(test.url);
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '1',
    development: true,
    logger: silent,
    requestsPerSecond: 10,
  });
  const person = (value: string): PersonIdentifier => ({ type: 'personnummer', value });
  let pagesAhead = 0;
  async function* follow(): AsyncGenerator<readonly PersonIdentifier[]> {
    for (let from = 0; from < people; from += page) {
      pagesAhead = from / page;
      yield await Promise.resolve(all.slice(from, from + page).map(person));
    }
  }
  const reader = startPersonReReader({
    pool,
    transport: await transportOn(test.database),
    personKeys,
    logger: silent,
    follow,
    lookup,
    intervalMilliseconds: 3_600_000,
  });
  const round = reader.readNow();
  // What a nurse waits for meanwhile: a turn of the register's ten a second, not the end of the round.
  const waits: number[] = [];
  for (let asked = 0; asked < 5; asked += 1) {
    const started = performance.now();
    expect(await lookup.lookUp([person(all[asked] ?? '')])).toMatchObject([{ found: true }]);
    waits.push(performance.now() - started);
  }
  expect(pagesAhead).toBeLessThan(3);
  expect(Math.max(...waits)).toBeLessThan(3_000);
  await round;
  // One person is left to the next round, and no other.
  expect(await reader.health()).toMatchObject({ status: 'degraded', detail: { read: people, failed: 1 } });
  await waitFor(
    'the facts',
    async () => (await published(test.database, factTopics.person)).length === people - 1,
  );
  await reader.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
  await pool.end();
  await test.drop();
});
