import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { costOf } from '../support/cost.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf } from '../support/svu.js';

/** What a request costs before it is known whose it is and whether it is worth anything: by its bytes, and little for each. */

const number = '193406129829';
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
  await hub.app.listen(0, '127.0.0.1');
});
afterAll(() => hub.stop());

const bytes = 95_000;
const filled = (part: string) =>
  Array(Math.floor(bytes / (part.length + 1)))
    .fill(part)
    .join(',');

describe('a body within the limit of bytes', () => {
  it.each([
    ['a list of what are no objects', `{"extension":[${filled('1')}]`],
    ['a list of lists', `{"extension":[${filled('[]')}]`],
    ['many elements of unknown names', `{${filled('"a":1')}`],
    [
      'many elements in many lists',
      `{"extension":[${filled(`{"extension":[${Array(400).fill('1').join(',')}]}`)}]`,
    ],
    ['lists in lists', `{"extension":[${`{"extension":[`.repeat(20)}${filled('1')}${']}'.repeat(20)}]`],
    ['a long list of texts', `{"instantiatesUri":[${filled('""')}]`],
  ])('made of %s is refused in less than 50 ms', async (_what, start) => {
    const body = `${start},${JSON.stringify(carePlan(number)).slice(1)}`;
    expect(body.length).toBeLessThan(100_000);
    const nurse = await as(hub, 'nurse');
    const answer = await nurse.post('CarePlan', body);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['too-much-in-body']]);
    expect(await costOf(() => nurse.post('CarePlan', body))).toBeLessThan(50);
  });

  it('with as much wrong as it may hold is refused in less than 50 ms, by its first faults', async () => {
    const extension = Array.from({ length: 9 }, () => ({ url: 'a', extension: Array(480).fill(1) }));
    const nurse = await as(hub, 'nurse');
    const body = { ...carePlan(number), extension };
    const answer = await nurse.post('CarePlan', body);
    // The first twenty, and that there are more.
    expect([answer.status, codesOf(answer).length]).toEqual([400, 21]);
    expect(await costOf(() => nurse.post('CarePlan', body))).toBeLessThan(50);
  });

  it('a form of more parameters than any search has is refused', async () => {
    const answer = await (
      await as(hub, 'nurse')
    ).post('Task/_search', 'a=b&'.repeat(20_000), {
      type: 'application/x-www-form-urlencoded',
    });
    expect([answer.status, codesOf(answer)]).toEqual([400, ['too-much-in-body']]);
  });
});

describe('a body of nobody', () => {
  const token = 'Authorization: Bearer a.b.c\r\n';
  /** Sends what is no whole request and waits for what is answered to it. */
  const answerTo = (head: string, part: string) =>
    new Promise<{ text: string; closed: boolean }>((resolve, reject) => {
      const socket = connect((hub.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
      let text = '';
      const late = setTimeout(() => socket.destroy(new Error('no answer')), 10_000);
      const done = (closed: boolean) => {
        clearTimeout(late);
        socket.destroy();
        resolve({ text, closed });
      };
      socket.on('data', (chunk) => {
        text += chunk.toString();
        if (text.includes('\r\n\r\n') && !/connection: close/i.test(text)) done(false);
      });
      socket.on('end', () => done(true));
      socket.on('error', reject);
      socket.write(`${head}\r\n\r\n${part}`);
    });
  const head = (path: string, headers: string) =>
    `POST /fhir/${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/fhir+json\r\n${headers}`;

  it.each([
    ['a create', 'CarePlan'],
    ['a search', 'Task/_search'],
    ['an operation', 'CarePlan/11111111-1111-4111-8111-111111111111/$publish'],
    ['what is no address', 'Nothing/at/all'],
  ])('ORG-1: %s is answered before the body has come', async (_what, path) => {
    for (const who of ['', token]) {
      const { text } = await answerTo(head(path, `${who}Content-Length: 90000`), '{"a":');
      expect(text).toMatch(/^HTTP\/1\.1 401 /);
    }
  });

  it.each([
    ['larger than any may be', 'Content-Length: 90000000'],
    ['of unknown length', 'Transfer-Encoding: chunked'],
  ])('ORG-1: one %s is read no further, the connection ends', async (_what, length) => {
    const { text, closed } = await answerTo(head('CarePlan', length), '5\r\n{"a":\r\n');
    expect(text).toMatch(/^HTTP\/1\.1 401 /);
    expect(closed).toBe(true);
  });

  it('ORG-1: is refused for who sends it, not for what is in it', async () => {
    const send = (path: string) =>
      hub.http().post(path).set('content-type', 'application/fhir+json').send('{"a"');
    expect((await send('/fhir/CarePlan')).status).toBe(401);
    expect((await send('/fhir/Nothing')).status).toBe(401);
  });
});
