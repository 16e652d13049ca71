import { afterAll, beforeAll, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { Agent, request } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import type { AddressInfo } from 'node:net';
import { asShown } from '../../src/fhir/as-shown.js';
import type { FhirResource, OperationOutcome } from 'fhir/r4.js';
import { collect } from '../support/heap.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { opened, published, staff, type Who } from '../support/svu.js';
import { anyRequest, number, type Asked } from './fuzz-requests.js';

/**
 * Requests that nobody would write, made from ones that somebody does: each is answered, by a status that is documented, with an
 * OperationOutcome when it is refused; and the log has grown by what an answer of success says, and by nothing else. Requests
 * that somebody would write are course.test.ts's; together they are more than 10 000.
 */
const runs = 7_500;
const realHttp = 0.2;
const stored = new Set([200, 201]);
const refused = new Set([400, 401, 403, 404, 405, 406, 409, 410, 412, 413, 415, 422, 428]);

let hub: TestHub;
let ids: readonly string[];
let port = 0;
const tokens = new Map<Who, string>();
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  ids = [
    await opened(hub, '194102039817'),
    await published(hub, '194206219919'),
    '11111111-1111-4111-8111-111111111111',
  ];
  for (const who of Object.keys(staff) as Who[])
    tokens.set(who, await hub.user(staff[who].user, staff[who].unit));
  await hub.app.listen(0, '127.0.0.1');
  port = (hub.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(async () => {
  agent.destroy();
  await hub.stop();
});

type Answered = { readonly status: number; readonly headers: object; readonly body: string };

async function inject({ method, path, headers, body }: Asked): Promise<Answered> {
  const answer = await hub.app.inject({
    method,
    url: `/fhir/${path}`,
    headers,
    ...(body && { payload: body }),
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.body };
}

function overHttp({ method, path, headers, body }: Asked): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path: `/fhir/${path}`, headers, agent, timeout: 10_000 },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
        answer.once('error', reject);
      },
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer')));
    sent.once('error', reject).end(body);
  });
}

/** How far the log goes. */
const events = async (): Promise<number> => {
  const { rows } = await hub.store.database.query<{ last: string }>(
    'select coalesce(max(position), 0) as last from event',
  );
  return Number(rows[0]?.last);
};

/** How many requests made the events after this place. */
async function causesSince(position: number): Promise<number> {
  const { rows } = await hub.store.database.query<{ count: number }>(
    `select count(distinct cause ->> 'id')::int as count from event where position > $1`,
    [position],
  );
  return rows[0]?.count ?? 0;
}

/** What was answered is the very version that is kept. */
async function isStored(body: string): Promise<boolean> {
  const answered = JSON.parse(body) as FhirResource;
  const { rows } = await hub.store.database.query<{ content: string }>(
    'select content from resource_version where type = $1 and id = $2 and version = $3',
    [answered.resourceType, answered.id, Number(answered.meta?.versionId)],
  );
  return isDeepStrictEqual(
    rows.map(({ content }) => JSON.parse(asShown(content, hub.cases.directory)) as unknown),
    [answered],
  );
}

/** What is wrong with an answer by itself. */
function faultsOf({ method }: Asked, { status, headers, body }: Answered): readonly unknown[] {
  const repeated = JSON.stringify(headers).includes(number) ? ['a number in the headers'] : [];
  if (succeeded(method, status)) return repeated;
  const unknown = refused.has(status) ? [] : [`the status ${status}`];
  if (method === 'HEAD') return [...repeated, ...unknown];
  const outcome = JSON.parse(body) as OperationOutcome;
  return [
    ...repeated,
    ...unknown,
    ...(outcome.resourceType === 'OperationOutcome' ? [] : ['no OperationOutcome']),
    ...r4Faults(outcome),
    ...(body.includes(number) ? ['a number in the body'] : []),
  ];
}

/** What is wrong with what the log and the store hold after it: a step may be several events of one request, a repeat is none. */
async function faultsInStore(
  { method, path }: Asked,
  { status, body }: Answered,
  [before, now]: readonly [number, number],
): Promise<readonly string[]> {
  const mayWrite = method.startsWith('P') && !path.includes('_search') && succeeded(method, status);
  if (!mayWrite) return now === before ? [] : ['the log has grown'];
  return [
    ...(now > before && (await causesSince(before)) !== 1 ? ['events of more than one request'] : []),
    ...(body === '' || (await isStored(body)) ? [] : ['another answer than what is stored']),
  ];
}

const succeeded = (method: string, status: number): boolean =>
  stored.has(status) || (status === 304 && ['GET', 'HEAD'].includes(method));

const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

it('7 500 requests are each answered rightly, and the log grows by what was answered with success alone', async () => {
  const statuses = new Map<number, number>();
  let steps = 0;
  const started = performance.now();
  let before = await events();
  let place = 0;
  let early = 0;
  await fc.assert(
    fc.asyncProperty(anyRequest(ids, tokens), async (one) => {
      place += 1;
      const answer = await (place % (1 / realHttp) === 0 ? overHttp(one) : inject(one));
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (place === 2000) early = heap();
      const now = await events();
      const faults = [...faultsOf(one, answer), ...(await faultsInStore(one, answer, [before, now]))];
      expect(faults).toEqual([]);
      if (now > before) steps += 1;
      before = now;
    }),
    { numRuns: runs, endOnFailure: true },
  );
  expect(JSON.stringify(hub.log())).not.toContain(number);
  const seconds = (performance.now() - started) / 1000;
  const late = heap();
  // The test keeps the request log, some hundred bytes a line.
  expect(late - early).toBeLessThan(40e6);
  process.stderr.write(
    `fhir fuzz: ${place} requests in ${seconds.toFixed(1)} s (${Math.round(place / seconds)} a second), heap ${Math.round(early / 1e6)} to ${Math.round(late / 1e6)} MB, ${JSON.stringify([...statuses].toSorted(([one], [other]) => one - other))}, ${steps} of them steps\n`,
  );
}, 900_000);
