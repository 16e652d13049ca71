import { createHash, randomBytes, randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { recordedLookup } from '../../../connectors/common/recording/recorded-lookup.js';
import { Recorder } from '../../../connectors/common/recording/recorder.js';
import { RecordingWriter } from '../../../connectors/common/recording/recording-writer.js';
import { readXml, writeXml, type XmlElement } from '../../../connectors/common/soap/xml.js';
import { createListingLookup } from '../../../connectors/listing/listing-lookup.js';
import { retranslateListing } from '../../../connectors/listing/retranslate.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPersonReReader } from '../../../connectors/population-register/person-re-reader.js';
import { retranslatePerson } from '../../../connectors/population-register/retranslate.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { LookupUnavailable } from '../../../src/messaging/contracts/lookups.js';
import { dropRecordings } from '../../../src/administration/recordings/drop-recordings.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { dataFile, logged, number, personKeys, silent, testNumber, transportOn } from './support.js';

const [second, third, hidden] = [982, 983, 984].map((serial) => testNumber('19610203', serial)) as [
  string,
  string,
  string,
];
const person = (value: string) => ({ type: 'personnummer' as const, value });
const hash = ({ value }: PersonIdentifier) => createHash('sha256').update(value).digest('hex');
const recorder = new Recorder({ keyId: 'test', secret: randomBytes(32) }, hash);
const common = { host: '127.0.0.1', port: 0, logger: silent };

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

type Row = {
  connector: string;
  sender: string;
  message_id: string;
  outcome: string;
  event_id: string | null;
  person_hashes: string[];
  sealed: Buffer;
};
const rows = async () =>
  (await test.database.query<Row>('select * from connector_recording order by id')).rows.map((row) => ({
    ...row,
    content: JSON.parse(
      recorder
        .open({ connector: row.connector, sender: row.sender, messageId: row.message_id }, row.sealed)
        .toString('utf8'),
    ) as { answer: string; fact: { person: PersonIdentifier } },
  }));

async function register(persons: readonly object[]) {
  const file = await dataFile({ persons });
  const standIn = await startPopulationRegisterStandIn({ ...common, file: file.file });
  const lookup = createPersonLookup({
    url: standIn.url,
    logicalAddress: '1',
    development: true,
    logger: silent,
  });
  const end = async () => {
    lookup.stop();
    await standIn.stop();
    await file.remove();
  };
  return { lookup, write: (changed: readonly object[]) => file.write({ persons: changed }), end };
}

it('PAT-5: answers to lookups are recorded for each person, sealed; of who is protected or not found nothing is', async () => {
  const { lookup, end } = await register([
    { number, surname: 'Ett' },
    { number: second, surname: 'Två' },
    { number: hidden, surname: 'Hemlig', protectedPerson: true },
  ]);
  const writer = new RecordingWriter({ connector: 'population-register', pool, logger: silent, recorder });
  const recorded = recordedLookup(writer, lookup);
  const facts = await recorded.lookUp([number, hidden, third, second].map(person));
  expect(facts).toEqual(
    (await lookup.lookUp([number, hidden, third, second].map(person))).map((fact) => ({
      ...fact,
      readAt: expect.any(String),
    })),
  );
  const found = await rows();
  expect(found.map(({ outcome, event_id, person_hashes }) => [outcome, event_id, person_hashes])).toEqual([
    ['answered', null, [hash(person(number))]],
    ['answered', null, [hash(person(second))]],
  ]);
  expect(JSON.stringify(found.map(({ content }) => content))).not.toMatch(/Hemlig|19610203984/);
  for (const { content, sealed } of found) {
    // Long enough that sealed bytes do not hold it by chance.
    const clear =
      sealed.includes('requestedPersonRecord') || [number, second].some((each) => sealed.includes(each));
    expect(clear).toBe(false);
    // What it was read from gives the same fact again.
    expect(retranslatePerson(content)).toMatchObject({ kind: 'fact', fact: content.fact });
  }
  await end();
});

it('a listing, and that there is none, are recorded as they were said; a service that does not answer is not', async () => {
  const file = await dataFile({
    persons: [
      { number, listings: [{ facility: 'SE2321000016-V1', facilityName: 'Vårdcentralen', type: 'VC' }] },
    ],
  });
  const standIn = await startListingStandIn({ ...common, file: file.file });
  const lookup = createListingLookup({ url: standIn.url, logicalAddress: '12', logger: silent });
  const writer = new RecordingWriter({ connector: 'listing', pool, logger: silent, recorder });
  const recorded = recordedLookup(writer, lookup);
  for (const each of [number, second]) await recorded.lookUp(person(each));
  await standIn.stop();
  await expect(recorded.lookUp(person(number))).rejects.toThrow(LookupUnavailable);
  const found = await rows();
  expect(found.map(({ content }) => retranslateListing(content))).toMatchObject([
    { fact: { person: person(number), listings: [{ facility: 'SE2321000016-V1' }] } },
    { fact: { person: person(second), listings: [] } },
  ]);
  lookup.stop();
  await file.remove();
});

it('a lookup is answered also where it cannot be recorded, and the log says so without personal data', async () => {
  const { lookup, end } = await register([{ number }]);
  const log = logged();
  const gone = createConnectorPool(test.url);
  await gone.end();
  const writer = new RecordingWriter({
    connector: 'population-register',
    pool: gone,
    logger: log.logger,
    recorder,
  });
  expect(await recordedLookup(writer, lookup).lookUp([person(number)])).toMatchObject([{ found: true }]);
  expect(log.lines.join('')).toContain('what came in was not recorded');
  expect(log.lines.join('')).not.toContain(number.slice(2));
  await end();
});

it('PAT-7: of a register that is read again only what became a fact is recorded, each person for herself', async () => {
  const persons = [number, second].map((value) => ({ number: value, surname: 'Före' }));
  const { lookup, write, end } = await register(persons);
  const reReader = startPersonReReader({
    pool,
    transport: await transportOn(test.database),
    personKeys,
    logger: silent,
    recorder,
    lookup,
    follow: () => [[number, second, hidden].map(person)],
    intervalMilliseconds: 3_600_000,
  });
  await reReader.readNow();
  await reReader.readNow();
  expect(await rows()).toHaveLength(2);
  await write([
    { number, surname: 'Före' },
    { number: second, surname: 'Efteråt' },
    { number: hidden, surname: 'Hemlig', protectedPerson: true },
  ]);
  await reReader.readNow();
  const found = await rows();
  expect(found.map(({ outcome, person_hashes }) => [outcome, person_hashes])).toEqual([
    ['stored', [hash(person(number))]],
    ['stored', [hash(person(second))]],
    ['stored', [hash(person(second))]],
  ]);
  expect(found.at(-1)?.content.answer).toContain('Efteråt');
  expect(found.every(({ event_id }) => event_id !== null)).toBe(true);
  await reReader.stop();
  await end();
});

it('PAT-6: what is about a sealed person goes, and so do lookups that came to nothing', async () => {
  const [open, sealed] = [randomUUID(), randomUUID()];
  await test.database.query(
    `insert into person_identity (hash, person_id) values ('open', $1), ('sealed', $2), ('also', $2)`,
    [open, sealed],
  );
  await test.database.query(
    `insert into stream (id, type, version, state) values ($1, 'person', 1, '{"sealed":false}'), ($2, 'person', 2, '{"sealed":true}')`,
    [open, sealed],
  );
  const put = (id: string, outcome: string, hashes: string, minutes: number) =>
    test.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, person_hashes, key_id, sealed)
       values ('c', 's', $1, now() - $4 * interval '1 minute', $2, $3::text[], 'k', '')`,
      [id, outcome, hashes, minutes],
    );
  await put('of a person', 'answered', '{open}', 20);
  await put('a refused message of nobody', 'refused', '{}', 20);
  await put('a message of a stranger', 'nothing', '{stranger}', 20);
  await put('a lookup under way', 'answered', '{stranger}', 5);
  await put('a lookup for nothing', 'answered', '{stranger}', 20);
  await put('refused, of a sealed person', 'refused', '{sealed}', 1);
  await put('a merge with a sealed person', 'stored', '{open,also}', 1);
  await put('old', 'stored', '{open}', 70);
  expect(await dropRecordings(test.database, 3_600_000)).toBe(4);
  const { rows: left } = await test.database.query<{ message_id: string }>(
    'select message_id from connector_recording order by id',
  );
  expect(left.map(({ message_id }) => message_id)).toEqual([
    'of a person',
    'a refused message of nobody',
    'a message of a stranger',
    'a lookup under way',
  ]);
});

it('an element that is written out is read as the same', () => {
  const name = fc.stringMatching(/^[a-z]{1,5}$/);
  const namespace = fc.constantFrom('', 'urn:a', 'urn:b"&<');
  const text = fc.string({ unit: fc.constantFrom('a', 'å', '<', '&', '"', ' ', ']]>', '\u{1F600}') });
  const { element } = fc.letrec<{ element: XmlElement; children: XmlElement[] }>((tie) => ({
    element: fc.record({ namespace, name, children: tie('children'), text }),
    children: fc.oneof(
      { maxDepth: 4 },
      fc.constant<XmlElement[]>([]),
      fc.array(tie('element'), { maxLength: 3 }),
    ),
  }));
  fc.assert(fc.property(element, (written) => expect(readXml(writeXml(written))).toEqual(written)));
});
