import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Task } from 'fhir/r4.js';
import { streamsOf } from '../../src/cases/streams/collect-streams.js';
import { DeadlineReporter } from '../../src/cases/jobs/report-deadlines.js';
import type { Session } from '../../src/log/log.js';
import { rebuild } from '../../src/log/rebuild.js';
import type { Actor, Side, Uuid } from '../../src/process/vocabulary.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { taskId } from '../../src/projection/identity.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, parameters, staff, type Who } from '../support/svu.js';
import { field, versionOf, withForms } from '../fhir/forms/forms-setup.js';
import { messageTo } from '../support/messages.js';
import { waitFor } from '../support/wait-for.js';
import { homeForm } from './follow-up/home-form.js';
import { followUpKind } from './follow-up/kind.js';
import { kinds, ljungasa, startHubWithFollowUps, type HubWithFollowUps } from './hub-with-follow-ups.js';

/** A form and a message under a case of a second kind, each in a stream of its own (decision 73). */
let of: HubWithFollowUps;
let hub: TestHub;
beforeAll(async () => {
  of = await startHubWithFollowUps();
  ({ hub } = of);
}, 60_000);
afterAll(() => of.stop());

const by: Actor = { kind: 'system', system: 'test' };
const write = <Result>(work: (session: Session, at: string) => Promise<Result>): Promise<Result> => {
  const at = new Date().toISOString();
  const cause = { kind: 'request', id: 'test' } as const;
  return hub.cases.log.transact({ locks: [], cause, recordedAt: at }, (session) => work(session, at));
};
const personOf = async (caseId: Uuid): Promise<Uuid> =>
  (await write((session) => session.load(followUpKind.stream, caseId))).state?.personId ?? '';

/** A form that a unit is asked to fill in, and a message. */
async function under(
  caseId: Uuid,
  deadline = new Date(Date.now() + 5 * 86_400_000).toISOString(),
  { who, side }: { readonly who: Who; readonly side: Side } = { who: 'municipality', side: 'municipality' },
) {
  const personId = await personOf(caseId);
  const form = randomUUID();
  await write(async (session, at) => {
    const { unit } = staff[who];
    const data = { caseId, personId, unit, side, deadline };
    await session.execute(homeForm, form, { type: 'ask', at, by, data });
  });
  const written = await (await as(hub, 'healthCentre')).post('Communication', messageTo(caseId));
  expect([written.status, codesOf(written)]).toEqual([201, []]);
  return { form, sent: (written.body as { id: Uuid }).id };
}
const fillIn = (form: Uuid, handedIn = true) =>
  write((session, at) =>
    session.execute(homeForm, form, { type: 'fill-in', at, by, data: { answers: 'Två trappor', handedIn } }),
  );

/** What of a form and a message somebody reads, by read and by search alike. */
async function seen(who: Who, caseId: Uuid, { form, sent }: Awaited<ReturnType<typeof under>>) {
  const reader = await as(hub, who);
  const answers = await reader.get(`Communication/${form}`);
  const text = await reader.get(`Communication/${sent}`);
  const found = ((await reader.get(`Communication?based-on=CarePlan/${caseId}&_count=100`)).body as Bundle)
    .entry;
  const ids = (found ?? []).map(({ resource }) => resource?.id);
  expect([who, ids.includes(form), ids.includes(sent)]).toEqual([
    who,
    answers.status === 200,
    text.status === 200,
  ]);
  return [answers.status, text.status];
}

describe('A form and a message under a case of a second kind', () => {
  it('ACC-1, CON-5: are seen by who takes part, and by nobody under a refusal', async () => {
    const caseId = await of.shared(ljungasa[0]);
    const ids = await under(caseId);
    await fillIn(ids.form);
    expect(await seen('municipality', caseId, ids)).toEqual([200, 200]);
    expect(await seen('healthCentre', caseId, ids)).toEqual([200, 200]);
    expect(await seen('otherMunicipality', caseId, ids)).toEqual([404, 404]);
    const lead = await as(hub, 'healthCentre');
    expect((await lead.post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
    expect(await seen('municipality', caseId, ids)).toEqual([404, 404]);
    expect(await seen('healthCentre', caseId, ids)).toEqual([404, 404]);
    expect((await lead.post(`CarePlan/${caseId}/$finish`, parameters())).status).toBe(200);
  });

  it.each([
    ['hospital', 'nurse'],
    ['outpatient', 'healthCentre'],
    ['municipality', 'municipality'],
  ] as const)(
    'ACC-2: a form that is not handed in is a draft of the side that fills it in: %s',
    async (side, who) => {
      const caseId = await of.shared(ljungasa[0]);
      const hospital = parameters({
        name: 'unit',
        valueReference: { identifier: { system: identifierSystems.hsa, value: staff.nurse.unit } },
      });
      const lead = await as(hub, 'healthCentre');
      expect((await lead.post(`CarePlan/${caseId}/$add-participant`, hospital)).status).toBe(200);
      const { form } = await under(caseId, undefined, { who, side });
      await fillIn(form, false);
      const sees = async (each: Who, path = '') =>
        (await (await as(hub, each)).get(`Communication/${form}${path}`)).status === 200;
      const seers = async (path = '') => {
        const found: Who[] = [];
        for (const each of ['nurse', 'healthCentre', 'municipality', 'otherMunicipality'] as const)
          if (await sees(each, path)) found.push(each);
        return found;
      };
      expect(await seers()).toEqual([who]);
      await fillIn(form);
      expect(await seers()).toEqual(['nurse', 'healthCentre', 'municipality']);
      expect(await seers('/_history/2')).toEqual([who]);
      expect((await lead.post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
      expect(await seers()).toEqual([]);
      await fillIn(form, false);
      expect(await seers()).toEqual([who]);
      expect((await lead.post(`CarePlan/${caseId}/$finish`, parameters())).status).toBe(200);
    },
  );

  it('PAT-6: are hidden while the person is protected', async () => {
    const caseId = await of.shared(ljungasa[1]);
    const ids = await under(caseId);
    await fillIn(ids.form);
    await of.protect(ljungasa[1], true);
    expect(await seen('municipality', caseId, ids)).toEqual([404, 404]);
    await of.protect(ljungasa[1], false);
    expect(await seen('municipality', caseId, ids)).toEqual([200, 200]);
  });

  it('are told on the topic as of the case, and rebuilt as they are', async () => {
    const caseId = await of.shared(ljungasa[2]);
    await fillIn((await under(caseId)).form);
    const told = () => of.received.filter(({ data }) => data.caseId === caseId);
    await waitFor('the form to be told', () =>
      Promise.resolve(told().some(({ data }) => data.event === 'HomeFormFilledIn')),
    );
    const events = told().filter(({ data }) => ['HomeFormFilledIn', 'MessageSent'].includes(data.event));
    expect(events.map(({ data }) => [data.kind, data.event])).toEqual(
      expect.arrayContaining([
        ['follow-up', 'HomeFormFilledIn'],
        ['follow-up', 'MessageSent'],
      ]),
    );
    for (const { data } of events) expect(data.units).toContain(staff.municipality.unit);
    const { database } = hub.store;
    const report = await rebuild({ database, registry: streamsOf(kinds), swap: false, resume: false });
    expect(report.differences).toEqual([]);
  });

  it('ORG-4, ORG-5: a unit does the to-dos of either, by the door of every Task, and nobody else does', async () => {
    const caseId = await of.shared(ljungasa[0]);
    const { form, sent } = await under(caseId);
    for (const id of [
      taskId(form, 'fill-in-home-form'),
      taskId(sent, `acknowledge:${staff.municipality.unit}`),
    ]) {
      const [own, other] = [await as(hub, 'municipality'), await as(hub, 'healthCentre')];
      const task = (await own.get(`Task/${id}`)).body as Task;
      const done = { ...task, status: 'completed' };
      const refused = await other.put(`Task/${id}`, done);
      expect([refused.status, codesOf(refused)]).toEqual([403, ['ORG-5', 'todo-of-another-unit']]);
      expect((await own.put(`Task/${id}`, { ...task, note: [{ text: 'Ring' }] })).status).toBe(422);
      expect((await own.put(`Task/${id}`, done)).body).toMatchObject({ status: 'completed' });
      expect((await own.put(`Task/${id}`, done)).status).toBe(200);
    }
    const lead = await as(hub, 'healthCentre');
    expect((await lead.post(`CarePlan/${caseId}/$finish`, parameters())).status).toBe(200);
  });

  it('SVU-14, SVU-32: a form of questions is opened and written by clients through the doors that every kind of case has', async () => {
    const caseId = await of.shared(ljungasa[0]);
    const { opened, saved, said, reads } = withForms(() => hub);
    const form = await opened('municipality', caseId);
    const one = await saved('municipality', form.id, [
      field('mobility-background', 'Går med rollator', versionOf(form)),
    ]);
    await saved('healthCentre', form.id, [field('mobility-background', 'Går ej', versionOf(one))]);
    const told = await said('municipality', form.id, 'mobility-background');
    expect(told.map(([, value]) => value)).toEqual(['Går ej', 'Går med rollator']);
    expect(await reads('otherMunicipality', caseId, form.id)).toBe(false);
    const lead = await as(hub, 'healthCentre');
    expect((await lead.post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
    for (const who of ['municipality', 'healthCentre'] as const)
      expect(await reads(who, caseId, form.id)).toBe(false);
    expect((await lead.post(`CarePlan/${caseId}/$finish`, parameters())).status).toBe(200);
  });

  it('SVU-5: the deadline of a to-do of such a stream is told as due and as overdue, each once', async () => {
    const caseId = await of.shared(ljungasa[0]);
    const deadline = new Date(Date.now() + 30 * 60_000);
    const { form } = await under(caseId, deadline.toISOString());
    const { database } = hub.store;
    const failures: unknown[] = [];
    const reporterAt = (at: Date) =>
      new DeadlineReporter(
        { ...hub.cases, now: () => at },
        { aheadMilliseconds: 60_000, onFailure: (failure) => failures.push(failure) },
      );
    const events = async () =>
      (
        await database.query<{ type: string }>(
          `select type from event where stream_id = $1 and type like 'Todo%' order by stream_version`,
          [form],
        )
      ).rows.map(({ type }) => type);
    const standing = async () => {
      const task = await (await as(hub, 'municipality')).get(`Task/${taskId(form, 'fill-in-home-form')}`);
      return (task.body as { businessStatus?: { coding?: { code?: string }[] } }).businessStatus?.coding?.[1]
        ?.code;
    };
    const now = new Date();
    await Promise.all([reporterAt(now).round(), reporterAt(now).round()]);
    await reporterAt(now).round();
    expect([await events(), await standing()]).toEqual([['TodoDue'], 'due']);
    const later = new Date(deadline.getTime() + 1_000);
    await Promise.all([reporterAt(later).round(), reporterAt(later).round()]);
    await reporterAt(later).round();
    expect([await events(), await standing()]).toEqual([['TodoDue', 'TodoOverdue'], 'overdue']);
    expect(failures).toEqual([]);
  });
});
