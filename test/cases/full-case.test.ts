import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, codesOf, parameters, published, staff } from '../support/svu.js';

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
  let days = 9;
  let answer = await post('change-planned-discharge', change(days));
  while (answer.status === 200 && days < 20) answer = await post('change-planned-discharge', change(++days));
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
  expect((await post('change-planned-discharge', change(days - 1))).status).toBe(200);
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
