import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import type { TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, codesOf, consent, parameters, published, staff, type Who } from '../support/svu.js';
import { hubUnder } from './messages/messages-setup.js';

/** PAY-9 over FHIR: what payment is counted from, each figure with the notice it was counted from. */
let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await hubUnder('norrbotten');
  id = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

const ask = async (who: Who, of = id) => (await as(hub, who)).get(`CarePlan/${of}/$payment-basis`);
const basisOf = async (who: Who): Promise<readonly ParametersParameter[]> => {
  const answer = await ask(who);
  expect([answer.status, codesOf(answer)]).toEqual([200, []]);
  expect(r4Faults(answer.body as Parameters)).toEqual([]);
  return (answer.body as Parameters).parameter ?? [];
};
const named = (all: readonly ParametersParameter[] | undefined, name: string) =>
  all?.find((each) => each.name === name);
const done = async (who: Who, operation: string, ...of: ParametersParameter[]): Promise<void> => {
  const answer = await (await as(hub, who)).post(`CarePlan/${id}/$${operation}`, parameters(...of));
  expect([answer.status, codesOf(answer)]).toEqual([200, []]);
};

it('PAY-1, PAY-2, PAY-9: day zero and the conditions are shown to all who take part, each with the notice it comes from', async () => {
  expect(named(await basisOf('nurse'), 'dayZero')).toBeUndefined();
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(new Date());
  await done(
    'nurse',
    'ready',
    { name: 'date', valueDate: today },
    {
      name: 'doctor',
      valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.doctor.user } },
    },
  );
  for (const who of ['nurse', 'municipality', 'healthCentre'] as const) {
    const basis = await basisOf(who);
    const zero = named(basis, 'dayZero')?.part;
    const reference = named(zero, 'notice')?.valueReference?.reference ?? '';
    const notice = await (await as(hub, who)).get(reference);
    expect([notice.status, JSON.stringify(notice.body)]).toEqual([200, expect.stringContaining('ready')]);
    const conditions = basis.filter(({ name }) => name === 'condition').map(({ part }) => part);
    expect(
      conditions.map((part) => [
        named(part, 'condition')?.valueCoding?.code,
        named(part, 'met')?.valueBoolean,
      ]),
    ).toEqual([
      ['admission-notice-in-time', true],
      ['ready-sent', true],
      ['contact-named', false],
      ['sip-invitation', undefined],
    ]);
    expect(named(basis, 'liableFrom')).toBeUndefined();
  }
});

it('ACC-1: a unit that takes no part gets what it gets of a case that is not there', async () => {
  const stranger = await ask('otherMunicipality');
  expect([stranger.status, codesOf(stranger)]).toEqual([404, ['ACC-1', 'not-found']]);
});

it('CON-5: under a refusal nothing tells that the patient was ready', async () => {
  expect((await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'))).status).toBe(201);
  const basis = await basisOf('municipality');
  expect(named(basis, 'dayZero')).toBeUndefined();
  expect(named(basis, 'withdrawn')).toBeUndefined();
});
