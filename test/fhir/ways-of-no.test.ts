import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { codeSystems, coding, identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { messageTo } from '../support/messages.js';
import { as, codesOf, consent, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/** ORG-12: every way in which a receiver may try to say no, each refused by that rule or by the rule of what it tries. */

let hub: TestHub;
let id: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

type Receiver = Extract<Who, 'healthCentre' | 'municipality' | 'homeNursing'>;

const receivers: readonly Receiver[] = ['healthCentre', 'municipality', 'homeNursing'];
const unit = (who: Who) => ({
  name: 'unit',
  valueReference: { identifier: { system: identifierSystems.hsa, value: staff[who].unit } },
});
const confirmed = { name: 'confirmed', valueBoolean: true };
const reason = { name: 'reason', valueString: 'Vi tar inte emot' };

const change = async (who: Who, changes: Partial<Task>): Promise<Response> => {
  const own = await as(hub, who);
  const [todo] = await own.todos(id);
  if (todo === undefined) throw new Error(`${who} has nothing to do`);
  const { body } = await own.get(`Task/${todo.id}`);
  return await own.put(`Task/${todo.id}`, { ...(body as Task), ...changes });
};
const operate = async (who: Who, name: string, ...of: Parameters<typeof parameters>) =>
  (await as(hub, who)).post(`CarePlan/${id}/$${name}`, parameters(...of));
const decided = async (): Promise<Consent> => {
  const { body } = await (await as(hub, 'nurse')).get(`Consent?data=CarePlan/${id}&status=active`);
  return (body as Bundle<Consent>).entry?.[0]?.resource as Consent;
};

type Way = readonly [what: string, attempt: (who: Receiver) => Promise<Response>, refused: readonly string[]];

const ways: readonly Way[] = [
  ...(['rejected', 'failed'] as const).map((status): Way => [
    `a to-do that is ${status}`,
    (who) => change(who, { status }),
    ['ORG-12', 'receiver-cannot-reject'],
  ]),
  ...(['cancelled', 'on-hold', 'entered-in-error'] as const).map((status): Way => [
    `a to-do that is ${status}`,
    (who) => change(who, { status }),
    ['ORG-12', 'todo-status-not-allowed'],
  ]),
  [
    'another owner of the to-do',
    (who) => change(who, { owner: { display: 'Avdelningen' } }),
    ['ORG-12', 'todo-change-not-allowed'],
  ],
  [
    'a refusal in the name of the patient',
    async (who) => (await as(hub, who)).post('Consent', consent(id, 'refusal')),
    ['CON-2', 'only-hospital-registers-decision'],
  ],
  [
    'the decision deregistered',
    async (who) => {
      const current = await decided();
      return (await as(hub, who)).put(`Consent/${current.id}`, { ...current, status: 'inactive' });
    },
    ['CON-8', 'only-hospital-deregisters'],
  ],
  [
    'the ward taken out of the case',
    (who) => operate(who, 'remove-participant', unit('nurse'), confirmed, reason),
    ['SVU-42', 'ward-hands-over-itself'],
  ],
  ['the case annulled', (who) => operate(who, 'annul', reason), ['SVU-6', 'only-hospital-annuls']],
  [
    'the case ended',
    (who) =>
      operate(
        who,
        'discharge',
        { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
        { name: 'form', valueCode: 'early-end' },
      ),
    ['SVU-21', 'only-hospital-discharges'],
  ],
  [
    'another day of going home',
    (who) =>
      operate(
        who,
        'change-planned-discharge',
        { name: 'date', valueDate: new Date(Date.now() + 864e5).toISOString().slice(0, 10) },
        reason,
      ),
    ['SVU-9', 'only-hospital-changes-planned-discharge'],
  ],
];

/** What FHIR has words for and the hub no place: whatever is said there, it is no step of a case. */
const untaken: readonly Way[] = [
  [
    'a no in words as the reason of a status',
    (who) => change(who, { statusReason: { text: 'Vi tar inte emot' } }),
    ['value-not-taken'],
  ],
  [
    'a reason that its list has not',
    (who) => change(who, { statusReason: { coding: [coding(codeSystems.delivery, 'shown')] } }),
    ['value-not-taken'],
  ],
  [
    'the case revoked',
    async (who) => {
      const own = await as(hub, who);
      const { body } = await own.get(`CarePlan/${id}`);
      return own.put(`CarePlan/${id}`, { ...(body as CarePlan), status: 'revoked' });
    },
    ['unknown-interaction'],
  ],
];

describe.each(receivers)('ORG-12: no from %s', (who) => {
  it.each(ways)('%s is refused, and names the rule', async (_, attempt, refused) => {
    const answer = await attempt(who);
    expect([answer.status >= 400, codesOf(answer).slice(0, 2)]).toEqual([true, refused]);
  });

  it.each(untaken)('%s has no place', async (_, attempt, refused) => {
    const answer = await attempt(who);
    expect([answer.status >= 400, codesOf(answer)]).toEqual([true, refused]);
  });

  it('leaves the case as it was: the unit takes part, and has its to-do', async () => {
    const own = await as(hub, who);
    expect((await own.todos(id)).map(({ code }) => code?.coding?.[0]?.code)).toContain(
      'acknowledge-admission-notice',
    );
    expect(((await own.get(`CarePlan/${id}`)).body as CarePlan).status).toBe('active');
    expect((await decided()).status).toBe('active');
  });

  it('a receiver acknowledges, writes, forwards, and removes itself', async () => {
    const own = await as(hub, who);
    const added: Who = who === 'healthCentre' ? 'otherHealthCentre' : 'otherMunicipality';
    expect((await change(who, { status: 'completed' })).status).toBe(200);
    const written = await own.post('Communication', messageTo(id, { text: 'Vi har inga insatser här.' }));
    expect([written.status, codesOf(written)]).toEqual([201, []]);
    expect((await operate(who, 'add-participant', unit(added))).status).toBe(200);
    expect((await operate(who, 'remove-participant', unit(who), confirmed, reason)).status).toBe(204);
  });
});
