import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Task } from 'fhir/r4.js';
import { CaseKinds } from '../../src/cases/case-kind.js';
import { streamsOf } from '../../src/cases/every-stream.js';
import { caseKinds } from '../../src/cases/kinds.js';
import { personsToFollow } from '../../src/cases/persons-to-follow.js';
import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer, type Sequencer } from '../../src/log/sequencer.js';
import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { caseTopic, factTopics, type CaseEvent } from '../../src/messaging/contracts/facts.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { testOptions } from '../messaging/connect-transport.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, opened, parameters, staff } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';
import { category, followUpCodes } from './follow-up/codes.js';
import { followUpKind } from './follow-up/kind.js';

/** A kind of case that is in these tests alone, on a hub with the real one beside it: the example of docs/new-case-kind.md. */
const kinds = new CaseKinds(...caseKinds.all, followUpKind);
const received: CloudEvent<CaseEvent>[] = [];
let hub: TestHub;
let sequencer: Sequencer;
let relay: Relay;
let transport: EmbeddedTransport;
beforeAll(async () => {
  hub = await startHub({ kinds });
  const { database } = hub.store;
  transport = new EmbeddedTransport(database, testOptions);
  await transport.ensureTopics([caseTopic]);
  await transport.subscribe({
    group: randomUUID(),
    topics: [caseTopic],
    handle: (batch) => {
      received.push(...batch.map(({ value }) => JSON.parse(value) as CloudEvent<CaseEvent>));
      return Promise.resolve();
    },
  });
  sequencer = startSequencer({ database, pollMs: 20 });
  relay = new Relay({ kinds: kinds.all, database, transport, pollMs: 20 });
});
afterAll(async () => {
  await relay?.stop();
  await sequencer?.stop();
  await transport?.close();
  await hub?.stop();
});

/** Persons of Ljungåsa, whose municipality takes part when a follow-up is shared; the others live elsewhere. */
const ljungasa = ['194711199846', '193406129829', '194102039817'] as const;

const plan = (number: string, changes: Partial<CarePlan> = {}): CarePlan => ({
  resourceType: 'CarePlan',
  status: 'draft',
  intent: 'plan',
  category: [category],
  subject: { identifier: { system: identifierSystems.personnummer, value: number } },
  period: { end: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10) },
  description: 'Sårvård efter hemgång',
  ...changes,
});
async function open(number: string): Promise<string> {
  const answer = await (await as(hub, 'healthCentre')).post('CarePlan', plan(number));
  expect([answer.status, codesOf(answer)]).toEqual([201, []]);
  return (answer.body as CarePlan & { id: string }).id;
}
async function shared(number: string): Promise<string> {
  const id = await open(number);
  const centre = await as(hub, 'healthCentre');
  expect((await centre.post('Consent', consent(id))).status).toBe(201);
  expect((await centre.post(`CarePlan/${id}/$share`, parameters())).status).toBe(200);
  return id;
}
const read = async (who: Parameters<typeof as>[1], id: string) => (await as(hub, who)).get(`CarePlan/${id}`);

describe('A second kind of case', () => {
  it('is opened by its own category, and is another case than the one that the person has of the first kind', async () => {
    const number = '192908059831';
    const svu = await opened(hub, number);
    const id = await open(number);
    const found = (await read('healthCentre', id)).body as CarePlan;
    expect([found.status, found.title, found.description]).toEqual([
      'draft',
      'Uppföljning',
      'Sårvård efter hemgång',
    ]);
    expect((await read('healthCentre', svu)).status).toBe(404);
    expect((await read('nurse', id)).status).toBe(404);
  });

  it('says of which kinds a case may be, and takes no category of two', async () => {
    const centre = await as(hub, 'healthCentre');
    const unknown = await centre.post('CarePlan', plan('193309019903', { category: [{ text: 'något' }] }));
    expect(unknown.status).toBe(422);
    expect(unknown.text).toContain(`${followUpCodes.system}|follow-up`);
    const both = [category, ...(carePlan('').category ?? [])];
    expect((await centre.post('CarePlan', plan('193309019903', { category: both }))).status).toBe(422);
    const startOfStay = {
      start: new Date().toISOString(),
      end: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    };
    const stayed = await centre.post('CarePlan', plan('193309019903', { period: startOfStay }));
    expect(stayed.text).toContain('CarePlan.period.start');
  });

  it('is opened by whom its kind lets, and once for each person', async () => {
    const number = '193804289860';
    const nurse = await (await as(hub, 'nurse')).post('CarePlan', plan(number));
    expect(nurse.status).toBe(403);
    await open(number);
    const again = await (await as(hub, 'healthCentre')).post('CarePlan', plan(number));
    expect(again.status).toBe(409);
  });

  it('is shared by a step, which asks the others for something that they then do', async () => {
    const number = ljungasa[0];
    const id = await open(number);
    const centre = await as(hub, 'healthCentre');
    const early = await centre.post(`CarePlan/${id}/$share`, parameters());
    expect([early.status, codesOf(early)]).toEqual([422, expect.arrayContaining(['decision-missing'])]);
    expect((await read('municipality', id)).status).toBe(404);
    expect((await centre.post('Consent', consent(id))).status).toBe(201);
    expect((await centre.post(`CarePlan/${id}/$share`, parameters())).status).toBe(200);
    const seen = (await read('municipality', id)).body as CarePlan;
    expect([seen.status, seen.description]).toEqual(['active', 'Sårvård efter hemgång']);
    const municipality = await as(hub, 'municipality');
    const [todo] = await municipality.todos(id);
    expect((await municipality.put(`Task/${todo?.id}`, { ...todo, status: 'completed' })).status).toBe(200);
    expect(((await municipality.get(`Task/${todo?.id}`)).body as Task).status).toBe('completed');
    const found = (
      await municipality.get(`CarePlan?category=${followUpCodes.system}%7Cfollow-up&status=active`)
    ).body as Bundle;
    expect(found.entry?.map(({ resource }) => resource?.id)).toEqual([id]);

    const finished = await centre.post(`CarePlan/${id}/$finish`, parameters());
    expect([finished.status, (finished.body as CarePlan).status]).toEqual([200, 'completed']);
  });

  it('has the steps of its own kind alone, and a case of the first kind has none of them', async () => {
    const number = '195209179851';
    const svu = await opened(hub, number);
    const id = await shared(number);
    const centre = await as(hub, 'healthCentre');
    const publish = await centre.post(`CarePlan/${id}/$publish-admission-notice`, parameters());
    expect([publish.status, codesOf(publish)]).toEqual([404, expect.arrayContaining(['unknown-operation'])]);
    const share = await (await as(hub, 'nurse')).post(`CarePlan/${svu}/$share`, parameters());
    expect([share.status, codesOf(share)]).toEqual([404, expect.arrayContaining(['unknown-operation'])]);
    expect((await (await as(hub, 'nurse')).post(`CarePlan/${id}/$share`, parameters())).status).toBe(404);
    const statement = (await hub.http().get('/fhir/metadata')).text;
    expect(statement).toContain('CarePlan-share');
  });

  it('CON-5: a refusal takes its text away from everybody', async () => {
    const id = await shared(ljungasa[1]);
    expect(((await read('municipality', id)).body as CarePlan).description).toBeDefined();
    const centre = await as(hub, 'healthCentre');
    expect((await centre.post('Consent', consent(id, 'refusal'))).status).toBe(201);
    for (const who of ['municipality', 'healthCentre'] as const)
      expect(((await read(who, id)).body as CarePlan).description).toBeUndefined();
    const told = await centre.post(
      `CarePlan/${id}/$finish`,
      parameters({ name: 'result', valueString: 'Läkt' }),
    );
    expect([told.status, codesOf(told)]).toEqual([422, expect.arrayContaining(['refusal-shares-minimum'])]);
  });

  it('PAT-6: is frozen when its person becomes protected, and goes on when she no longer is', async () => {
    const value = ljungasa[2];
    const person = { type: 'personnummer', value } as const;
    const id = await shared(value);
    const tell = async (protectedPerson: boolean) => {
      const record = { identifier: person, protectedPerson };
      await hub.population.change(value, { protectedPerson });
      await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    };
    await tell(true);
    const frozen = (await read('municipality', id)).body as CarePlan;
    expect([frozen.status, frozen.description]).toEqual(['on-hold', undefined]);
    const share = await (await as(hub, 'healthCentre')).post(`CarePlan/${id}/$finish`, parameters());
    expect([share.status, codesOf(share)]).toEqual([422, expect.arrayContaining(['case-frozen'])]);
    await tell(false);
    expect(((await read('municipality', id)).body as CarePlan).status).toBe('active');
  });

  it('PAT-6, PAT-7: its person is read again in the registers', async () => {
    const { database } = hub.store;
    const id = await shared('193612229876');
    const { rows } = await database.query<{ personId: string }>(
      'select person_id as "personId" from stream where id = $1 and open',
      [id],
    );
    const followed = await personsToFollow(database, { limit: 1_000 });
    expect(followed.map(({ personId }) => personId)).toContain(rows[0]?.personId);
  });

  it('is told to followers under its own name, to those who see it', async () => {
    const id = await shared(ljungasa[0]);
    const of = () => received.filter(({ data }) => data.caseId === id);
    await waitFor('the case to be told', () =>
      Promise.resolve(of().some(({ data }) => data.event === 'FollowUpShared')),
    );
    for (const event of of()) expect(validateEvent(caseTopic, event).faults).toBeUndefined();
    expect(new Set(of().map(({ data }) => data.kind))).toEqual(new Set(['follow-up']));
    expect(of().at(-1)?.data.units).toEqual(
      expect.arrayContaining([staff.healthCentre.unit, staff.municipality.unit]),
    );
  });

  it('is rebuilt from the log as it is', async () => {
    const { database } = hub.store;
    const { differences } = await rebuild({
      database,
      registry: streamsOf(kinds),
      swap: false,
      resume: false,
    });
    expect(differences).toEqual([]);
  });
});
