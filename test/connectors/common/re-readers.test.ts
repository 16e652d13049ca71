import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import type { FollowPersonsOptions } from '../../../connectors/common/follow-register.js';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { startListingReReader } from '../../../connectors/listing/listing-re-reader.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import {
  factTopics,
  type ListingFact,
  type PersonFact,
  type PersonIdentifier,
} from '../../../src/messaging/contracts/facts.js';
import type { PersonLookup } from '../../../src/messaging/contracts/lookups.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import {
  dataFile,
  logged,
  number,
  personKeys,
  published,
  silent,
  testNumber,
  transportOn,
} from './support.js';

const second = testNumber('19610203', 982);
const follow = [number, second].map((value) => ({ type: 'personnummer' as const, value }));

let test: TestDatabase;
let pool: ReturnType<typeof createConnectorPool>;
let common: FollowPersonsOptions;
beforeEach(async () => {
  test = await createTestDatabase();
  pool = createConnectorPool(test.url);
  const transport = await transportOn(test.database);
  common = {
    pool,
    transport,
    personKeys,
    logger: silent,
    follow: () => [follow],
    intervalMilliseconds: 3_600_000,
  };
});
afterEach(async () => {
  await pool.end();
  await test.drop();
});

/**
 * Waits until a topic holds that many facts and returns them by time of reading.
 * @param reader reads again meanwhile: of a round it does nothing when it has just lost its place to another, or to a slow machine
 */
async function factsOn<Fact extends { readonly readAt: string }>(
  topic: string,
  count: number,
  reader?: { readonly readNow: () => Promise<unknown> },
) {
  return waitFor(`${count} facts`, async () => {
    await reader?.readNow();
    const events = await published<Fact>(test.database, topic);
    return events.length >= count && events.toSorted((a, b) => a.data.readAt.localeCompare(b.data.readAt));
  });
}

it('PAT-7: a person is published when the register says something new, and only then, also after a restart', async () => {
  const file = await dataFile({
    persons: [
      { number, surname: 'Före' },
      { number: second, surname: 'Annan' },
    ],
  });
  const standIn = await startPopulationRegisterStandIn({
    host: '127.0.0.1',
    port: 0,
    file: file.file,
    logger: silent,
  });
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '1',
    development: true,
    logger: silent,
  });
  const first = startPersonReReader({ ...common, lookup });
  await first.readNow();
  await factsOn<PersonFact>(factTopics.person, 2);
  await first.readNow();
  await first.stop();

  const again = startPersonReReader({ ...common, lookup });
  await again.readNow();
  await file.write({
    persons: [
      { number, surname: 'Efteråt' },
      { number: second, surname: 'Annan', protectedPerson: true },
    ],
  });
  const changed = await factsOn<PersonFact>(factTopics.person, 4, again);
  expect(changed.slice(2).map((each) => each.data.record?.name?.surname)).toEqual(
    expect.arrayContaining(['Efteråt', undefined]),
  );
  // Back to what it was is a change too, and another event than the first time.
  await file.write({
    persons: [
      { number, surname: 'Före' },
      { number: second, surname: 'Annan', protectedPerson: true },
    ],
  });
  const all = await factsOn<PersonFact>(factTopics.person, 5, again);
  expect(all).toHaveLength(5);
  expect(new Set(all.map((each) => each.id)).size).toBe(5);
  expect(all.at(-1)).toMatchObject({
    source: 'urn:hemgang:connector:population-register',
    data: { found: true },
  });
  const { rows } = await pool.query<{ row: string }>(
    'select connector_receipt::text as row from connector_receipt where published',
  );
  expect(rows.map(({ row }) => row).join()).not.toMatch(/0503279812/);
  await again.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
});

it('PAT-7: a register that is down publishes nothing, tells so, and is read in the next round', async () => {
  const file = await dataFile({ persons: [{ number, fault: 'VP009' }] });
  const standIn = await startPopulationRegisterStandIn({
    host: '127.0.0.1',
    port: 0,
    file: file.file,
    logger: silent,
  });
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '1',
    development: true,
    logger: silent,
  });
  const reReader = startPersonReReader({ ...common, lookup, intervalMilliseconds: 50 });
  await waitFor('a failed round', async () => (await reReader.health()).status === 'degraded');
  expect(await published(test.database, factTopics.person)).toEqual([]);
  await file.write({ persons: [{ number }] });
  const facts = await factsOn<PersonFact>(factTopics.person, 2);
  expect(new Set(facts.map((each) => each.data.found))).toEqual(new Set([false, true]));
  await waitFor('health', async () => (await reReader.health()).status === 'up');
  await reReader.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
});

it('PAT-7, ADR-1: a relisted person is published', async () => {
  const listed = (facility: string) => ({
    persons: [{ number, listings: [{ facility, facilityName: 'Vårdcentralen', type: 'VC' }] }],
  });
  const file = await dataFile(listed('SE2321000016-V1'));
  const standIn = await startListingStandIn({ host: '127.0.0.1', port: 0, file: file.file, logger: silent });
  const lookup = createListingLookup({ url: standIn.url, logicalAddress: '12', logger: silent });
  const reReader = startListingReReader({ ...common, lookup });
  await reReader.readNow();
  await factsOn<ListingFact>(factTopics.listing, 2);
  await file.write(listed('SE2321000016-V2'));
  await reReader.readNow();
  const facts = await factsOn<ListingFact>(factTopics.listing, 3);
  expect(facts.at(-1)?.data.listings).toMatchObject([{ facility: 'SE2321000016-V2' }]);
  await reReader.stop();
  lookup.stop();
  await standIn.stop();
  await file.remove();
});

it('PAT-7: a fact that its topic refuses holds up none of the others, and is told as not read without a word of it', async () => {
  const { logger, lines } = logged();
  const readAt = '2026-01-10T08:00:00.000Z';
  const record = (person: PersonIdentifier, surname: string) => ({ identifier: person, name: { surname } });
  const lookup: PersonLookup = {
    lookUp: (persons) =>
      Promise.resolve(
        persons.map((person, place) => ({
          person,
          found: true,
          readAt,
          record: record(person, place === 0 ? 'Lång'.repeat(100) : 'Annan'),
        })),
      ),
  };
  const reReader = startPersonReReader({ ...common, lookup, logger });
  await reReader.readNow();
  expect(await reReader.health()).toMatchObject({
    status: 'degraded',
    detail: { read: 2, changed: 1, failed: 1 },
  });
  const facts = await factsOn<PersonFact>(factTopics.person, 1);
  expect(facts.map(({ data }) => data.record?.name?.surname)).toEqual(['Annan']);
  expect(lines.join('')).toContain('/data/record/name/surname maxLength');
  expect(lines.join('')).not.toMatch(new RegExp(`Lång|${number}`));
  await reReader.stop();
});
