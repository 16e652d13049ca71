import { expect, it } from '@jest/globals';
import type { Bundle, CarePlan } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, carePlan, informed, opened, staff } from '../support/svu.js';
import {
  background,
  decide,
  hub,
  identifier,
  put,
  readers,
  secret,
  step,
  titles,
  told,
} from './background-setup.js';

async function publishedUnderConsent(number: string): Promise<string> {
  const id = await opened(hub, number);
  await decide(id);
  await step('nurse', `CarePlan/${id}/$record-patient-information`, informed);
  await step('nurse', `CarePlan/${id}/$publish-admission-notice`);
  return id;
}

it('PAT-6: of who becomes protected there is none, whatever lies in the table, though all see that the case is frozen', async () => {
  const number = '192908059831';
  const id = await publishedUnderConsent(number);
  await told(number, 1);
  expect(await readers(id)).toContain('nurse');
  await hub.population.change(number, { protectedPerson: true });
  await (await as(hub, 'otherWard')).post('CarePlan', carePlan(number));
  await put(id);
  const shown = await (await as(hub, 'healthCentre')).get(`CarePlan/${id}`);
  expect([shown.status, (shown.body as CarePlan).status]).toEqual([200, 'on-hold']);
  expect(await readers(id)).toEqual([]);
});

it('PAT-12: of persons who turn out to be one the case of the one who lives on has it, about the one who lives on', async () => {
  const [gone, lives] = ['194401309887', '194206219919'];
  const id = await publishedUnderConsent(gone);
  await told(gone, 1);
  await hub.tell(factTopics.stay, {
    kind: 'admitted',
    person: identifier(lives),
    visit: 'V1',
    ward: staff.nurse.unit,
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    sender: 'MELIOR-TEST',
    messageId: 'V1',
  });
  const before = (await background('nurse', id)).body as Bundle<CarePlan>;
  await hub.population.change(lives, { referred: [gone] });
  await hub.tell(factTopics.identity, {
    person: identifier(lives),
    replaced: [identifier(gone)],
    occurredAt: new Date().toISOString(),
    sender: 'MELIOR-TEST',
    messageId: 'A40',
  });
  const after = (await background('nurse', id)).body as Bundle<CarePlan>;
  const { subject } = (await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan;
  expect(titles(await background('nurse', id))).toEqual([secret]);
  expect(after.entry?.[0]?.resource?.subject).toEqual(subject);
  expect(before.entry?.[0]?.resource?.subject).not.toEqual(subject);
});

it('PAT-13: another person’s number in what a journal wrote is shown to nobody, and kept nowhere; the plan is', async () => {
  const id = await publishedUnderConsent('195209179851');
  const other = '19410203-9817';
  await told('195209179851', 1, {
    plan: other,
    title: `Uppföljning, se ${other}`,
    categories: [{ system: `urn:x:${other}`, code: '194102039817', display: `Rehab ${other}` }],
    author: { name: `Avd ${other}` },
    receivers: [{ name: `${other} Hemsjukvården` }],
  });
  const answer = await background('nurse', id);
  expect(titles(answer)).toEqual(['Uppföljning, se ••••••••-••••']);
  expect(answer.text).not.toMatch(/19410203|194102039817/);
  expect(r4Faults(answer.body as Bundle)).toEqual([]);
  const { rows } = await hub.store.database.query('select content from care_plan_background');
  expect(JSON.stringify(rows)).not.toMatch(/19410203|194102039817/);
});

it('PAT-13: what was kept before numbers were masked is shown without them, and a code without its digits not at all', async () => {
  const id = await publishedUnderConsent('194505099921');
  await told('194505099921', 1, { plan: 'kept-before' });
  const other = '19410203-9817';
  const { rowCount } = await hub.store.database.query(
    `update care_plan_background set content = $1 where plan = 'kept-before'`,
    [
      JSON.stringify({
        status: 'active',
        title: `Uppföljning, se ${other}`,
        categories: [
          { system: 'http://snomed.info/sct', code: '1003755004', display: 'Rehab' },
          { system: 'http://snomed.info/sct', code: '1003755004' },
          { system: 'http://snomed.info/sct', code: '734163000' },
        ],
        author: { name: 'Maken (född 1941-02-03, sista fyra 9817)' },
      }),
    ],
  );
  expect(rowCount).toBe(1);
  const answer = await background('nurse', id);
  const [plan] = ((answer.body as Bundle<CarePlan>).entry ?? []).map(({ resource }) => resource);
  expect(plan).toMatchObject({
    title: 'Uppföljning, se ••••••••-••••',
    category: [{ text: 'Rehab' }, { coding: [{ system: 'http://snomed.info/sct', code: '734163000' }] }],
    author: { display: 'Maken (född ••••-••-••, sista fyra ••••)' },
  });
  expect(r4Faults(answer.body as Bundle)).toEqual([]);
});
