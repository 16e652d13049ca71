import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, OperationOutcome, Parameters, Task } from 'fhir/r4.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { carePlan, consent, informed, parameters } from '../support/svu.js';

/** SVU-27 and SVU-36 over FHIR, under the policy of Norrbotten: who is asked, who has said it, and what the discharge warns of. */
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const cast: Readonly<Record<'ward' | 'centre' | 'assessor' | 'homeNurse', readonly [string, string]>> = {
  ward: ['SE4999001011-P001', 'SE4999001011-W101'],
  centre: ['SE4999001011-P006', 'SE4999001011-H101'],
  assessor: ['SE4999001029-P001', 'SE4999001029-B101'],
  homeNurse: ['SE4999001029-P004', 'SE4999001029-M101'],
};
type Who = keyof typeof cast;

async function send(who: Who, path: string, body: object) {
  const { status, text } = await hub
    .http()
    .post(`/fhir/${path}`)
    .set('authorization', await hub.user(cast[who][0], cast[who][1]))
    .set('content-type', 'application/fhir+json')
    .send(JSON.stringify(body));
  return { status, text, body: JSON.parse(text) as CarePlan | OperationOutcome };
}

async function read<Read>(who: Who, path: string): Promise<Read> {
  const { text } = await hub
    .http()
    .get(`/fhir/${path}`)
    .set('authorization', await hub.user(cast[who][0], cast[who][1]));
  return JSON.parse(text) as Read;
}

async function taken(who: Who, path: string, body: object): Promise<CarePlan> {
  const answer = await send(who, path, body);
  expect([path, answer.text, answer.status < 300]).toEqual([path, expect.any(String), true]);
  return answer.body as CarePlan;
}

it('SVU-27, SVU-36: units are asked until each has said that it is done, and the discharge names those that have not', async () => {
  const { id = '' } = await taken('ward', 'CarePlan', carePlan('193902169899'));
  await taken('ward', `CarePlan/${id}/$record-patient-information`, informed);
  await taken('ward', 'Consent', consent(id));
  await taken('ward', `CarePlan/${id}/$publish-admission-notice`, parameters());

  const asked = async (who: Who): Promise<readonly Task[]> => {
    const query = `Task?based-on=CarePlan/${id}&code=report-planning-done&status=requested`;
    const { entry = [] } = await read<Bundle<Task>>(who, query);
    return entry.flatMap(({ resource }) => resource ?? []);
  };
  const owners = async () =>
    (await asked('ward')).map(({ owner }) => owner?.identifier?.value ?? '').toSorted();
  const all = [cast.centre[1], cast.assessor[1], cast.homeNurse[1]].toSorted();
  expect(await owners()).toEqual(all);
  expect((await asked('centre')).flatMap((task) => r4Faults(task))).toEqual([]);

  const done = (body: Parameters = parameters()) => [`CarePlan/${id}/$report-planning-done`, body] as const;
  const welcomeFrom = new Date(Date.now() + 2 * 86_400_000).toISOString();
  const welcome = parameters({ name: 'welcomeFrom', valueDateTime: welcomeFrom });
  await taken('centre', ...done());
  await taken('assessor', ...done());
  const last = await send('homeNurse', ...done());
  expect([last.status, last.text]).toEqual([422, expect.stringContaining('welcome-home-missing')]);
  expect(await owners()).toEqual([cast.homeNurse[1]]);

  const leave = parameters(
    { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
  );
  const warned = await send('ward', `CarePlan/${id}/$discharge`, leave);
  expect([warned.status, warned.text]).toEqual([422, expect.stringContaining('units-not-ready')]);
  expect(warned.text).toContain('Hemsjukvården Älvmo.');
  for (const other of ['Hälsocentralen Forsen', 'Biståndsenheten Älvmo'])
    expect(warned.text).not.toContain(other);

  await taken('homeNurse', ...done(welcome));
  expect(await owners()).toEqual([]);
  const notices = await read<Bundle>('ward', `Communication?based-on=CarePlan/${id}&category=planning-done`);
  expect(notices.entry).toHaveLength(3);
  expect(JSON.stringify(notices)).toContain('Välkommen hem från: ');
  await taken('ward', `CarePlan/${id}/$discharge`, leave);
});
