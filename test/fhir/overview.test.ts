import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameters, ParametersParameter, Task } from 'fhir/r4.js';
import { startHub, type TestHub } from '../support/hub.js';
import { messageTo } from '../support/messages.js';
import { r4Faults } from '../support/r4-resources.js';
import {
  as,
  codesOf,
  consent,
  informed,
  opened,
  parameters,
  published,
  staff,
  type Who,
} from '../support/svu.js';

/** A case as each unit sees it at a glance, through the door: VIEW-2, VIEW-3, VIEW-12. */
let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

const part = (of: ParametersParameter | undefined, name: string) =>
  of?.part?.find((each) => each.name === name);
const overview = async (who: Who, of = id) => {
  const answer = await (await as(hub, who)).get(`CarePlan/${of}/$overview`);
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  expect(r4Faults(answer.body as Parameters)).toEqual([]);
  return answer.body as Parameters;
};
const colours = ({ parameter = [] }: Parameters) =>
  Object.fromEntries(
    parameter
      .filter(({ name }) => name === 'step')
      .map((step) => [part(step, 'step')?.valueCoding?.code, part(step, 'colour')?.valueCoding?.code]),
  );
const stepOf = ({ parameter = [] }: Parameters, code: string) =>
  parameter.find((each) => part(each, 'step')?.valueCoding?.code === code);
const acknowledge = async (who: Who) => {
  const unit = await as(hub, who);
  const task = (await unit.todos(id)).find(
    ({ code }) => code?.coding?.[0]?.code?.startsWith('acknowledge-') === true,
  );
  expect((await unit.put(`Task/${task?.id}`, { ...task, status: 'completed' })).status).toBe(200);
  return task as Task;
};

describe('The overview of a case', () => {
  it('VIEW-2: is red for who has to act and yellow for the others, by unit and role', async () => {
    expect(colours(await overview('nurse'))).toEqual({
      'admission-notice': 'yellow',
      statement: 'grey',
      'planned-discharge': 'green',
      ready: 'grey',
      discharge: 'grey',
    });
    expect(colours(await overview('healthCentre'))).toMatchObject({ 'admission-notice': 'red' });
    expect(colours(await overview('municipality'))).toMatchObject({ 'admission-notice': 'red' });
  });

  it('VIEW-3, VIEW-12: what is done is told to all with who and when; it turns green when all have done it', async () => {
    const task = await acknowledge('healthCentre');
    const seen = await overview('nurse');
    expect(colours(seen)).toMatchObject({ 'admission-notice': 'yellow' });
    const step = stepOf(seen, 'admission-notice');
    // That the notice was published is the hospital's own to-do (ACC-2).
    const done = (step?.part ?? []).filter(
      (each) =>
        each.name === 'done' &&
        part(each, 'code')?.valueCodeableConcept?.coding?.[0]?.code === 'acknowledge-admission-notice',
    );
    expect(done.map((each) => part(each, 'unit')?.valueReference?.identifier?.value)).toEqual([
      staff.healthCentre.unit,
    ]);
    expect(part(done[0], 'by')?.valueReference?.display).toEqual(expect.stringContaining(','));
    expect(part(done[0], 'at')?.valueDateTime).toEqual(expect.any(String));
    const waited = step?.part?.filter(({ name }) => name === 'waitsFor') ?? [];
    expect(waited.map((each) => part(each, 'task')?.valueReference?.reference)).not.toContain(
      `Task/${task.id}`,
    );
    for (const who of ['municipality', 'homeNursing'] as const) await acknowledge(who);
    for (const who of ['nurse', 'healthCentre', 'municipality'] as const)
      expect(colours(await overview(who))).toMatchObject({ 'admission-notice': 'green' });
  });

  it('VIEW-3, MSG-2: a message that my unit is to acknowledge stands beside the steps', async () => {
    const sent = await (await as(hub, 'municipality')).post('Communication', messageTo(id));
    expect(sent.status).toBe(201);
    const beside = ((await overview('nurse')).parameter ?? []).filter(({ name }) => name === 'todo');
    const codes = beside.map((each) => part(each, 'code')?.valueCodeableConcept?.coding?.[0]?.code);
    expect(codes).toEqual(['acknowledge-written-message']);
    const mine = ((await overview('municipality')).parameter ?? []).filter(({ name }) => name === 'todo');
    expect(mine).toEqual([]);
  });

  it('ACC-1, ACC-2: is shown to nobody who does not see the case, and who tried is in the trail', async () => {
    const draft = await opened(hub, '194711199846');
    expect(colours(await overview('nurse', draft))).toMatchObject({ 'admission-notice': 'red' });
    for (const [who, of] of [
      ['healthCentre', draft],
      ['otherMunicipality', id],
      ['otherRegion', id],
      ['nurse', 'not-an-id'],
    ] as const) {
      const answer = await (await as(hub, who)).get(`CarePlan/${of}/$overview`);
      expect([who, answer.status, codesOf(answer)]).toEqual([who, 404, ['ACC-1', 'not-found']]);
    }
    const { rows } = await hub.store.database.query<{ outcome: string; n: number }>(
      `select outcome, count(*)::integer as n from audit_record where action = '$overview' group by outcome order by outcome`,
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['refused', 'success']);
  });

  it('CON-5: under a refusal it says nothing of what the refusal hides', async () => {
    const of = await opened(hub, '194102039817');
    const nurse = await as(hub, 'nurse');
    for (const [path, body] of [
      [`CarePlan/${of}/$record-patient-information`, informed],
      ['Consent', consent(of, 'refusal')],
      [`CarePlan/${of}/$publish-admission-notice`, parameters()],
    ] as const)
      expect((await nurse.post(path, body)).status).toBeLessThan(300);
    const text = JSON.stringify(await overview('municipality', of));
    for (const hidden of ['Höftfraktur', 'Medicinavdelningen', staff.nurse.unit])
      expect(text).not.toContain(hidden);
  });

  it('by POST as well, without parameters; any other is refused by name', async () => {
    const nurse = await as(hub, 'nurse');
    const plain = await nurse.post(`CarePlan/${id}/$overview`, parameters());
    expect([plain.status, plain.body]).toEqual([200, await overview('nurse')]);
    const more = await nurse.post(`CarePlan/${id}/$overview`, parameters({ name: 'unit', valueString: 'x' }));
    expect([more.status, codesOf(more)]).toEqual([422, ['unknown-operation-parameter']]);
  });
});
