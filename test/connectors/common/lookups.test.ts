import { HttpListingLookup, HttpPersonLookup } from '../../../connectors/common/lookup/lookup-client.js';
import { startLookupServer } from '../../../connectors/common/lookup/lookup-server.js';
import { startListingStandIn } from '../../../connectors/listing/stand-in.js';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { dataFile, number, silent } from './support.js';
import {
  coordination,
  dead,
  faultNumber,
  impatientListings,
  listingFile,
  listings,
  log,
  person,
  persons,
  register,
  registerFile,
  registerOptions,
  unknown,
} from './registers-setup.js';

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

it('no log line of these lookups holds a personal number or a name', () => {
  expect(log.lines.length).toBeGreaterThan(3);
  expect(log.lines.join('')).not.toMatch(/(?<!\d)\d{8}9[89]\d\d(?!\d)|Öster|Storgatan/);
});
