import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { defaultTimeBounds, windowAt } from '../../src/messaging/contracts/time-bounds.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { tookNoExpectedDischarge } from '../../src/cases/facts/times-without-sense.js';
import { extensions } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { operationDefinitions, type OperationName } from '../support/operations.js';
import type { Operation } from '../../src/cases/operations/operation.js';
import { as, carePlan, opened, parameters, published, staff } from '../support/svu.js';
import type { StayState } from '../../src/process/stay/stay.js';
import type { Who } from '../support/svu.js';

/** Every door by which a time of a case comes in, with times that make no sense. */

let hub: TestHub;
let id: string;
let draft: string;
beforeAll(async () => {
  hub = await startHub();
  id = await published(hub, '193406129829');
  draft = await opened(hub, '194711199846');
}, 60_000);
afterAll(() => hub.stop());

const { first, last } = windowAt(defaultTimeBounds, new Date());
const senseless = ['1900-01-01', '0001-01-01', '9999-12-31', '2099-01-01'] as const;
const asMoment = (day: string): string => `${day}T12:00:00Z`;
/** What a refusal says: where, by which code, and what is taken. */
const toldBy = (text: string): readonly (readonly [string | undefined, string, boolean])[] =>
  (JSON.parse(text) as OperationOutcome).issue.map(({ expression, details, diagnostics }) => [
    expression?.[0],
    details?.coding?.at(-1)?.code ?? '',
    [first, last].every((bound) => `${details?.text} ${diagnostics}`.includes(bound)),
  ]);

describe.each(senseless)('%s', (day) => {
  it.each([
    ['CarePlan.period.start', { start: asMoment(day) }],
    ['CarePlan.period.end', { end: day }],
  ])('is not taken as %s', async (where, period) => {
    const plan = carePlan('194102039817');
    const sent = { ...plan, period: { ...plan.period, ...period } };
    const answer = await (await as(hub, 'nurse')).post('CarePlan', sent);
    expect([answer.status, toldBy(answer.text)]).toEqual([422, [[where, 'time-out-of-bounds', true]]]);
  });

  it('is not taken as the time at which needs were assessed', async () => {
    const sent = {
      ...carePlan('194102039817'),
      extension: [{ url: extensions.needsAssessed, valueDateTime: asMoment(day) }],
    };
    const answer = await (await as(hub, 'nurse')).post('CarePlan', sent);
    expect([answer.status, toldBy(answer.text)]).toEqual([
      422,
      [['CarePlan.extension[0].value', 'time-out-of-bounds', true]],
    ]);
  });

  const rows: Readonly<Record<OperationName, Operation>> = operationDefinitions;
  const timed = (Object.keys(rows) as OperationName[]).flatMap((name) =>
    rows[name].parameters
      .filter(({ type }) => type === 'date' || type === 'dateTime')
      .map((parameter) => [name, parameter.name, parameter.type] as const),
  );
  it.each(timed)('is not taken by $%s as %s', async (name, parameter, type) => {
    const value = type === 'date' ? { valueDate: day } : { valueDateTime: asMoment(day) };
    const who: Who = rows[name].side === 'municipality' ? 'municipality' : 'nurse';
    const on = name === 'record-needs-assessment' ? draft : id;
    const answer = await (
      await as(hub, who)
    ).post(`CarePlan/${on}/$${name}`, parameters({ name: parameter, ...value }));
    expect(answer.status).toBe(422);
    expect(toldBy(answer.text)).toContainEqual(['Parameters.parameter[0].value', 'time-out-of-bounds', true]);
  });

  it.each(['occurredAt', 'admittedAt', 'dischargedAt'] as const)(
    'told by a journal as %s is held, with its field, and the stay is not known',
    async (field) => {
      const visit = `${field}-${day}`;
      const fact: StayFact = {
        kind: 'admitted',
        person: { type: 'personnummer', value: '195209179851' },
        visit,
        ward: staff.nurse.unit,
        occurredAt: new Date().toISOString(),
        sender: 'SENSE',
        messageId: visit,
        [field]: new Date(asMoment(day)).toISOString(),
      };
      const { outcome, cause } = await hub.tell(factTopics.stay, fact);
      expect([outcome ?? undefined, cause]).toEqual([
        undefined,
        `time out of bounds: ${field}, taken from ${first} to ${last}`,
      ]);
      const found = await (await as(hub, 'nurse')).get('Encounter');
      expect(found.text).not.toContain(stayIdOf('SENSE', visit));
    },
  );

  it('told by a journal as expected discharge is left out, which the outcome says; the ward learns of the stay', async () => {
    const visit = `expected-${day}`;
    const expectedDischarge = new Date(asMoment(day)).toISOString();
    const { outcome, cause } = await tellStay(visit, 'admitted', 0, { expectedDischarge });
    expect([outcome, cause ?? undefined]).toEqual(['stay-recorded, expected discharge not taken', undefined]);
    expect(tookNoExpectedDischarge(outcome ?? '')).toBe(true);
    expect((await (await as(hub, 'nurse')).get('Encounter')).text).toContain(stayIdOf('SENSE', visit));
    expect(await stateOf(visit)).not.toHaveProperty('expectedDischarge');
  });

  it.each(['transferred', 'changed', 'discharge-cancelled'] as const)(
    '%s with such an expected discharge is taken, and the one told before stays',
    async (kind) => {
      const visit = `${kind}-${day}`;
      const expectedDischarge = new Date(asMoment(day)).toISOString();
      await tellStay(visit, 'admitted', 0, { expectedDischarge: soon });
      if (kind === 'discharge-cancelled') await tellStay(visit, 'discharged', 1);
      const { outcome } = await tellStay(visit, kind, 2, { expectedDischarge });
      expect(tookNoExpectedDischarge(outcome ?? '')).toBe(true);
      expect(await stateOf(visit)).toMatchObject({
        status: 'in-progress',
        expectedDischarge: soon.slice(0, 10),
      });
    },
  );

  it('PAT-4: the ward is told of the stay of somebody unknown too', async () => {
    const expectedDischarge = new Date(asMoment(day)).toISOString();
    const person = { type: 'reserve', value: 'R1234567' } as const;
    const { outcome } = await tellStay(`reserve-${day}`, 'admitted', 0, { person, expectedDischarge });
    expect(outcome).toBe('ward-told');
  });

  it.each(['discharged', 'discharge-cancelled', 'admission-cancelled'] as const)(
    'SVU-21: %s is taken whatever it says of the admission, of which nothing is read',
    async (kind) => {
      const visit = `admission-of-${kind}-${day}`;
      await tellStay(visit, 'admitted', 0);
      if (kind === 'discharge-cancelled') await tellStay(visit, 'discharged', 1);
      const before = await stateOf(visit);
      const { outcome } = await tellStay(visit, kind, 2, {
        admittedAt: new Date(asMoment(day)).toISOString(),
      });
      expect(outcome).toBe('stay-recorded');
      const after = await stateOf(visit);
      expect([after?.admittedAt, after?.status]).toEqual([before?.admittedAt, statusAfter[kind]]);
    },
  );
});

it.each(['occurredAt', 'admittedAt', 'dischargedAt', 'expectedDischarge'] as const)(
  'PAT-5: of a protected person a senseless %s keeps nothing either, and the ward is told',
  async (field) => {
    const fact: StayFact = {
      kind: 'admitted',
      person: { type: 'personnummer', value: '196603259802' },
      visit: `protected-${field}`,
      ward: staff.nurse.unit,
      occurredAt: new Date().toISOString(),
      sender: 'SENSE',
      messageId: `protected-${field}`,
      [field]: '2099-01-01T12:00:00.000Z',
    };
    const told = await hub.tell(factTopics.stay, fact);
    expect(told).toMatchObject({ state: 'done', outcome: 'ward-told', kept: false });
  },
);

const soon = `${new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)}T12:00:00.000Z`;
const statusAfter = {
  discharged: 'finished',
  'discharge-cancelled': 'in-progress',
  'admission-cancelled': 'cancelled',
} as const;

/** Tells of a stay, so many minutes after the first fact of it. */
async function tellStay(
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
  more: Partial<StayFact> = {},
): ReturnType<TestHub['tell']> {
  return hub.tell(factTopics.stay, {
    kind,
    person: { type: 'personnummer', value: '195209179851' },
    visit,
    ward: staff.nurse.unit,
    occurredAt: new Date(Date.now() - 3_600_000 + minutes * 60_000).toISOString(),
    sender: 'SENSE',
    messageId: `${visit}-${kind}`,
    ...more,
  });
}

async function stateOf(visit: string) {
  const { rows } = await hub.store.database.query<{ state: StayState }>(
    `select state from stream where id = $1 and type = 'stay'`,
    [stayIdOf('SENSE', visit)],
  );
  return rows[0]?.state;
}

describe('before the birth', () => {
  it('PAT-1: no case begins', async () => {
    const plan = carePlan('201701019802');
    for (const start of ['2010-01-01T12:00:00Z', '2016-12-25T12:00:00Z']) {
      const sent = { ...plan, period: { ...plan.period, start } };
      const answer = await (await as(hub, 'nurse')).post('CarePlan', sent);
      expect([answer.status, answer.text.includes('time-before-birth')]).toEqual([422, true]);
    }
  });

  it('no stay of a known person is told', async () => {
    const told = await hub.tell(factTopics.stay, {
      kind: 'admitted',
      person: { type: 'personnummer', value: '201208189983' },
      visit: 'UNBORN',
      ward: staff.nurse.unit,
      admittedAt: '2012-02-01T10:00:00.000Z',
      occurredAt: new Date().toISOString(),
      sender: 'SENSE',
      messageId: 'UNBORN',
    });
    expect(told.cause).toBe('time before the birth: admittedAt');
  });

  it('an expected discharge is left out', async () => {
    const { outcome } = await tellStay('UNBORN-EXPECTED', 'admitted', 0, {
      person: { type: 'personnummer', value: '201208189983' },
      expectedDischarge: '2012-02-01T10:00:00.000Z',
    });
    expect(outcome).toBe('stay-recorded, expected discharge not taken');
  });
});

it('the days at the bounds are taken', async () => {
  const plan = carePlan('194401309887');
  const sent = { ...plan, period: { start: asMoment(first), end: last } };
  expect((await (await as(hub, 'nurse')).post('CarePlan', sent)).status).toBe(201);
});
