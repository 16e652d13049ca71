import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Bundle,
  CapabilityStatement,
  CarePlan,
  CodeSystem,
  Communication,
  Consent,
  Task,
} from 'fhir/r4.js';
import { streamsOf } from '../../src/cases/streams/collect-streams.js';
import { personsToFollow } from '../../src/cases/persons-to-follow.js';
import { rebuild } from '../../src/log/rebuild.js';
import { caseTopic } from '../../src/messaging/contracts/facts.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import {
  codeSystems,
  caseProfiles,
  extensions,
  messageProfile,
  outsideMessageProfile,
  svuProfiles,
} from '../../src/projection/codes/codes.js';
import { careTeamId } from '../../src/projection/identity.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, opened, parameters, staff } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';
import { category, followUpCodes, followUpWays, wayExtension } from './follow-up/codes.js';
import {
  kinds,
  ljungasa,
  plan,
  startHubWithFollowUps,
  type HubWithFollowUps,
} from './hub-with-follow-ups.js';

/** A kind of case that is in these tests alone, on a hub with the real one beside it: the example of docs/new-case-kind.md. */
let of: HubWithFollowUps;
let hub: TestHub;
beforeAll(async () => {
  of = await startHubWithFollowUps();
  ({ hub } = of);
}, 60_000);
afterAll(() => of.stop());

const open = (number: string) => of.open(number);
const shared = (number: string) => of.shared(number);
const read = (...asked: Parameters<HubWithFollowUps['read']>) => of.read(...asked);

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

  it('is opened by elements and extensions that its own rows name, and by no others', async () => {
    const centre = await as(hub, 'healthCentre');
    const way = (code: string) => ({
      url: wayExtension,
      valueCodeableConcept: { coding: [{ system: followUpWays.system, code }] },
    });
    const number = '194910129974';
    const unknown = await centre.post('CarePlan', plan(number, { extension: [way('letter')] }));
    expect([unknown.status, codesOf(unknown)]).toEqual([422, expect.arrayContaining(['value-not-taken'])]);
    expect(unknown.text).toContain('home-visit, telephone');
    const twice = await centre.post(
      'CarePlan',
      plan(number, { extension: [way('telephone'), way('home-visit')] }),
    );
    expect([twice.status, codesOf(twice)]).toEqual([422, expect.arrayContaining(['extension-not-taken'])]);
    const noted = await centre.post('CarePlan', plan(number, { note: [{ text: 'Ring först' }] }));
    expect([noted.status, noted.text]).toEqual([422, expect.stringContaining('CarePlan.note')]);

    const told = await centre.post('CarePlan', plan(number, { extension: [way('telephone')] }));
    expect([told.status, codesOf(told)]).toEqual([201, []]);
    const { id, extension } = (await centre.get(`CarePlan/${(told.body as CarePlan).id}`)).body as CarePlan;
    expect([id, extension?.[0]?.valueCodeableConcept?.coding?.[0]?.display]).toEqual([
      (told.body as CarePlan).id,
      'Telefon',
    ]);
    // A case of the first kind has no such row.
    const first = await (
      await as(hub, 'nurse')
    ).post('CarePlan', { ...carePlan(number), extension: [way('telephone')] });
    expect([first.status, codesOf(first)]).toEqual([422, expect.arrayContaining(['extension-not-taken'])]);
  });

  it('is opened by whom its kind lets, and once for each person', async () => {
    const number = '193804289860';
    const secretary = await hub
      .http()
      .post('/fhir/CarePlan')
      .set('authorization', await hub.user('SE4999000013-P020', staff.healthCentre.unit))
      .set('content-type', 'application/fhir+json')
      .send(JSON.stringify(plan(number)));
    expect([secretary.status, codesOf(secretary)]).toEqual([
      403,
      expect.arrayContaining(['role-lacks-responsibility']),
    ]);
    await open(number);
    const again = await (await as(hub, 'healthCentre')).post('CarePlan', plan(number));
    expect([again.status, codesOf(again)]).toEqual([409, expect.arrayContaining(['follow-up-open-already'])]);
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
    const todo = (await municipality.todos(id)).find(
      ({ code }) => code?.coding?.[0]?.code === 'acknowledge-follow-up',
    );
    expect((await municipality.put(`Task/${todo?.id}`, { ...todo, status: 'completed' })).status).toBe(200);
    expect(((await municipality.get(`Task/${todo?.id}`)).body as Task).status).toBe('completed');
    const found = (
      await municipality.get(`CarePlan?category=${followUpCodes.system}%7Cfollow-up&status=active`)
    ).body as Bundle;
    expect(found.entry?.map(({ resource }) => resource?.id)).toEqual([id]);

    const finished = await centre.post(`CarePlan/${id}/$finish`, parameters());
    expect([finished.status, (finished.body as CarePlan).status]).toEqual([200, 'completed']);
  });

  it('has kinds of to-do and of notice, answers and rejections of its own, in words of its own', async () => {
    const number = ljungasa[0];
    const id = await open(number);
    const centre = await as(hub, 'healthCentre');
    const early = await centre.post(`CarePlan/${id}/$finish`, parameters());
    expect([early.status, codesOf(early)]).toEqual([422, expect.arrayContaining(['follow-up-not-shared'])]);
    expect(early.text).toContain('Uppföljningen är inte delad än.');
    expect((await centre.post('Consent', consent(id))).status).toBe(201);
    expect((await centre.post(`CarePlan/${id}/$share`, parameters())).status).toBe(200);
    const again = await centre.post(`CarePlan/${id}/$share`, parameters());
    expect([again.status, codesOf(again)]).toEqual([
      422,
      expect.arrayContaining(['follow-up-shared-already']),
    ]);

    const municipality = await as(hub, 'municipality');
    const visit = (await municipality.todos(id)).find(({ description }) => description?.startsWith('Besök'));
    expect(visit?.code).toEqual({
      coding: [
        { system: codeSystems.todo.system, code: 'visit-at-home', display: 'Besök patienten i hemmet' },
      ],
      text: 'Besök patienten i hemmet',
    });
    const answer = (code: string, value: object) => ({
      ...visit,
      status: 'completed',
      output: [{ type: { coding: [{ system: codeSystems.todoOutput.system, code }] }, ...value }],
    });
    const other = await municipality.put(
      `Task/${visit?.id}`,
      answer('handled-on', { valueDate: '2026-11-30' }),
    );
    expect([other.status, codesOf(other)]).toEqual([422, expect.arrayContaining(['todo-output-not-asked'])]);
    const done = await municipality.put(
      `Task/${visit?.id}`,
      answer('visited-on', { valueDate: '2026-11-30' }),
    );
    expect([done.status, (done.body as Task).output?.[0]?.type.text]).toEqual([200, 'Besökt den']);

    const notices = (
      await municipality.get(`Communication?based-on=CarePlan/${id}&category=follow-up-shared`)
    ).body as Bundle<Communication>;
    expect(notices.entry?.[0]?.resource?.payload?.[0]?.contentString).toMatch(
      /^Uppföljning delad\nTill och med: [\d-]+\nSyfte: Sårvård efter hemgång$/,
    );
    const codesIn = async (system: string): Promise<readonly string[]> => {
      const { body } = await hub.http().get(`/fhir/CodeSystem/${system}`);
      return ((body as CodeSystem).concept ?? []).map(({ code }) => code);
    };
    expect(await codesIn('todo')).toEqual(
      expect.arrayContaining(['visit-at-home', 'publish-admission-notice']),
    );
    expect(await codesIn('todo-output')).toEqual(expect.arrayContaining(['visited-on', 'handled-on']));
    expect(await codesIn('notice')).toEqual(expect.arrayContaining(['follow-up-shared', 'admission-notice']));
    expect(await codesIn('refusal')).toEqual(
      expect.arrayContaining(['follow-up-not-shared', 'svu-already-open']),
    );
    expect((await centre.post(`CarePlan/${id}/$finish`, parameters())).status).toBe(200);
  });

  it('CON-12: its decisions are shown as those of every case', async () => {
    const id = await shared(ljungasa[0]);
    const { body } = await (await as(hub, 'municipality')).get(`Consent?data=CarePlan/${id}`);
    const [decision] = ((body as Bundle<Consent>).entry ?? []).map(({ resource }) => resource);
    expect(decision?.meta?.profile).toEqual([caseProfiles.Consent]);
    expect(decision?.policyRule?.coding?.[0]).toMatchObject({ code: 'skane', version: expect.any(String) });
    expect(decision?.extension?.map(({ url }) => url)).toEqual(
      expect.arrayContaining([extensions.registeredBy, extensions.decisionForm, extensions.decisionGivenBy]),
    );
    const centre = await as(hub, 'healthCentre');
    expect((await centre.post(`CarePlan/${id}/$finish`, parameters())).status).toBe(200);
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

  it('CON-12: nothing that it shows claims to be of another kind, and the statement names what every case has and what each kind adds', async () => {
    const id = await shared(ljungasa[0]);
    const centre = await as(hub, 'healthCentre');
    const { body } = await centre.get(`CarePlan/${id}`);
    expect((body as CarePlan).meta?.profile).toBeUndefined();
    for (const [type, parameter] of [
      ['CareTeam', '_id'],
      ['Communication', 'based-on'],
      ['Consent', 'data'],
    ] as const) {
      const value = type === 'CareTeam' ? careTeamId(id) : `CarePlan/${id}`;
      const found = (await centre.get(`${type}?${parameter}=${value}`)).body as Bundle;
      const claimed = found.entry?.map(({ resource }) => resource?.meta?.profile) ?? [];
      expect([type, new Set(claimed.flat())]).toEqual([type, new Set([caseProfiles[type]])]);
    }
    expect((await centre.post(`CarePlan/${id}/$finish`, parameters())).status).toBe(200);
    const statement = (await hub.http().get('/fhir/metadata')).body as CapabilityStatement;
    const resources = statement.rest?.[0]?.resource ?? [];
    const profilesOf = (type: string) => {
      const { profile, supportedProfile } = resources.find((each) => each.type === type) ?? {};
      return { profile, supportedProfile };
    };
    // What units write to each other is no notice (MSG-1).
    expect(profilesOf('Communication')).toEqual({
      profile: undefined,
      supportedProfile: [
        svuProfiles.Communication,
        caseProfiles.Communication,
        messageProfile,
        outsideMessageProfile,
      ],
    });
    for (const type of ['CareTeam', 'Consent'] as const)
      expect(profilesOf(type)).toEqual({
        profile: caseProfiles[type],
        supportedProfile: [svuProfiles[type]],
      });
    expect(profilesOf('CarePlan')).toEqual({ profile: undefined, supportedProfile: [svuProfiles.CarePlan] });
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
    const id = await shared(value);
    const tell = (protectedPerson: boolean) => of.protect(value, protectedPerson);
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
    const told = () => of.received.filter(({ data }) => data.caseId === id);
    await waitFor('the case to be told', () =>
      Promise.resolve(told().some(({ data }) => data.event === 'FollowUpShared')),
    );
    for (const event of told()) expect(validateEvent(caseTopic, event).faults).toBeUndefined();
    expect(new Set(told().map(({ data }) => data.kind))).toEqual(new Set(['follow-up']));
    expect(told().at(-1)?.data.units).toEqual(
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
