import { createServer } from 'node:net';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { startPopulationRegisterStandIn } from '../../../connectors/population-register/stand-in.js';
import { platformFaults } from '../../../connectors/common/soap/fault.js';
import { number, silent, testNumber } from './support.js';
import {
  coordination,
  dead,
  faultNumber,
  faults,
  hiddenNumber,
  impatient,
  listing,
  listings,
  log,
  person,
  persons,
  protectedNumber,
  register,
  registerFile,
  registerOptions,
  unknown,
} from './registers-setup.js';

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

it('no log line holds a personal number or a name', () => {
  expect(log.lines.length).toBeGreaterThan(10);
  expect(log.lines.join('')).not.toMatch(/(?<!\d)\d{8}9[89]\d\d(?!\d)|Öster|Storgatan/);
});
