import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Parameters, Task } from 'fhir/r4.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { stayFacts } from '../support/stay-facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, parameters, published, staff } from '../support/svu.js';

/**
 * SVU-42: a ward of another organisation that was asked to agree on the planning is asked as long as there is something to agree on.
 */
let hub: TestHub;
const fact = stayFacts('ELSE');
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const [own, next, other, third] = [
  staff.nurse.unit,
  staff.otherWard.unit,
  staff.otherRegion.unit,
  'SE4999002019-W101',
];
const readers = { [other]: 'SE4999001011-P001', [third]: 'SE4999002019-P001' };

async function tell(
  number: string,
  kind: StayFact['kind'],
  minutes: number,
  changes: Partial<StayFact> = {},
): Promise<void> {
  const visit = `ELSE-${number.slice(0, 8)}`;
  const { state, cause } = await hub.tell(
    factTopics.stay,
    fact(number, visit, kind, new Date(Date.now() - 3_600_000 * 3 + minutes * 60_000), changes),
  );
  expect([state, cause]).toEqual(['done', null]);
}

/** The to-do of the other ward about the visit, as its staff read it. */
async function asked(number: string, ward: string = other): Promise<Task | undefined> {
  const answer = await hub
    .http()
    .get(`/fhir/Task?owner:identifier=urn:oid:1.2.752.29.4.19|${ward}&code=agree-on-planning`)
    .set('authorization', await hub.user(readers[ward] ?? '', ward));
  expect(answer.status).toBe(200);
  const all = ((answer.body as Bundle<Task>).entry ?? []).map(({ resource }) => resource as Task);
  return all.find((task) => JSON.stringify(task.input).includes(`ELSE-${number.slice(0, 8)}`));
}
const standing = async (number: string, ward?: string) => {
  const task = await asked(number, ward);
  return [task?.status, task?.statusReason?.coding?.[0]?.code];
};
const open = ['requested', undefined];
const gone = ['cancelled', 'patient-gone'];
const ended = ['cancelled', 'planning-ended'];

const operate = async (id: string, operation: string, ...of: Parameters['parameter'] & object) => {
  const answer = await (await as(hub, 'nurse')).post(`CarePlan/${id}/$${operation}`, parameters(...of));
  expect([operation, answer.status < 300 ? '' : answer.text]).toEqual([operation, '']);
};
const endEarly = (id: string) =>
  operate(
    id,
    'discharge',
    { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
    { name: 'form', valueCode: 'early-end' },
  );
const register = async (value: string, record: object) => {
  const person = { type: 'personnummer', value } as const;
  const told = { identifier: person, protectedPerson: false, ...record };
  const { state } = await hub.tell(factTopics.person, {
    person,
    found: true,
    record: told,
    readAt: new Date().toISOString(),
  });
  expect(state).toBe('done');
};
const unit = (value: string) => ({
  name: 'unit',
  valueReference: { identifier: { system: 'urn:oid:1.2.752.29.4.19', value } },
});

type Way = readonly [
  what: string,
  number: string,
  end: (number: string, id: string) => Promise<void>,
  reason: readonly (string | undefined)[],
  undo?: (number: string, id: string) => Promise<void>,
];
const ways: readonly Way[] = [
  [
    'the patient is moved back',
    '193406129829',
    (number) => tell(number, 'transferred', 60),
    gone,
    (number) => tell(number, 'transferred', 70, { ward: other }),
  ],
  [
    'the patient is moved to another ward of the organisation of the case',
    '194102039817',
    (number) => tell(number, 'transferred', 60, { ward: next }),
    gone,
  ],
  [
    'the patient is moved on to a third organisation',
    '195209179851',
    (number) => tell(number, 'transferred', 60, { ward: third }),
    gone,
    (number) => tell(number, 'transferred', 70, { ward: other }),
  ],
  [
    'the patient is moved to a ward that nobody here knows',
    '193612229876',
    (number) => tell(number, 'transferred', 60, { ward: 'SE4999009999-W1' }),
    gone,
    (number) => tell(number, 'transferred', 70, { ward: other }),
  ],
  [
    'the journal discharges the patient',
    '194505099921',
    (number) => tell(number, 'discharged', 60, { ward: other }),
    gone,
    (number) => tell(number, 'discharge-cancelled', 70, { ward: other }),
  ],
  [
    'the stay never was',
    '194711199846',
    (number) => tell(number, 'admission-cancelled', 60, { ward: other }),
    gone,
    (number) => tell(number, 'admitted', 70, { ward: other }),
  ],
  [
    'the case is discharged',
    '193804289860',
    (_number, id) => endEarly(id),
    ended,
    (_number, id) => operate(id, 'undo-discharge'),
  ],
  [
    'the case is annulled',
    '195007149908',
    (_number, id) => operate(id, 'annul', { name: 'reason', valueString: 'Fel patient' }),
    ended,
  ],
  [
    'the case is handed over',
    '193902169899',
    async (_number, id) => {
      await operate(id, 'add-participant', unit(other));
      await operate(id, 'remove-participant', unit(own), { name: 'confirmed', valueBoolean: true });
    },
    ended,
  ],
  [
    'the patient has died',
    '194206219919',
    (number) => register(number, { deregistration: { reason: 'AV', date: '2026-03-02' } }),
    ended,
  ],
  [
    'the patient is protected',
    '192908059831',
    (number) => register(number, { protectedPerson: true }),
    ended,
    (number) => register(number, {}),
  ],
  [
    'the visit turns out to be another person’s',
    '193309019903',
    (number) => tell('196603259802', 'admitted', 60, { visit: `ELSE-${number.slice(0, 8)}`, ward: other }),
    gone,
  ],
];

describe('A ward of another organisation that was asked to agree on the planning', () => {
  it.each(ways.map(([what, ...way]) => [what, way] as const))(
    'SVU-42: is not asked any more when %s, and is told why',
    async (_what, [number, end, reason, undo]) => {
      await tell(number, 'admitted', 0);
      const id = await published(hub, number);
      await tell(number, 'transferred', 30, { ward: other });
      expect(await standing(number)).toEqual(open);
      await end(number, id);
      expect(await standing(number)).toEqual(reason);
      if (undo === undefined) return;
      await undo(number, id);
      expect(await standing(number)).toEqual(open);
    },
  );

  it('SVU-42: a draft whose stay never was leaves nothing to agree on', async () => {
    const number = '194401309887';
    await tell(number, 'admitted', 0);
    await opened(hub, number);
    await tell(number, 'transferred', 30, { ward: other });
    await tell(number, 'admission-cancelled', 60, { ward: other });
    expect(await standing(number)).toEqual(ended);
  });

  it('SVU-42: what it has done stays done, and a new move there is a new question', async () => {
    const number = '195310089940';
    await tell(number, 'admitted', 0);
    const id = await published(hub, number);
    await tell(number, 'transferred', 30, { ward: other });
    const there = await as(hub, 'otherRegion');
    const task = await asked(number);
    expect((await there.put(`Task/${task?.id}`, { ...task, status: 'completed' })).status).toBe(200);
    await endEarly(id);
    expect(await standing(number)).toEqual(['completed', undefined]);
    await operate(id, 'undo-discharge');
    expect(await standing(number)).toEqual(['completed', undefined]);
    await tell(number, 'transferred', 60);
    await tell(number, 'transferred', 70, { ward: other });
    expect(await standing(number)).toEqual(open);
    await tell(number, 'transferred', 80);
    const closed = await asked(number);
    const late = await there.put(`Task/${closed?.id}`, { ...closed, status: 'completed' });
    expect(late.status).toBe(422);
  });
});
