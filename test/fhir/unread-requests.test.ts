import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AddressInfo } from 'node:net';
import type { OperationOutcome } from 'fhir/r4.js';
import type { FacadeLimits } from '../../src/fhir/http/limits.js';
import { startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { answersTo } from '../support/raw-request.js';
import type { RawAnswer } from '../support/raw-request.js';
import { waitFor } from '../support/wait-for.js';

/**
 * What Node or the router refuses by itself, before there is a request to hand on, is answered, counted and written down like everything
 * else: no client meets an answer in another form, and no operator an answer that left no line.
 */

let facade: TestFacade;
/** One facade for all tests of a group. */
const listening = (limits: Partial<FacadeLimits> = {}): void => {
  beforeAll(async () => {
    facade = await startFacade(sampleOrganisation(), {
      replace: ({ settings }) => ({ settings: { ...settings, limits: { ...settings.limits, ...limits } } }),
    });
    await facade.app.listen(0, '127.0.0.1');
  });
  afterAll(() => facade.stop());
};
const port = () => (facade.app.getHttpServer().address() as AddressInfo).port;
const one = async (text: string): Promise<RawAnswer> => {
  const [answer, ...more] = await answersTo(port(), text);
  if (answer === undefined || more.length > 0) throw new Error(`${more.length} answers too many, or none`);
  return answer;
};
/** The type of the resource and the code of its first issue. */
const outcomeOf = ({ body }: RawAnswer): unknown => {
  const { resourceType, issue } = JSON.parse(body === '' ? '{}' : body) as Partial<OperationOutcome>;
  return [resourceType, issue?.[0]?.details?.coding?.at(-1)?.code];
};
const written = () => facade.log().filter(({ msg }) => msg === 'request');

const get = 'GET /fhir/metadata HTTP/1.1\r\n';
const post = 'POST /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n';
const many = (line: string, count: number) => line.repeat(count);

/** What is sent, the status and the code of the answer; `TOKEN` stands for a header with a token. */
const refused: readonly (readonly [string, string, number, string])[] = [
  ['no Host', `${get}\r\n`, 400, 'bad-host'],
  ['no Host, by HEAD', `HEAD /fhir/metadata HTTP/1.1\r\n\r\n`, 400, 'bad-host'],
  ['two Hosts', `${get}Host: x\r\nHost: y\r\n\r\n`, 400, 'bad-host'],
  ['two Hosts that are the same', `${get}Host: x\r\nhost: x\r\n\r\n`, 400, 'bad-host'],
  ['a Host that is none', `${get}Host: a b\r\n\r\n`, 400, 'bad-host'],
  ['an expectation nobody knows', `${get}Host: x\r\nExpect: foo\r\n\r\n`, 417, 'unknown-expectation'],
  ['a coding of transfer', `${post}Transfer-Encoding: gzip\r\n\r\n`, 400, 'bad-framing'],
  [
    'a coding of transfer before chunked',
    `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    400,
    'bad-framing',
  ],
  [
    'a length beside chunked',
    `${post}Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n`,
    400,
    'bad-framing',
  ],
  ['two lengths', `${post}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400, 'bad-framing'],
  ['a length below nothing', `${post}Content-Length: -2\r\n\r\n{}`, 400, 'bad-framing'],
  [
    'a chunk without a size',
    `${post}TOKENTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`,
    400,
    'bad-framing',
  ],
  [
    'a second chunk without a size',
    `${post}TOKENTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\nzz\r\n\r\n`,
    400,
    'bad-framing',
  ],
  [
    'a chunk with an extension without end',
    `${post}TOKENTransfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    400,
    'bad-framing',
  ],
  [
    'a trailer without end',
    `${post}TOKENTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`,
    431,
    'head-too-large',
  ],
  ['a version of HTTP that is none', 'GET /fhir/metadata HTTP/1.2\r\nHost: x\r\n\r\n', 505, 'http-version'],
  ['HTTP/2 in clear', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505, 'http-version'],
  ['HTTP/2.0 in words', 'GET /fhir/metadata HTTP/2.0\r\nHost: x\r\n\r\n', 505, 'http-version'],
  ['HTTP/0.9', 'GET /fhir/metadata\r\n\r\n', 505, 'http-version'],
  ['a method that is none', 'BREW /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n', 501, 'unknown-method'],
  ['a method in small letters', 'get /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n', 501, 'unknown-method'],
  ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'unknown-interaction'],
  ['TRACE', 'TRACE /fhir HTTP/1.1\r\nHost: x\r\n\r\n', 405, 'unknown-interaction'],
  ['everything', 'GET * HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'unknown-path'],
  ['everything, by OPTIONS', 'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'unknown-path'],
  ['another scheme', 'GET ftp://x/fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'unknown-path'],
  ['nothing in absolute form', 'GET http://x/nothing HTTP/1.1\r\nHost: x\r\n\r\n', 404, 'unknown-path'],
  ['nothing by HTTP/1.0', 'GET /nothing HTTP/1.0\r\n\r\n', 404, 'unknown-path'],
  ['a header too large', `${get}Host: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`, 431, 'head-too-large'],
  ['too many headers', `${get}Host: x\r\n${many('A: b\r\n', 4_000)}\r\n`, 431, 'head-too-large'],
  ['an address too long', `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, 'head-too-large'],
  ['a blank in the name of a header', `${get}Host: x\r\nX A: b\r\n\r\n`, 400, 'not-http'],
  ['a NUL in a header', `${get}Host: x\r\nX-A: \0\r\n\r\n`, 400, 'not-http'],
  ['lines without CR', 'GET /fhir/metadata HTTP/1.1\nHost: x\n\n', 400, 'not-http'],
  ['an address that is none', 'GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'bad-url'],
  [
    'an address that is none, below the base',
    'GET /fhir/%zz HTTP/1.1\r\nHost: x\r\n\r\n',
    401,
    'not-authenticated',
  ],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003', 400, 'not-http'],
  ['no HTTP', 'nonsense\r\n\r\n', 400, 'not-http'],
];

const sent = async (text: string) =>
  text.replace('TOKEN', `Authorization: ${await facade.system(sample.ward)}\r\n`);
const counted = async (status: number): Promise<number> => {
  const text = await facade.dependencies.metrics.metrics();
  const counts = text.matchAll(/^hemgang_http_request_duration_seconds_count\{.*status="(\d+)"\} (\d+)$/gm);
  return [...counts].reduce((sum, [, of, count]) => sum + (of === String(status) ? Number(count) : 0), 0);
};

describe('a request that is refused before anybody is asked', () => {
  listening();
  it.each(refused)('for %s is answered, and written down once', async (_what, text, status, code) => {
    const [lines, count] = [written().length, await counted(status)];
    const answer = await one(await sent(text));
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      'content-type': 'application/fhir+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
    });
    // An answer to HEAD says the same without its body.
    expect(answer.headers['allow'] === undefined).toBe(status !== 405);
    const body = text.startsWith('HEAD') ? [undefined, undefined] : ['OperationOutcome', code];
    expect(outcomeOf(answer)).toEqual(body);
    await waitFor('the line', () => written().length > lines);
    expect(written().slice(lines)).toEqual([
      expect.objectContaining({ requestId: answer.headers['x-request-id'], status }),
    ]);
    expect(await counted(status)).toBe(count + 1);
  });
});

describe('a request that is refused before anybody is asked', () => {
  listening({ requestsPerAddress: 3 });
  it.each(refused)('for %s counts in the limit of its address', async (_what, text, status) => {
    const bytes = await sent(text);
    const refusal = await waitFor('a refusal', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => one(bytes)));
      expect(answers.filter((answer) => ![status, 429].includes(answer.status))).toEqual([]);
      return answers.find((answer) => answer.status === 429);
    });
    expect(refusal.headers['retry-after']).toBe('1');
  });
});

describe('a request', () => {
  listening();
  it.each([
    ['in absolute form', 'GET http://other/fhir/metadata HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['by HTTP/1.0 without a Host', 'GET /fhir/metadata HTTP/1.0\r\n\r\n'],
    ['with an empty Host', `${get}Host:\r\nConnection: close\r\n\r\n`],
    ['with a port', `${get}Host: [::1]:8080\r\nConnection: close\r\n\r\n`],
  ])('%s is one like any other', async (_what, text) => {
    expect(await one(text)).toMatchObject({
      status: 200,
      body: expect.stringContaining('CapabilityStatement'),
    });
  });
});

describe('behind a proxy that is trusted', () => {
  listening({ requestsPerAddress: 3, trustedProxies: ['127.0.0.0/8'] });
  let taken = 10;
  it.each([
    ['an address that is none', 'GET /%zz HTTP/1.1\r\nHost: x\r\n'],
    ['an address below the base that is none', 'GET /fhir/%zz HTTP/1.1\r\nHost: x\r\n'],
    [
      'a part of an address that is too long',
      `GET /fhir/CarePlan/${'x'.repeat(300)} HTTP/1.1\r\nHost: x\r\n`,
    ],
    ['two Hosts', `${get}Host: x\r\nHost: y\r\n`],
    ['CONNECT', 'CONNECT other:443 HTTP/1.1\r\nHost: x\r\n'],
  ])('%s counts for whom the proxy names', async (_what, text) => {
    const first = (taken += 2);
    const from = (address: string) =>
      one(`${text}X-Forwarded-For: 192.0.2.9, ${address}\r\nConnection: close\r\n\r\n`);
    await waitFor('a refusal', async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, () => from(`192.0.2.${first}`)));
      return answers.some(({ status }) => status === 429) ? true : undefined;
    });
    expect((await from(`192.0.2.${first + 1}`)).status).not.toBe(429);
  });
});

describe('a request that cannot be read, behind one on the same connection', () => {
  listening();
  it('leaves the answer of the first whole, and is answered after it', async () => {
    const answers = await answersTo(port(), `${get}Host: x\r\n\r\nnonsense\r\n\r\n`);
    expect(answers.map(({ status }) => status)).toEqual([200, 400]);
    expect(JSON.parse(answers[0]?.body ?? '')).toMatchObject({ resourceType: 'CapabilityStatement' });
  });

  it('is no request where the first was the last', async () => {
    const answers = await answersTo(port(), `${get}Host: x\r\nConnection: close\r\n\r\nnonsense\r\n\r\n`);
    expect(answers.map(({ status }) => status)).toEqual([200]);
  });
});
