import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { AuditEvent, Bundle, CarePlan } from 'fhir/r4.js';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { carePlan, codesOf, informed, staff } from '../support/svu.js';
import { makeIssuer } from '../support/test-issuer.js';

/** Each issuer names its clients by itself: two of the same name are two, wherever a client is a key. Limits: limits.test.ts. */

const name = 'https://other.example';
const { user, unit } = staff.nurse;
const other = await makeIssuer();
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({
    authenticatedBy: (issuer, clock, directory) =>
      new TokenAuthenticator(
        new TokenVerifier(
          [issuer, { ...issuer, issuer: name, keys: other.configuration.keys, algorithms: ['ES256'] }],
          clock,
        ),
        () => directory,
      ),
  });
});
afterAll(async () => {
  await hub.stop();
  await other.remove();
});

const ofOther = (claims: object) => {
  const now = Math.floor(Date.now() / 1000);
  return other.token({ issuer: name, claims, issuedAt: now, expires: now + 600 });
};
const nurses = async () => [
  await hub.user(user, unit),
  await ofOther({ client_id: 'demo-client', employeeHsaId: user, unitHsaId: unit }),
];
const systems = async () => [
  await hub.system(unit),
  await ofOther({ client_id: 'test-system', units: [unit] }),
];

const post = (token: string | undefined, path: string, body: object, key: string) =>
  hub
    .http()
    .post(`/fhir/${path}`)
    .set('authorization', token ?? '')
    .set('content-type', 'application/fhir+json')
    .set('idempotency-key', key)
    .send(JSON.stringify(body));

it('an Idempotency-Key of one is not one of the other', async () => {
  const [one, another] = await nurses();
  const plan = carePlan('194711199846');
  const first = await post(one, 'CarePlan', plan, 'shared');
  expect(first.status).toBe(201);
  expect(codesOf(await post(another, 'CarePlan', plan, 'shared'))).toEqual(['SVU-2', 'svu-already-open']);
  expect((await post(one, 'CarePlan', plan, 'shared')).text).toBe(first.text);
});

it('a repeat of what a version before kept, which knew the client alone, gets the first answer and does nothing again', async () => {
  const [one] = await nurses();
  const plan = carePlan('192908059831');
  const opened = await post(one, 'CarePlan', plan, 'before');
  const { id } = opened.body as CarePlan;
  const step = `CarePlan/${id}/$record-patient-information`;
  const done = await post(one, step, informed, 'before');
  const kept = await hub.store.database.query<{ scope: string }>(
    'select scope from idempotency where resource_id = $1',
    [id],
  );
  for (const { scope } of kept.rows) {
    const [client, ...rest] = JSON.parse(scope) as [string, ...unknown[]];
    const earlier = JSON.stringify([(JSON.parse(client) as unknown[])[1], ...rest]);
    await hub.store.database.query('update idempotency set scope = $2 where scope = $1', [scope, earlier]);
  }
  expect([opened.status, done.status, kept.rows.length]).toEqual([201, 200, 2]);
  const events = async () =>
    (await hub.store.database.query(`select count(*) from event where stream_id = $1`, [id])).rows;
  const before = await events();
  expect((await post(one, 'CarePlan', plan, 'before')).text).toBe(opened.text);
  expect((await post(one, step, informed, 'before')).text).toBe(done.text);
  expect(codesOf(await post(one, 'CarePlan', { ...plan, description: 'Något annat' }, 'before'))).toEqual([
    'key-reused',
  ]);
  expect(await events()).toEqual(before);
});

it('ACC-5: the trail tells the systems of two issuers apart, and shows whose they are', async () => {
  for (const token of await systems())
    expect((await hub.http().get('/fhir/CarePlan').set('authorization', token)).status).toBe(200);
  const { rows } = await hub.store.database.query<{ actor: string }>(
    `select distinct actor from audit_record where detail ->> 'client' = 'test-system' order by actor`,
  );
  expect(rows.map(({ actor }) => actor)).toEqual([
    `${name}|test-system`,
    'urn:hemgang:demo-issuer|test-system',
  ]);
});

it('ACC-5: what a system did that is called like a person is no act of the person', async () => {
  const token = await ofOther({ client_id: user, units: [unit] });
  expect((await hub.http().get('/fhir/CarePlan').set('authorization', token)).status).toBe(200);
  const reviewer = hub.cases.directory.organisation.people
    .flatMap(({ hsaId, assignments }) => assignments.map((each) => ({ hsaId, unit: each.unit })))
    .find(
      (each) =>
        hub.cases.directory.role(hub.cases.directory.actor(each.hsaId, each.unit)?.role ?? '')?.reviewsLog ===
          true && each.unit.startsWith(unit.slice(0, 12)),
    );
  if (reviewer === undefined) throw new Error('nobody reviews the log');
  const answer = await hub
    .http()
    .get(`/fhir/AuditEvent?agent:identifier=urn:oid:1.2.752.29.4.19%7C${user}&_count=100`)
    .set('authorization', await hub.user(reviewer.hsaId, reviewer.unit));
  expect(answer.status).toBe(200);
  const agents = ((answer.body as Bundle).entry ?? []).flatMap(
    ({ resource }) => (resource as AuditEvent).agent[0],
  );
  expect(agents.length).toBeGreaterThan(0);
  expect(agents.every((agent) => agent?.who?.identifier?.value === user && agent.role !== undefined)).toBe(
    true,
  );
});

it('questions about staff are asked on behalf of each', async () => {
  const seek = jest.spyOn(hub.cases.directory, 'seek');
  const person = 'SE4999000013-P998';
  await hub
    .http()
    .get('/fhir/CarePlan')
    .set('authorization', await hub.user(person, unit));
  const token = await ofOther({ client_id: 'demo-client', employeeHsaId: person, unitHsaId: unit });
  await hub.http().get('/fhir/CarePlan').set('authorization', token);
  for (const system of await systems())
    await hub
      .http()
      .get(`/fhir/Practitioner?identifier=urn:oid:1.2.752.29.4.19%7C${person}`)
      .set('authorization', system);
  const askers = seek.mock.calls.filter(([asked]) => asked === person).map(([, asker]) => asker);
  expect(askers).toHaveLength(4);
  expect(new Set(askers).size).toBe(4);
});
