import { createServer } from 'node:net';
import { HttpListingLookup, HttpPersonLookup } from '../../../connectors/common/lookup/lookup-client.js';
import { startLookupServer } from '../../../connectors/common/lookup/lookup-server.js';
import {
  createListingLookup,
  type RunningListingLookup,
} from '../../../connectors/listing/listing-lookup.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import {
  createPersonLookup,
  type PersonLookupOptions,
  type RunningPersonLookup,
} from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { platformFaults } from '../../../connectors/common/soap/fault.js';
import type { SoapStandIn } from '../../../connectors/common/stand-in/soap-stand-in.js';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { dataFile, logged, number, silent, testNumber } from './support.js';

const person = (value: string, type: PersonIdentifier['type'] = 'personnummer'): PersonIdentifier => ({
  type,
  value,
});
const protectedNumber = testNumber('19610203', 982);
const hiddenNumber = testNumber('19720304', 983);
const coordination = testNumber('19540178', 984);
const dead = testNumber('19330405', 985);
const unknown = testNumber('19440506', 986);
const faulty = (fault: string) => ({ number: faultNumber(fault), fault });
const faults = [
  'timeout',
  'slow',
  'close',
  'fault',
  'malformed',
  'too-large',
  'partial',
  'missing-person',
  'missing-flags',
  'technical',
  'VP001',
  'VP007',
  'VP009',
  'VP012',
  'VP014',
];
const faultNumber = (fault: string): string => testNumber('19500101', 985 + (faults.indexOf(fault) % 15));

const ordinary = {
  number,
  given: 'Karl & "Kalle" <K>',
  middle: 'Åke',
  surname: 'Öster',
  givenNameIndicator: '10',
  gender: 'male',
  address: { careOf: 'Ä. Å', line1: 'Lgh 1101', line2: 'Storgatan 1', postalCode: '02113', city: 'MALMÖ' },
  municipalityCode: '1280',
  registeredFrom: '2013-02-25',
};

let registerFile: Awaited<ReturnType<typeof dataFile>>;
let listingFile: Awaited<ReturnType<typeof dataFile>>;
let register: SoapStandIn;
let listing: SoapStandIn;
let persons: RunningPersonLookup;
let listings: RunningListingLookup;
/** Half a second for an answer: for what is never to be answered in time. */
let impatient: RunningPersonLookup;
let impatientListings: RunningListingLookup;
const log = logged();

const registerOptions = (): PersonLookupOptions => ({
  url: register.url,
  logicalAddress: '5565594230',
  development: true,
  logger: log.logger,
  timeoutMilliseconds: 10_000,
  requestsPerSecond: 500,
});

beforeAll(async () => {
  registerFile = await dataFile({
    persons: [
      ordinary,
      { ...ordinary, number: protectedNumber, protectedPerson: true },
      { ...ordinary, number: hiddenNumber, protectedPopulationRecord: true },
      { ...ordinary, number: coordination, gender: 'female', referred: [testNumber('19540118', 987)] },
      { ...ordinary, number: dead, deregistration: { reason: 'AV', date: '2026-01-02' } },
      ...faults.filter((fault) => fault !== 'technical').map(faulty),
    ],
  });
  const vc = { facility: 'SE2321000016-V1', facilityName: 'Vårdcentralen Ö & Å', type: 'VC' };
  listingFile = await dataFile({
    persons: [
      {
        number,
        listings: [{ ...vc, validFrom: '2024-03-01', doctor: { id: 'SE2321000016-D1', name: 'Doktor Ä' } }],
      },
      {
        number: coordination,
        listings: [
          { ...vc, facility: 'SE2321000016-V2', validFrom: '2019-01-01', validTo: '2020-01-01' },
          { ...vc, validFrom: '2020-01-01' },
        ],
      },
      { number: dead, listings: [] },
      ...faults
        .filter((fault) => !fault.startsWith('missing'))
        .map((fault) => ({ ...faulty(fault), listings: [] })),
    ],
  });
  const common = { host: '127.0.0.1', port: 0, logger: silent };
  register = await startPopulationRegisterStandIn({ ...common, file: registerFile.file });
  listing = await startListingStandIn({ ...common, file: listingFile.file });
  persons = createPersonLookup(registerOptions());
  impatient = createPersonLookup({ ...registerOptions(), timeoutMilliseconds: 500 });
  const listingOptions = { url: listing.url, logicalAddress: '12', logger: log.logger };
  listings = createListingLookup({ ...listingOptions, timeoutMilliseconds: 10_000 });
  impatientListings = createListingLookup({ ...listingOptions, timeoutMilliseconds: 500 });
});
afterAll(async () => {
  persons.stop();
  impatient.stop();
  impatientListings.stop();
  listings.stop();
  await Promise.all([register.stop(), listing.stop()]);
  await Promise.all([registerFile.remove(), listingFile.remove()]);
});

describe('the population register', () => {
  it('PAT-1, PAT-2: a person is looked up by twelve digits; name, address and municipality come from the register', async () => {
    const [fact] = await persons.lookUp([person(number)]);
    expect(fact).toMatchObject({
      found: true,
      record: {
        identifier: person(number),
        protectedPerson: false,
        protectedPopulationRecord: false,
        testPerson: true,
        name: { given: 'Karl & "Kalle" <K>', middle: 'Åke', surname: 'Öster', givenNameIndicator: '10' },
        gender: 'male',
        address: {
          careOf: 'Ä. Å',
          line1: 'Lgh 1101',
          line2: 'Storgatan 1',
          postalCode: '02113',
          city: 'MALMÖ',
        },
        municipalityCode: '1280',
      },
    });
  });

  it('PAT-1: a number the register does not know is not found, and no fault', async () => {
    expect(await persons.lookUp([person(unknown)])).toMatchObject([{ found: false }]);
  });

  it('PAT-3, PAT-4: a malformed number and a reserve number are never asked about', async () => {
    const before = register.questions();
    const facts = await persons.lookUp([person('ABC', 'other'), person('R1234567', 'reserve')]);
    expect(facts.map((fact) => fact.found)).toEqual([false, false]);
    expect(register.questions()).toBe(before);
  });

  it.each([
    ['sekretessmarkering', protectedNumber, { protectedPerson: true, protectedPopulationRecord: false }],
    ['skyddad folkbokföring', hiddenNumber, { protectedPerson: false, protectedPopulationRecord: true }],
  ])('PAT-5: of a person with %s only the protection is passed on', async (_name, value, flags) => {
    const [fact] = await persons.lookUp([person(value)]);
    expect(fact?.record).toEqual({ identifier: person(value), testPerson: true, ...flags });
  });

  it('PAT-5: a record without its mandatory flags has unknown protection and passes nothing on', async () => {
    const value = faultNumber('missing-flags');
    const [fact] = await persons.lookUp([person(value)]);
    expect(fact).toMatchObject({ found: true, record: { identifier: person(value) } });
    expect(Object.keys(fact?.record ?? {})).toEqual(['identifier']);
  });

  it('a samordningsnummer, its referred identity, and a death are told', async () => {
    const facts = await persons.lookUp([person(coordination, 'samordningsnummer'), person(dead)]);
    expect(facts[0]?.record).toMatchObject({
      identifier: { type: 'samordningsnummer', value: coordination },
      referred: [{ type: 'personnummer', value: testNumber('19540118', 987) }],
    });
    expect(facts[1]?.record?.deregistration).toEqual({ reason: 'AV', date: '2026-01-02' });
  });

  it('a test person is thrown away outside development', async () => {
    const strict = createPersonLookup({ ...registerOptions(), development: false });
    expect(await strict.lookUp([person(number)])).toMatchObject([{ found: false }]);
    strict.stop();
  });

  it('500 persons are one question; callers at the same time share questions; order is as asked', async () => {
    const many = Array.from({ length: 500 }, (_, index) =>
      person(testNumber(`19${50 + (index % 25)}0${1 + (index % 9)}1${index % 10}`, 980 + (index % 20))),
    );
    const slow = createPersonLookup({
      ...registerOptions(),
      requestsPerSecond: 10,
    });
    const before = register.questions();
    const safe = many.filter((each) => !faults.some((fault) => faultNumber(fault) === each.value));
    const [all, ...single] = await Promise.all([
      slow.lookUp(safe),
      ...Array.from({ length: 50 }, () => slow.lookUp([person(number), person(unknown)])),
    ]);
    expect(all.map((fact) => fact.person.value)).toEqual(safe.map((each) => each.value));
    expect(single.every((facts) => facts[0]?.found === true && facts[1]?.found === false)).toBe(true);
    expect(register.questions() - before).toBeLessThanOrEqual(6);
    slow.stop();
  });

  it('more than 500 persons are refused', async () => {
    const many = Array.from({ length: 501 }, () => person(number));
    await expect(persons.lookUp(many)).rejects.toMatchObject({ code: 'too-many-persons', retryable: false });
  });

  it.each([
    ['timeout', 'timeout', true],
    ['slow', 'timeout', true],
    ['close', 'connection', true],
    ['fault', 'soap-fault', true],
    ['malformed', 'not-soap', true],
    ['too-large', 'too-large', true],
    ['partial', 'partial', true],
    ['missing-person', 'partial', true],
    ['VP001', 'VP001', false],
    ['VP007', 'VP007', false],
    ['VP009', 'VP009', true],
    ['VP012', 'VP012', true],
    ['VP014', 'VP014', true],
  ])('%s: no answer rather than a wrong one (%s, asking again helps: %s)', async (fault, code, retryable) => {
    const lookup = code === 'timeout' ? impatient : persons;
    const asked = lookup.lookUp([person(number), person(faultNumber(fault))]);
    await expect(asked).rejects.toMatchObject({ name: 'LookupUnavailable', code, retryable });
  });

  it.each(Object.entries(platformFaults))(
    '%s of the platform is told as it is, and asked again only where that can help',
    async (fault, { blame }) => {
      const retryable = blame !== 'ours';
      for (const [standIn, ask] of [
        [register, () => persons.lookUp([person(number)])],
        [listing, () => listings.lookUp(person(number))],
      ] as const) {
        const control = new URL('/stand-in/faults', standIn.url);
        await fetch(control, { method: 'POST', body: JSON.stringify({ fault, times: 1 }) });
        await expect(ask()).rejects.toMatchObject({ code: fault, retryable });
        await ask();
      }
    },
  );

  it('the platform’s faults are the fifteen of its list: ours, theirs and passing', () => {
    const by = (blame: string) =>
      Object.keys(platformFaults).filter((code) => platformFaults[code]?.blame === blame);
    expect(by('ours')).toEqual([
      'VP001',
      'VP002',
      'VP003',
      'VP004',
      'VP005',
      'VP007',
      'VP011',
      'VP013',
      'VP015',
    ]);
    expect(by('theirs')).toEqual(['VP006', 'VP010', 'VP014']);
    expect(by('passing')).toEqual(['VP008', 'VP009', 'VP012']);
  });

  it('a person whom the register leaves out fails nobody else in the same question', async () => {
    const single = createPersonLookup({ ...registerOptions(), requestsPerSecond: 20 });
    await single.lookUp([person(number)]);
    const results = await Promise.allSettled([
      single.lookUp([person(faultNumber('missing-person'))]),
      single.lookUp([person(number)]),
      single.lookUp([person(dead), person(faultNumber('missing-person'))]),
    ]);
    expect(results.map((each) => each.status)).toEqual(['rejected', 'fulfilled', 'rejected']);
    single.stop();
  });

  it('one caller whose question the other side refuses does not fail the others', async () => {
    const single = createPersonLookup({ ...registerOptions(), requestsPerSecond: 20 });
    await single.lookUp([person(number)]);
    const results = await Promise.allSettled([
      single.lookUp([person(number)]),
      single.lookUp([person(faultNumber('VP007'))]),
      single.lookUp([person(dead)]),
    ]);
    expect(results.map((each) => each.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    single.stop();
  });

  it('a register that is down is unavailable, and answers again when it is up', async () => {
    const gone = await new Promise<number>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => {
        const address = server.address();
        server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
      });
    });
    const lookup = createPersonLookup({ ...registerOptions(), url: `http://127.0.0.1:${gone}/soap` });
    await expect(lookup.lookUp([person(number)])).rejects.toMatchObject({
      code: 'connection',
      retryable: true,
    });
    const unheard = await lookup.health();
    expect([unheard.status, unheard.lastMessageAt]).toEqual(['degraded', undefined]);
    const back = await startPopulationRegisterStandIn({
      host: '127.0.0.1',
      port: gone,
      file: registerFile.file,
      logger: silent,
    });
    expect(await lookup.lookUp([person(number)])).toMatchObject([{ found: true }]);
    // A question that was answered is when the register was last heard (npm run connectors).
    expect(await lookup.health()).toMatchObject({ status: 'up', lastMessageAt: expect.any(String) });
    lookup.stop();
    await back.stop();
  });
});

describe('the listing service', () => {
  it('ADR-1: the health centre and the doctor a person is listed with are found', async () => {
    expect((await listings.lookUp(person(number))).listings).toEqual([
      {
        facility: 'SE2321000016-V1',
        facilityName: 'Vårdcentralen Ö & Å',
        type: 'VC',
        validFrom: '2024-02-29T23:00:00.000Z',
        doctor: { id: 'SE2321000016-D1', name: 'Doktor Ä' },
      },
    ]);
  });

  it('ADR-1: more than one listing, also one that has ended, is passed on in order', async () => {
    const fact = await listings.lookUp(person(coordination, 'samordningsnummer'));
    expect(fact.listings).toMatchObject([
      { facility: 'SE2321000016-V2', validTo: '2019-12-31T23:00:00.000Z' },
      { facility: 'SE2321000016-V1' },
    ]);
  });

  it('ADR-13: no listing, PersonNotFound and an identity nobody lists are no listing', async () => {
    for (const each of [person(dead), person(unknown), person('R1234567', 'reserve')])
      expect((await listings.lookUp(each)).listings).toEqual([]);
  });

  it.each([
    ['technical', 'TechnicalException', true],
    ['timeout', 'timeout', true],
    ['close', 'connection', true],
    ['malformed', 'not-soap', true],
    ['partial', 'partial', true],
    ['VP007', 'VP007', false],
    ['VP009', 'VP009', true],
  ])('ADR-13: %s is no answer, never "no listing"', async (fault, code, retryable) => {
    const lookup = code === 'timeout' ? impatientListings : listings;
    await expect(lookup.lookUp(person(faultNumber(fault)))).rejects.toMatchObject({ code, retryable });
  });
});

describe('the stand-ins', () => {
  it('read their file again when it changes, and keep the last good one', async () => {
    const data = await dataFile({ persons: [{ number, surname: 'Före' }] });
    const standIn = await startPopulationRegisterStandIn({
      host: '127.0.0.1',
      port: 0,
      file: data.file,
      logger: silent,
    });
    const lookup = createPersonLookup({ ...registerOptions(), url: standIn.url });
    const surname = async (): Promise<unknown> =>
      (await lookup.lookUp([person(number)]))[0]?.record?.name?.surname;
    expect(await surname()).toBe('Före');
    await data.write({ persons: [{ number, surname: 'Efteråt' }] });
    expect(await surname()).toBe('Efteråt');
    await data.write({ persons: [{ numbr: number }] });
    expect(await surname()).toBe('Efteråt');
    lookup.stop();
    await standIn.stop();
    await data.remove();
  });

  const ask = (fault: string) =>
    fetch(new URL('/stand-in/faults', register.url), { method: 'POST', body: JSON.stringify({ fault }) });

  it('answer in another character set than they declare: nothing of the answer is used', async () => {
    await ask('wrong-character-set');
    await expect(persons.lookUp([person(number)])).rejects.toMatchObject({
      code: 'wrong-character-set',
      retryable: true,
    });
    expect(await persons.lookUp([person(number)])).toHaveLength(1);
  });

  it('drop a connection when it is used again: the question is asked once more over a new one', async () => {
    await ask('drop-idle');
    const before = register.questions();
    for (let asked = 0; asked < 3; asked++) expect(await persons.lookUp([person(number)])).toHaveLength(1);
    expect(register.questions() - before).toBe(4);
  });

  it('play a fault on request, for as many questions as asked', async () => {
    const control = new URL('/stand-in/faults', register.url);
    const asked = await fetch(control, {
      method: 'POST',
      body: JSON.stringify({ fault: 'VP009', times: 2 }),
    });
    expect(asked.status).toBe(204);
    const ask = () => persons.lookUp([person(number)]);
    await expect(ask()).rejects.toMatchObject({ code: 'VP009' });
    await expect(ask()).rejects.toMatchObject({ code: 'VP009' });
    expect(await ask()).toMatchObject([{ found: true }]);
    expect((await fetch(control, { method: 'POST', body: '{"fault":"earthquake"}' })).status).toBe(400);
  });

  it('refuse to listen on anything but loopback', async () => {
    const options = { host: '0.0.0.0', port: 0, file: registerFile.file, logger: silent };
    await expect(startPopulationRegisterStandIn(options)).rejects.toThrow(/loopback/);
    await expect(startListingStandIn({ ...options, file: listingFile.file })).rejects.toThrow(/loopback/);
  });
});

describe('lookups between processes', () => {
  const secret = 'a shared secret of thirty-two characters';
  let server: Awaited<ReturnType<typeof startLookupServer>>;
  let url: string;
  beforeAll(async () => {
    const lookups = { persons, listings };
    server = await startLookupServer({ host: '127.0.0.1', port: 0, secret, lookups, logger: log.logger });
    url = `http://127.0.0.1:${server.address.port}`;
  });
  afterAll(() => server.stop());

  it('give the same facts as in process', async () => {
    const overHttp = await new HttpPersonLookup({ url, secret }).lookUp([person(number), person(unknown)]);
    expect(overHttp.map((fact) => fact.found)).toEqual([true, false]);
    const fact = await new HttpListingLookup({ url, secret }).lookUp(person(number));
    expect(fact.listings).toHaveLength(1);
  });

  it('tell an unavailable register as it is', async () => {
    const lookup = new HttpPersonLookup({ url, secret });
    await expect(lookup.lookUp([person(faultNumber('VP007'))])).rejects.toMatchObject({
      code: 'VP007',
      retryable: false,
    });
    const listing = new HttpListingLookup({ url, secret });
    await expect(listing.lookUp(person(faultNumber('technical')))).rejects.toMatchObject({
      code: 'TechnicalException',
    });
  });

  it('refuse a wrong secret, another path, and what is no question', async () => {
    const wrong = new HttpPersonLookup({ url, secret: `${secret}x` });
    await expect(wrong.lookUp([person(number)])).rejects.toMatchObject({
      code: 'unauthorised',
      retryable: false,
    });
    const headers = { Authorization: `Bearer ${secret}` };
    const ask = async (path: string, body: string): Promise<number> =>
      (await fetch(new URL(path, url), { method: 'POST', headers, body })).status;
    expect(await ask('/lookups/units', '{"persons":[]}')).toBe(404);
    // The catalogue is not asked from this process.
    expect(await ask('/lookups/staff', '{"practitioner":"SE2321000016-P1"}')).toBe(404);
    expect(await ask('/lookups/persons', '{"persons":[{"type":"x"}]}')).toBe(400);
    expect(await ask('/lookups/persons', 'x'.repeat(300_000))).toBe(413);
  });

  it('are unavailable when the connector is gone', async () => {
    const lookup = new HttpPersonLookup({ url: 'http://127.0.0.1:1', secret });
    await expect(lookup.lookUp([person(number)])).rejects.toMatchObject({
      code: 'connection',
      retryable: true,
    });
  });
});

it('no log line holds a personal number or a name', () => {
  expect(log.lines.length).toBeGreaterThan(10);
  expect(log.lines.join('')).not.toMatch(/(?<!\d)\d{8}9[89]\d\d(?!\d)|Öster|Storgatan/);
});
