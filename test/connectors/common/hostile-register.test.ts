import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import type { RunningPersonLookup } from '../../../connectors/population-register/person-lookup.js';
import { personNamespace, responderNamespace } from '../../../connectors/population-register/contract.js';
import { writeEnvelope } from '../../../connectors/common/soap/envelope.js';
import { silent, testNumber } from './support.js';

/** A population register that is broken or hostile: what it says of one person is never taken for another's. */

const one = testNumber('19520612', 980);
const other = testNumber('19610203', 982);
const former = testNumber('19540178', 984);

let server: Server;
let answer: string;
let lookup: RunningPersonLookup;
beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  lookup?.stop();
  lookup = createPersonLookup({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    logicalAddress: '5565594230',
    development: true,
    logger: silent,
    requestsPerSecond: 1000,
  });
});
afterAll(() => lookup.stop());

const identity = (name: string, number: string) =>
  `<p:${name}><p:root>1.2.752.129.2.1.3.1</p:root><p:extension>${number}</p:extension></p:${name}>`;

function record(
  number: string,
  {
    flags = 'false',
    surname = 'Namn',
    referred = '',
    more = '',
  }: { flags?: string; surname?: string; referred?: string; more?: string } = {},
): string {
  const flag = (name: string, value: string) => `<p:${name}>${value}</p:${name}>`;
  const protection = flags
    .split(' ')
    .map((value) => flag('protectedPersonIndicator', value))
    .join('');
  const refers =
    referred === ''
      ? ''
      : `<p:linkedIdentity>${identity('referredPersonalIdentity', referred)}</p:linkedIdentity>`;
  return (
    `<p:personRecord>${identity('personalIdentity', number)}${protection}${flag('testIndicator', 'false')}` +
    `${flag('primaryIdentity', 'true')}<p:name><p:surname>${surname}</p:surname></p:name>${refers}${more}</p:personRecord>`
  );
}

const requested = (asked: string, content: string) =>
  `<r:requestedPersonRecord>${identity('requestedPersonalIdentity', asked)}${content}</r:requestedPersonRecord>`;

const body = (...records: string[]) =>
  writeEnvelope(
    `<r:GetPersonsForProfileResponse xmlns:r="${responderNamespace}" xmlns:p="${personNamespace}">${records.join('')}</r:GetPersonsForProfileResponse>`,
  );

const ask = (...numbers: string[]) =>
  lookup.lookUp(numbers.map((value) => ({ type: 'personnummer' as const, value })));
const failure = (...numbers: string[]) =>
  ask(...numbers).then(
    () => 'answered',
    (error: unknown) => (error as { code?: string }).code,
  );

describe('an answer', () => {
  it('PAT-2: is each person’s own, in whatever order it comes', async () => {
    answer = body(
      requested(other, record(other, { surname: 'Andra' })),
      requested(one, record(one, { surname: 'Första' })),
    );
    const [first, second] = await ask(one, other);
    expect([first?.record?.name?.surname, second?.record?.name?.surname]).toEqual(['Första', 'Andra']);
  });

  it('PAT-2: that holds another person’s record under a number is no answer', async () => {
    answer = body(requested(one, record(other)), requested(other, record(one)));
    expect(await failure(one, other)).toBe('wrong-person');
    expect(await failure(one)).toBe('wrong-person');
  });

  it('PAT-12: under a newer number is taken where it names the one asked for', async () => {
    answer = body(requested(former, record(one, { referred: former })));
    const [fact] = await lookup.lookUp([{ type: 'samordningsnummer', value: former }]);
    expect(fact?.record?.identifier.value).toBe(one);
  });

  it('PAT-5: with two records for one number is no answer, whichever says what', async () => {
    answer = body(requested(one, record(one, { flags: 'true' })), requested(one, record(one)));
    expect(await failure(one)).toBe('two-answers');
    answer = body(requested(one, record(one) + record(one, { flags: 'true' })));
    expect(await failure(one)).toBe('two-answers');
  });

  it.each(['false true', 'true false', 'nej', ''])(
    'PAT-5: that says "%s" of the protection leaves it unknown, and tells no name',
    async (flags) => {
      answer = body(requested(one, record(one, { flags })));
      const [fact] = await ask(one);
      expect(fact?.record?.protectedPerson).toBeUndefined();
      expect(fact?.record?.name).toBeUndefined();
    },
  );

  const guarded = (value: string) => `<p:protectedPopulationRecord>${value}</p:protectedPopulationRecord>`;
  it.each([
    guarded(''),
    '<p:protectedPopulationRecord/>',
    guarded(' '),
    guarded('') + guarded('true'),
    guarded('false') + guarded('true'),
    guarded('ja'),
  ])('PAT-5: that says %s of protected registration leaves it unknown, and tells no name', async (more) => {
    answer = body(requested(one, record(one, { more })));
    const [fact] = await ask(one);
    expect(fact?.record?.protectedPerson).toBeUndefined();
    expect(fact?.record?.name).toBeUndefined();
  });

  const place = (code: string) =>
    `<p:populationRegistrationLocality><p:countyCode>99</p:countyCode><p:municipalityCode>${code}</p:municipalityCode></p:populationRegistrationLocality>`;
  const lives = (city: string) => `<p:residentialAddress><p:city>${city}</p:city></p:residentialAddress>`;
  const saidTwice = {
    name: '<p:name><p:surname>Annan</p:surname></p:name>',
    municipality: place('01') + place('02'),
    'part of a municipality': place('01').replace(
      '</p:countyCode>',
      '</p:countyCode><p:countyCode>98</p:countyCode>',
    ),
    'place of living': `<p:addressInformation>${lives('A')}${lives('B')}</p:addressInformation>`,
    'address information': '<p:addressInformation/><p:addressInformation/>',
    'line of an address': `<p:addressInformation>${lives('A</p:city><p:city>B')}</p:addressInformation>`,
    gender: '<p:gender>1</p:gender><p:gender>2</p:gender>',
    birth: '<p:birth/><p:birth/>',
    deregistration: '<p:deregistration/><p:deregistration/>',
    'reason of deregistration':
      '<p:deregistration><p:deregistrationReasonCode>AV</p:deregistrationReasonCode><p:deregistrationReasonCode>UV</p:deregistrationReasonCode></p:deregistration>',
  };
  it.each(Object.entries(saidTwice))(
    'ADR-1: that says a %s twice says none of them, which is not to be guessed, and all else',
    async (_what, more) => {
      answer = body(requested(one, record(one, { more, surname: 'Första' })));
      const [fact] = await ask(one);
      const { name, municipalityCode, address, gender, birthDate, deregistration } = fact?.record ?? {};
      expect(fact?.record?.protectedPerson).toBe(false);
      expect(more.includes('p:surname') ? name : name?.surname).toBe(
        more.includes('p:surname') ? undefined : 'Första',
      );
      expect([municipalityCode, address?.city, gender, birthDate]).toEqual(Array(4).fill(undefined));
      // Somebody left the register, for whichever reason.
      expect(deregistration).toEqual(more.includes('deregistration') ? { reason: 'unknown' } : undefined);
    },
  );

  it('PAT-5: that says something twice of a protected person says all the same that she is protected', async () => {
    for (const more of Object.values(saidTwice)) {
      answer = body(requested(one, record(one, { flags: 'true', more })));
      expect((await ask(one))[0]?.record).toMatchObject({ protectedPerson: true });
    }
  });

  it('PAT-2: that names two persons in one record is no answer', async () => {
    const [mine, hers] = [identity('personalIdentity', one), identity('personalIdentity', other)];
    answer = body(requested(one, record(one).replace(mine, mine + hers)));
    expect(await failure(one)).toBe('two-answers');
    const asked = identity('requestedPersonalIdentity', one);
    answer = body(
      requested(one, record(one)).replace(asked, asked + identity('requestedPersonalIdentity', other)),
    );
    expect(await failure(one, other)).toBe('two-answers');
  });

  it('that has something beside it in the body, or two bodies, is no SOAP', async () => {
    const whole = body(requested(one, record(one)));
    for (const text of [
      whole.replace('</soap:Body>', '<soap:Fault/></soap:Body>'),
      whole.replace('<soap:Body>', '<soap:Body/><soap:Body>'),
      whole.replace('</soap:Body>', '</soap:Body><soap:Body><soap:Fault/></soap:Body>'),
    ]) {
      answer = text;
      expect(await failure(one)).toBe('not-soap');
    }
  });

  it('about a number nobody asked for changes nothing', async () => {
    answer = body(requested(one, record(one)), requested(other, record(other)));
    expect((await ask(one)).map(({ person }) => person.value)).toEqual([one]);
  });

  it.each([
    ['entities', `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(1000)}"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>`],
    ['an external entity', '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'],
    ['another namespace', body().replaceAll(responderNamespace, 'urn:other')],
    ['depth', `${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}`],
    ['many attributes', `<x ${Array.from({ length: 50_000 }, (_, place) => `a${place}="1"`).join(' ')}/>`],
    ['many elements', `<x>${'<y/>'.repeat(200_000)}</x>`],
    ['nothing', ''],
    ['NUL', '<x>\u0000</x>'],
  ])('made of %s is refused in time', async (_what, text) => {
    answer = text;
    const started = performance.now();
    expect(await failure(one)).not.toBe('answered');
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});
