import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import type { FollowPersonsOptions } from '../../../connectors/common/follow-register.js';
import type { ReReader } from '../../../connectors/common/re-reader.js';
import { startCatalogueReReader } from '../../../connectors/hsa/catalogue-re-reader.js';
import { startListingReReader } from '../../../connectors/listing/listing-re-reader.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { number, personKeys, silent, transportOn } from './support.js';

const readAt = '2026-01-10T08:00:00.000Z';
const person = { type: 'personnummer', value: number } as const;

type Common = Omit<FollowPersonsOptions, 'follow'>;
/** A re-reader of each register, whose questions are counted. */
const registers: Readonly<Record<string, (common: Common, asked: () => void) => ReReader>> = {
  'population-register': (common, asked) =>
    startPersonReReader({
      ...common,
      follow: () => [[person]],
      lookup: {
        lookUp: (persons) => {
          asked();
          return Promise.resolve(persons.map((each) => ({ person: each, found: false, readAt })));
        },
      },
    }),
  listing: (common, asked) =>
    startListingReReader({
      ...common,
      follow: () => [[person]],
      lookup: {
        lookUp: (each) => {
          asked();
          return Promise.resolve({ person: each, listings: [], readAt });
        },
      },
    }),
  hsa: (common, asked) =>
    startCatalogueReReader({
      ...common,
      follow: () => [[{ kind: 'unit', hsaId: 'SE2321000016-W101' }]],
      tellAgainMilliseconds: 3_600_000,
      lookup: {
        unit: (unit) => {
          asked();
          return Promise.resolve({ unit, found: false, readAt });
        },
        practitioner: () => Promise.reject(new Error('nobody is followed')),
      },
    }),
};

let test: TestDatabase;
let ending: (() => Promise<unknown>)[];
beforeEach(async () => {
  test = await createTestDatabase();
  ending = [() => test.drop()];
});
afterEach(async () => {
  for (const end of ending) await end();
});

/** A process: a pool of its own, and how often its re-reader asked. */
async function startProcess(register: string, intervalMilliseconds: number) {
  const pool = createConnectorPool(test.url);
  let asked = 0;
  const reader = registers[register]!(
    { pool, transport: await transportOn(test.database), personKeys, logger: silent, intervalMilliseconds },
    () => (asked += 1),
  );
  let ended: Promise<unknown> | undefined;
  const end = () => (ended ??= reader.stop().then(() => pool.end()));
  ending.unshift(end);
  return { reader, asked: () => asked, end };
}

describe.each(Object.keys(registers))('PAT-7: of two processes with %s', (register) => {
  it('one asks the register, the other stands by and takes over when the first ends', async () => {
    const first = await startProcess(register, 50);
    await waitFor('a round', () => first.asked() > 0);
    const second = await startProcess(register, 50);
    await second.reader.readNow();
    const before = first.asked();
    await waitFor('rounds', () => first.asked() >= before + 5);
    expect(second.asked()).toBe(0);
    expect(await second.reader.health()).toMatchObject({
      status: 'up',
      detail: { reading: 'another process' },
    });
    await first.end();
    await waitFor('the second to read', () => second.asked() > 0, 15_000);
    expect(await second.reader.health()).not.toMatchObject({ detail: { reading: 'another process' } });
  });

  it('the other takes over within 15 seconds from a holder that is frozen', async () => {
    // A session that holds the lock and says nothing more, as a frozen process leaves it.
    const frozen = new Client({ connectionString: test.url });
    frozen.on('error', () => undefined);
    await frozen.connect();
    ending.unshift(() => frozen.end().catch(() => undefined));
    await frozen.query(`select pg_advisory_lock(hashtext('connector-publisher'), hashtext($1))`, [register]);
    const since = performance.now();
    const second = await startProcess(register, 3_600_000);
    await second.reader.readNow();
    expect(second.asked()).toBe(0);
    await waitFor('the second to read', () => second.asked() > 0, 15_000);
    expect(performance.now() - since).toBeLessThan(15_000);
  });
});
