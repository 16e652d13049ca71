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
  }: { flags?: string; surname?: string; referred?: string } = {},
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
    `${flag('primaryIdentity', 'true')}<p:name><p:surname>${surname}</p:surname></p:name>${refers}</p:personRecord>`
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
