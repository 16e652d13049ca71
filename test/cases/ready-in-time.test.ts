import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Task } from 'fhir/r4.js';
import { DeadlineReporter } from '../../src/cases/jobs/report-deadlines.js';
import { extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, carePlan, consent, informed, parameters, staff } from '../support/svu.js';

/** Ready under the policy of Västerbotten, as hospital and receivers see it: the day it counts from, and who has not acknowledged in time. */
let hub: TestHub;
let reporter: DeadlineReporter;
beforeAll(async () => {
  hub = await startHub();
  reporter = new DeadlineReporter(hub.cases, { aheadMilliseconds: 5_000 });
});
afterAll(() => hub.stop());

const doctor = {
  name: 'doctor',
  valueReference: { identifier: { system: identifierSystems.hsa, value: 'SE4999002019-P002' } },
};

const late = async (caseId: string): Promise<readonly Task[]> => {
  const ward = await as(hub, 'vasterdalWard');
  const { body } = await ward.get(`Task?based-on=CarePlan/${caseId}&business-status=overdue`);
  return ((body as Bundle<Task>).entry ?? [])
    .flatMap(({ resource }) => resource ?? [])
    .filter(({ code }) => code?.coding?.[0]?.code === 'acknowledge-ready');
};

it('SVU-11, SVU-34: ready sent after 12:00 counts from the next day, and who has not acknowledged it by the end of that is shown to unit and hospital', async () => {
  hub.time.now = new Date('2026-03-06T11:00:01Z');
  const ward = await as(hub, 'vasterdalWard');
  const plan = { ...carePlan('193309019903', {}, hub.time.now), description: 'Höftfraktur efter fall' };
  const opened = await ward.post('CarePlan', plan);
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  const { id } = opened.body as CarePlan & { id: string };
  for (const [path, body] of [
    [`CarePlan/${id}/$record-patient-information`, informed],
    ['Consent', consent(id)],
    [`CarePlan/${id}/$publish-admission-notice`, parameters()],
    [`CarePlan/${id}/$ready`, parameters({ name: 'date', valueDate: '2026-03-06' }, doctor)],
  ] as const) {
    const answer = await ward.post(path, body);
    expect([path, answer.status < 300, answer.text]).toEqual([path, true, expect.any(String)]);
  }
  const read = (await ward.get(`CarePlan/${id}`)).body as CarePlan;
  expect(r4Faults(read)).toEqual([]);
  const ready = read.extension?.find(({ url }) => url === extensions.ready)?.extension ?? [];
  expect(ready.find(({ url }) => url === 'countsFrom')?.valueDate).toBe('2026-03-07');

  const centre = await as(hub, 'healthCentre');
  const [todo] = (await centre.todos(id)).filter(
    ({ code }) => code?.coding?.[0]?.code === 'acknowledge-ready',
  );
  expect(todo?.restriction?.period?.end).toBe('2026-03-07T22:59:59.999Z');
  const notice = await centre.get(todo?.focus?.reference ?? '');
  expect(notice.text).toContain('Räknas som inkommen: 2026-03-07');

  hub.time.now = new Date('2026-03-07T22:59:59.999Z');
  await reporter.round();
  expect(await late(id)).toEqual([]);
  hub.time.now = new Date('2026-03-07T23:00:00Z');
  await reporter.round();
  const owners = (await late(id)).map(({ owner }) => owner?.identifier?.value);
  expect(owners).toContain(staff.healthCentre.unit);
  const seen = (await (await as(hub, 'healthCentre')).get(`Task/${todo?.id}`)).body as Task;
  expect(seen.businessStatus?.text).toBe('Levererat, försenad');
});
