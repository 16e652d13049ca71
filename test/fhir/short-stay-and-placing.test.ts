import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication, ParametersParameter } from 'fhir/r4.js';
import { extensions, foreignSystems, identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, carePlan, codesOf, consent, informed, parameters, type Who } from '../support/svu.js';

/** A short stay, a coordinated care plan and who placed the patient, as clients send and read them under the policy of Västerbotten. */
const at = new Date('2026-03-06T10:00:00Z');
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
  hub.time.now = at;
}, 60_000);
afterAll(() => hub.stop());

const doctor = {
  name: 'doctor',
  valueReference: { identifier: { system: identifierSystems.hsa, value: 'SE4999002019-P002' } },
};
const operate = async (who: Who, id: string, name: string, ...of: ParametersParameter[]) =>
  (await as(hub, who)).post(`CarePlan/${id}/$${name}`, parameters(...of));
const done = async (...of: Parameters<typeof operate>) => {
  const answer = await operate(...of);
  expect([of[2], answer.status < 300, codesOf(answer)]).toEqual([of[2], true, []]);
};
async function published(number: string, ...more: ParametersParameter[]): Promise<string> {
  const ward = await as(hub, 'vasterdalWard');
  const { body } = await ward.post('CarePlan', carePlan(number, {}, at));
  const { id } = body as CarePlan & { id: string };
  await ward.post(`CarePlan/${id}/$record-patient-information`, informed);
  await ward.post('Consent', consent(id));
  await done('vasterdalWard', id, 'publish-admission-notice', ...more);
  return id;
}
const planOf = async (who: Who, id: string) =>
  (await (await as(hub, who)).get(`CarePlan/${id}`)).body as CarePlan;
const partOf = ({ extension = [] }: CarePlan, url: string) => extension.find((each) => each.url === url);
const textsOf = async (who: Who, id: string, kind: string) => {
  const { body } = await (await as(hub, who)).get(`Communication?based-on=CarePlan/${id}&category=${kind}`);
  return ((body as Bundle<Communication>).entry ?? []).map(
    ({ resource }) => resource?.payload?.[0]?.contentString ?? '',
  );
};
const leave = (id: string, ...warnings: readonly string[]) =>
  operate(
    'vasterdalWard',
    id,
    'discharge',
    { name: 'dischargedAt', valueDateTime: at.toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    ...['no-contact-calls-to-sip', ...warnings].map((valueCode) => ({ name: 'confirmedWarning', valueCode })),
  );

it('SVU-28 (vasterbotten): the ward is asked to call, until all have acknowledged ready in time', async () => {
  const id = await published('193309019903', { name: 'shortStay', valueBoolean: true });
  expect((await textsOf('healthCentre', id, 'admission-notice'))[0]).toContain(
    'Kort vårdtid 24 timmar, oförändrade behov: ja',
  );
  await done('vasterdalWard', id, 'ready', { name: 'date', valueDate: '2026-03-06' }, doctor);
  const asked = async () =>
    (await (await as(hub, 'vasterdalWard')).todos(id)).filter(
      ({ code }) => code?.coding?.[0]?.code === 'contact-receivers',
    );
  const [todo] = await asked();
  expect(todo === undefined ? 'none' : r4Faults(todo)).toEqual([]);
  const refused = await leave(id);
  expect([refused.status, codesOf(refused)]).toEqual([422, ['SVU-28', 'receivers-not-contacted']]);
  // What the ward has to call about is its own.
  expect((await (await as(hub, 'healthCentre')).get(`Task/${todo?.id}`)).status).toBe(404);
  const uncalled = async () => partOf(await planOf('healthCentre', id), extensions.shortStay)?.extension;
  expect(await uncalled()).toEqual([{ url: 'homeUncalled', valueBoolean: false }]);
  for (const who of ['healthCentre', 'municipality', 'homeNursing'] as const) {
    const receiver = await as(hub, who);
    const [task] = (await receiver.todos(id)).filter(
      ({ code }) => code?.coding?.[0]?.code === 'acknowledge-ready',
    );
    const { status } = await receiver.put(`Task/${task?.id}`, { ...task, status: 'completed' });
    expect([who, status]).toEqual([who, 200]);
  }
  expect(await asked()).toEqual([]);
  const plan = await planOf('healthCentre', id);
  expect(r4Faults(plan)).toEqual([]);
  expect(await uncalled()).toEqual([{ url: 'homeUncalled', valueBoolean: true }]);
  const left = await leave(id);
  expect([left.status, codesOf(left)]).toEqual([200, []]);
});

it('SVU-31: a coordinated care plan is recorded, shown and takes the place of the SIP; a decision under LPT 7 a § is the ready notice', async () => {
  const id = await published('192908059831');
  const plan = [
    { name: 'date', valueDate: '2026-03-05' },
    doctor,
    { name: 'madeBy', valueCode: 'chief-psychiatrist' },
    { name: 'law', valueCode: 'LPT' },
  ];
  const other = await operate('healthCentre', id, 'record-coordinated-care-plan', ...plan);
  expect([other.status, codesOf(other)]).toEqual([
    403,
    ['SVU-31', 'only-hospital-records-coordinated-care-plan'],
  ]);
  await done('vasterdalWard', id, 'record-coordinated-care-plan', ...plan);
  const decided = { name: 'decisionLpt7a', valueBoolean: true };
  await done('vasterdalWard', id, 'ready', { name: 'date', valueDate: '2026-03-06' }, doctor, decided);
  const shown = await planOf('healthCentre', id);
  expect(r4Faults(shown)).toEqual([]);
  expect(partOf(shown, extensions.coordinatedCarePlan)?.extension).toEqual(
    expect.arrayContaining([{ url: 'date', valueDate: '2026-03-05' }]),
  );
  expect(partOf(shown, extensions.ready)?.extension).toContainEqual({
    url: 'decisionLpt7a',
    valueBoolean: true,
  });
  expect((await textsOf('municipality', id, 'ready'))[0]).toContain('Beslut enligt 7 a § LPT: ja');
  expect((await textsOf('municipality', id, 'coordinated-care-plan'))[0]).toContain(
    'Upprättad av: chefsöverläkaren',
  );
  await done('vasterdalWard', id, 'withdraw-coordinated-care-plan');
  expect(partOf(await planOf('healthCentre', id), extensions.coordinatedCarePlan)).toBeUndefined();
});

it('ADR-9: a municipality states who placed the patient, by its code, and everybody reads it', async () => {
  const id = await published('193406129829');
  const code = (valueCode: string) => ({ name: 'municipality', valueCode });
  const wrong = await operate('municipality', id, 'state-placing-municipality', code('12'));
  expect([wrong.status, codesOf(wrong)]).toEqual([422, ['ADR-9', 'municipality-code-of-four']]);
  const side = await operate('healthCentre', id, 'state-placing-municipality', code('1283'));
  expect([side.status, codesOf(side)]).toEqual([403, ['ADR-9', 'placing-not-of-this-side']]);
  await done('municipality', id, 'state-placing-municipality', code('1283'));
  const plan = await planOf('vasterdalWard', id);
  expect(r4Faults(plan)).toEqual([]);
  expect(partOf(plan, extensions.placingMunicipality)?.valueCoding).toMatchObject({
    system: foreignSystems.municipality,
    code: '1283',
  });
  expect((await textsOf('healthCentre', id, 'placing-municipality'))[0]).toContain('Placerande kommun: 1283');
  await done('municipality', id, 'state-placing-municipality');
  expect(partOf(await planOf('vasterdalWard', id), extensions.placingMunicipality)).toBeUndefined();
});
