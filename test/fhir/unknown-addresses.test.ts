import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';
import { codesOf, opened, staff } from '../support/svu.js';

/** An address that is written with something too much is no address of the hub's, whatever the method. */
let hub: TestHub;
let token: string;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  token = await hub.user(staff.nurse.user, staff.nurse.unit);
  id = await opened(hub, '193406129829');
});
afterAll(() => hub.stop());

const methods = ['get', 'head', 'post', 'put', 'delete', 'patch'] as const;
const send = (method: (typeof methods)[number], path: string) =>
  hub.http()[method](path).set('authorization', token);

describe.each([
  ['CarePlan//'],
  ['CarePlan///'],
  ['/CarePlan'],
  ['//CarePlan'],
  ['/CarePlan/'],
  ['/'],
  ['//'],
  ['CarePlan/[id]//'],
  ['CarePlan//[id]'],
  ['CarePlan//_search'],
  ['CarePlan/_search//'],
  ['CarePlan/[id]//_history'],
  ['CarePlan//_history'],
  ['CarePlan/[id]/_history//'],
  ['CarePlan/[id]/_history//1'],
  ['CarePlan/[id]/_history/1/2'],
  ['CarePlan/[id]//$publish-admission-notice'],
  ['CarePlan//$publish-admission-notice'],
  ['CarePlan/[id]/$publish-admission-notice//'],
  ['CarePlan%2F[id]'],
  ['CarePlan%2f'],
  ['%2FCarePlan'],
  ['CarePlan%2F%2F'],
  ['CarePlan%5C[id]'],
  ['CarePlan.'],
  ['CarePlan..'],
  ['CarePlan%2E'],
  ['CarePlan%20'],
  ['CarePlan;v=1'],
  ['metadata//'],
  ['/metadata'],
  ['metadata.'],
  ['metadata/x'],
  ['careplan'],
  ['CAREPLAN/[id]'],
])('/fhir/%s', (written) => {
  it('is 404 for every method', async () => {
    const answers: unknown[] = [];
    for (const method of methods) {
      const answer = await send(method, `/fhir/${written.replace('[id]', id)}`);
      answers.push([method, answer.status, answer.headers['allow'], answer.body.resourceType]);
    }
    const said = (method: string) => (method === 'head' ? undefined : 'OperationOutcome');
    expect(answers).toEqual(methods.map((method) => [method, 404, undefined, said(method)]));
  });
});

it.each([
  ['CarePlan/[id]%2F'],
  ['CarePlan/[id]%2F_history'],
  ['CarePlan/[id].'],
  ['CarePlan/[id]..'],
  ['CarePlan/[id]%20'],
  ['CarePlan/%2e%2e'],
  ['CarePlan/%2e'],
  ['CarePlan/%2E%2e%2FTask'],
  ['CarePlan/[id]./_history'],
  ['CarePlan/[id]/_history/1.'],
  ['CarePlan/[id]/_history/1%2F'],
])('of an id that nobody has, /fhir/%s, nothing is found', async (written) => {
  const answer = await send('get', `/fhir/${written.replace('[id]', id)}`);
  expect([answer.status, codesOf(answer).at(-1)]).toEqual([404, 'not-found']);
});

it('RFC 3986, 6.2.2: a letter that is escaped for no reason means the letter, and a single slash at the end nothing', async () => {
  for (const path of [
    `/fhir/CarePlan/${id}`,
    `/fhir/CarePlan/${id}/`,
    `/fhir/%43are%50lan/${id}`,
    `/%66hir/CarePlan/${id}`,
    `/fhir/CarePlan/%${id.charCodeAt(0).toString(16)}${id.slice(1)}`,
  ])
    expect([path, (await send('get', path)).status]).toEqual([path, 200]);
  expect((await send('get', '/%66hir/CarePlan?nope=1')).status).toBe(400);
  expect((await send('get', '/%66hir/CarePlan').set('prefer', 'handling=lenient')).status).toBe(400);
});
