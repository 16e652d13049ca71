import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, codesOf, consent, parameters, published, staff } from '../support/svu.js';

/** A case that has sent as many notices as it may: every step reads and writes all that it has said. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ noticeLimit: 4 });
}, 60_000);
afterAll(() => hub.stop());

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const change = (days: number) =>
  parameters({ name: 'date', valueDate: day(days) }, { name: 'reason', valueString: `Skäl ${days}` });

it('MSG-1: takes no more steps that send one, and takes what sends none, what the journal tells, and its end', async () => {
  const number = '193406129829';
  const told = {
    kind: 'admitted',
    person: { type: 'personnummer', value: number },
    visit: 'FULL',
    ward: staff.nurse.unit,
    occurredAt: new Date(Date.now() - 3 * 3_600_000).toISOString(),
    sender: 'FULL',
    messageId: 'FULL-1',
  } as const;
  await hub.tell(factTopics.stay, told);
  const id = await published(hub, number);
  const nurse = await as(hub, 'nurse');
  const post = (name: string, body: object) => nurse.post(`CarePlan/${id}/$${name}`, body);
  const ready = (days: number) =>
    parameters(
      { name: 'date', valueDate: day(days) },
      {
        name: 'doctor',
        valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.doctor.user } },
      },
    );
  let days = 0;
  let answer = await post('ready', ready(days));
  while (answer.status === 200 && days < 20) answer = await post('ready', ready(++days));
  expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-1', 'case-full']]);
  expect((answer.body as OperationOutcome).issue[0]?.details?.text).toContain('(4)');
  // A step that sends nothing, and a repeat, are taken.
  const contact = parameters(
    {
      name: 'contact',
      valueReference: {
        identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.healthCentre.user },
      },
    },
    { name: 'callsToSip', valueBoolean: true },
  );
  const named = await (await as(hub, 'healthCentre')).post(`CarePlan/${id}/$name-contact`, contact);
  expect(named.status).toBe(200);
  expect((await post('ready', ready(days - 1))).status).toBe(200);
  // CON-8, ADR-10, SVU-9, SVU-12: what must always be possible is.
  const notices = async () => {
    const { rows } = await hub.cases.sql.query<{ sent: number }>(
      "select count(*)::int as sent from stream, jsonb_object_keys(state::jsonb -> 'notices') where id = $1",
      [id],
    );
    return rows[0]?.sent ?? 0;
  };
  const before = await notices();
  const unit = {
    name: 'unit',
    valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.homeNursing.unit } },
  };
  const withdrawn = parameters(
    { name: 'expectedDischarge', valueDate: day(9) },
    { name: 'reason', valueString: 'Feber' },
  );
  const always = [
    ['$withdraw-ready', 'withdraw-ready', withdrawn],
    ['$change-planned-discharge', 'change-planned-discharge', change(10)],
    ['$add-participant', 'add-participant', parameters(unit)],
    [
      '$remove-participant',
      'remove-participant',
      parameters(
        unit,
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    ],
  ] as const;
  for (const [name, path, body] of always) {
    const taken = await post(path, body);
    expect([name, taken.status, codesOf(taken)]).toEqual([name, 200, []]);
  }
  expect((await nurse.post('Consent', consent(id, 'refusal'))).status).toBe(201);
  expect((await nurse.post('Consent', consent(id))).status).toBe(201);
  expect(await notices()).toBeGreaterThan(before);
  // What the journal tells is not refused.
  const moved = await hub.tell(factTopics.stay, {
    ...told,
    kind: 'transferred',
    ward: staff.otherWard.unit,
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    messageId: 'FULL-2',
  });
  expect(moved.outcome).toContain('change-ward');
  const end = parameters(
    { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
    { name: 'form', valueCode: 'early-end' },
  );
  const ended = await (await as(hub, 'otherWard')).post(`CarePlan/${id}/$discharge`, end);
  expect(ended.status).toBe(200);
});

it('MSG-1, SVU-10, SVU-21, SVU-37: one unit that fills a case stops itself, and no other; the discharge is always possible', async () => {
  const id = await published(hub, '194711199846');
  const by = async (who: 'nurse' | 'homeNursing' | 'municipality') => {
    const client = await as(hub, who);
    return (name: string, body: object) => client.post(`CarePlan/${id}/$${name}`, body);
  };
  const [nurse, filling, other] = [await by('nurse'), await by('homeNursing'), await by('municipality')];
  const homecoming = (days: number) =>
    parameters(
      { name: 'homeAt', valueDateTime: `${day(days)}T13:00:00Z` },
      { name: 'met', valueBoolean: true },
    );
  let days = 1;
  let answer = await filling('state-homecoming', homecoming(days));
  while (answer.status === 200 && days < 20) answer = await filling('state-homecoming', homecoming(++days));
  expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-1', 'case-full']]);
  const ready = parameters(
    { name: 'date', valueDate: day(0) },
    {
      name: 'doctor',
      valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.doctor.user } },
    },
  );
  const end = parameters(
    { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
    { name: 'form', valueCode: 'discharge' },
    { name: 'dischargedTo', valueString: 'Ordinärt boende' },
    { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
  );
  for (const [post, name, body] of [
    [other, 'state-homecoming', homecoming(1)],
    [nurse, 'ready', ready],
    [nurse, 'discharge', end],
  ] as const) {
    const taken = await post(name, body);
    expect([name, taken.status, codesOf(taken)]).toEqual([name, 200, []]);
  }
});
