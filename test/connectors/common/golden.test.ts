import { readFile, writeFile } from 'node:fs/promises';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import type { ReReader } from '../../../connectors/common/re-reader.js';
import { startCatalogueReReader, type CatalogueItem } from '../../../connectors/hsa/catalogue-re-reader.js';
import { createCatalogueLookup } from '../../../connectors/hsa/catalogue-lookup.js';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { startListingReReader } from '../../../connectors/listing/listing-re-reader.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { factTopics, type PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { answerFrom, goldenFact, goldenNames, registers, type Register } from './register-answers.js';
import { personKeys, published, silent, transportOn } from './support.js';

/**
 * Answer in, fact out: each `<name>.<operation>.xml` of a register's folder is what it answers, and `<name>.json` beside it the event
 * that this becomes when it is read again. `UPDATE_GOLDEN=1` writes the events anew, to be read in the difference; a new one needs no
 * more than whom it is about (`data.person`, `data.unit` or `data.practitioner`).
 */
type Asked = {
  readonly person?: PersonIdentifier;
  readonly unit?: string;
  readonly practitioner?: string;
};

const clock = (): Date => new Date('2026-01-10T09:00:00Z');
const topics = [factTopics.person, factTopics.listing, factTopics.unit, factTopics.practitioner];

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

async function start(register: Register, url: string, asked: Asked): Promise<ReReader> {
  const transport = await transportOn(test.database);
  const common = { pool, transport, personKeys, logger: silent, clock, intervalMilliseconds: 3_600_000 };
  const client = { logicalAddress: '5565594230', development: true, logger: silent, clock };
  if (register === 'hsa') {
    const item: CatalogueItem =
      asked.unit === undefined
        ? { kind: 'practitioner', hsaId: asked.practitioner ?? '' }
        : { kind: 'unit', hsaId: asked.unit };
    const lookup = createCatalogueLookup({
      ...client,
      urls: { unit: url, healthCareUnit: url, credentials: url },
    });
    const follow = () => [[item]];
    return ending(startCatalogueReReader({ ...common, lookup, follow, tellAgainMilliseconds: 1e9 }), lookup);
  }
  const follow = () => [asked.person ? [asked.person] : []];
  if (register === 'listing') {
    const lookup = createListingLookup({ ...client, url });
    return ending(startListingReReader({ ...common, lookup, follow }), lookup);
  }
  const lookup = createPersonLookup({ ...client, url });
  return ending(startPersonReReader({ ...common, lookup, follow }), lookup);
}

const ending = (reReader: ReReader, lookup: { stop(): void }): ReReader => ({
  ...reReader,
  async stop() {
    await reReader.stop();
    lookup.stop();
  },
});

it.each(registers.flatMap((register) => goldenNames(register).map((name) => [register, name] as const)))(
  '%s: %s becomes the fact beside it',
  async (register, name) => {
    const golden = goldenFact(register, name);
    const { data } = JSON.parse(await readFile(golden, 'utf8')) as { readonly data: Asked };
    const answering = await answerFrom(register, name);
    const reReader = await start(register, answering.url, data);
    try {
      await reReader.readNow();
      const [event] = await waitFor('the fact', async () => {
        const events = await Promise.all(topics.map((topic) => published(test.database, topic)));
        return events.flat().length > 0 && events.flat();
      });
      if (process.env['UPDATE_GOLDEN'] === '1')
        await writeFile(golden, `${JSON.stringify(event, null, 2)}\n`);
      expect(event).toEqual(JSON.parse(await readFile(golden, 'utf8')));
    } finally {
      await reReader.stop();
      answering.stop();
    }
  },
);
