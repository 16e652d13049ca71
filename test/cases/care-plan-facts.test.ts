import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type {
  CarePlanFact,
  PersonIdentifier,
  RegisterRecord,
  StayFact,
} from '../../src/messaging/contracts/facts.js';
import { keepBackgroundPlan, moveBackgroundPlans } from '../../src/persons/background-plans.js';
import { startHub } from '../support/hub.js';
import type { TestHub, ToldFact } from '../support/hub.js';
import { as, carePlan, consent, opened, parameters, published, staff } from '../support/svu.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const sender = 'cosmic';
const occurredAt = '2026-03-01T09:00:00.000Z';

const identifier = (value: string): PersonIdentifier => ({
  type: Number(value.slice(6, 8)) > 60 ? 'samordningsnummer' : 'personnummer',
  value,
});

function fact(number: string, sequence: number, changes: Partial<CarePlanFact> = {}): CarePlanFact {
  const content = changes.gone === true ? {} : ({ status: 'active', title: 'Samordnad vårdplan' } as const);
  const origin = { person: identifier(number), plan: 'cp-1', occurredAt, sequence, sender };
  return { ...origin, messageId: `cp-1#${sequence}`, ...content, ...changes };
}

const tell = (number: string, sequence: number, changes: Partial<CarePlanFact> = {}): Promise<ToldFact> =>
  hub.tell(factTopics.carePlan, fact(number, sequence, changes));

type Kept = { plan: string; sequence: number; gone: boolean; content: { title?: string } | null };

/** What is kept about the person of that number, and about nobody else. */
async function keptOf(number: string): Promise<readonly Kept[]> {
  const hash = hub.cases.registers.hash(identifier(number));
  const personId = (await hub.cases.registers.holders([hash])).get(hash) ?? randomUUID();
  return keptOfPerson(personId);
}

async function keptOfPerson(personId: string): Promise<readonly Kept[]> {
  const { rows } = await hub.store.database.query<Kept>(
    `select plan, sequence::float8 as sequence, gone, content from care_plan_background where person_id = $1 order by plan`,
    [personId],
  );
  return rows;
}

const stay = (number: string, visit: string, kind: StayFact['kind'] = 'admitted', minutes = 0) =>
  hub.tell(factTopics.stay, {
    kind,
    person: identifier(number),
    visit,
    ward: staff.nurse.unit,
    occurredAt: new Date(Date.now() - 36_000_000 + minutes * 60_000).toISOString(),
    sender: 'MELIOR-TEST',
    messageId: `${visit} ${kind}`,
  });

async function step(path: string, body: object): Promise<void> {
  const answer = await (await as(hub, 'nurse')).post(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
}

/** The decision of a case ends. */
async function deregister(id: string): Promise<void> {
  const nurse = await as(hub, 'nurse');
  const [entry] = (await nurse.get(`Consent?data=CarePlan/${id}`)).body.entry as {
    resource: { id: string };
  }[];
  const ended = await nurse.put(`Consent/${entry!.resource.id}`, { ...entry!.resource, status: 'inactive' });
  expect(ended.status).toBe(200);
}

const discharge = (id: string) =>
  step(
    `CarePlan/${id}/$discharge`,
    parameters(
      { name: 'dischargedAt', valueDateTime: new Date().toISOString() },
      { name: 'form', valueCode: 'early-end' },
      { name: 'confirmedWarning', valueCode: 'no-contact-calls-to-sip' },
    ),
  );

describe('a care plan of a journal is kept as background of an open case', () => {
  const number = '193406129829';

  it('as it was told last, without a trace of it in the inbox', async () => {
    await opened(hub, number);
    expect(await tell(number, 1)).toMatchObject({ state: 'done', outcome: 'background-kept', kept: false });
    const period = { start: '2026-02-27', end: '2026-03-05T11:00:00Z' };
    await tell(number, 2, { title: 'Plan', period, receivers: [{ name: 'Hemsjukvården' }] });
    expect(await keptOf(number)).toEqual([
      {
        plan: 'cp-1',
        sequence: 2,
        gone: false,
        content: { status: 'active', title: 'Plan', period, receivers: [{ name: 'Hemsjukvården' }] },
      },
    ]);
  });

  it('told again it changes nothing; what is older, or comes with a later clock, neither', async () => {
    expect((await tell(number, 2)).outcome).toBe('unchanged');
    expect((await tell(number, 1, { occurredAt: '2030-01-01T00:00:00Z' })).outcome).toBe('unchanged');
    expect((await keptOf(number))[0]?.content?.title).toBe('Plan');
  });

  it('gone, it leaves a mark without content, also where the source put its clock back; an older fact brings nothing back', async () => {
    await tell(number, 3, { gone: true, occurredAt: '2020-01-01T00:00:00Z' });
    expect(await keptOf(number)).toEqual([{ plan: 'cp-1', sequence: 3, gone: true, content: null }]);
    expect((await tell(number, 2)).outcome).toBe('unchanged');
    expect(await keptOf(number)).toEqual([{ plan: 'cp-1', sequence: 3, gone: true, content: null }]);
  });

  it('whatever the order and the repeats, and also through a merge, the highest count holds', async () => {
    const told = fc.array(fc.record({ sequence: fc.integer({ min: 0, max: 3 }), merged: fc.boolean() }), {
      minLength: 1,
      maxLength: 8,
    });
    const { database } = hub.store;
    await fc.assert(
      fc.asyncProperty(told, async (facts) => {
        const [person, other] = [randomUUID(), randomUUID()];
        for (const { sequence, merged } of facts)
          await keepBackgroundPlan(
            database,
            merged ? other : person,
            fact(number, sequence, stateOf(sequence)),
          );
        await moveBackgroundPlans(database, other, person);
        const highest = Math.max(...facts.map(({ sequence }) => sequence));
        expect(await keptOfPerson(person)).toMatchObject([{ sequence: highest, gone: highest % 2 === 1 }]);
        expect(await keptOfPerson(other)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

/** What the journal says at each count is one thing. */
const stateOf = (sequence: number) => (sequence % 2 === 1 ? { gone: true as const } : {});

describe('of whom nothing is kept', () => {
  it('PAT-1, PAT-4: a person whom the hub does not know, and a number that is none; no register is asked', async () => {
    const before = hub.population.questions();
    expect(await tell('194711199846', 1)).toMatchObject({ outcome: 'person-not-known', kept: false });
    const person = { type: 'reserve', value: '98240301AA06' } as const;
    expect(await tell('194711199846', 1, { person })).toMatchObject({ outcome: 'no-number', kept: false });
    expect(hub.population.questions()).toBe(before);
    expect(await keptOf('194711199846')).toEqual([]);
  });

  it('a person known from a stay alone; the same fact told again after a case was opened is kept', async () => {
    const number = '194102039817';
    await stay(number, 'V1');
    expect(await tell(number, 7)).toMatchObject({ outcome: 'no-case-for-it', kept: false });
    expect(await keptOf(number)).toEqual([]);
    await opened(hub, number);
    expect((await tell(number, 7)).outcome).toBe('background-kept');
    expect(await keptOf(number)).toMatchObject([{ sequence: 7, content: { title: 'Samordnad vårdplan' } }]);
  });

  it.each([
    ['PAT-6: who is protected', '194505099921', { protectedPerson: true }],
    ['PAT-5: whose protection is unknown', '195007149908', {}],
  ])('%s: what was kept is forgotten at once, and nothing new is kept', async (_name, number, protection) => {
    const read = (record: Partial<RegisterRecord>) =>
      hub.tell(factTopics.person, {
        person: identifier(number),
        found: true,
        record: { identifier: identifier(number), ...record },
        readAt: new Date().toISOString(),
      });
    await published(hub, number);
    await tell(number, 1);
    expect(await keptOf(number)).toHaveLength(1);
    expect((await read(protection)).outcome).toBe('sealed');
    expect(await keptOf(number)).toEqual([]);
    expect(await tell(number, 2)).toMatchObject({ outcome: 'not-kept', kept: false });
    await tell(number, 3, { gone: true });
    expect(await keptOf(number)).toEqual([]);
    expect((await read({ protectedPerson: false })).outcome).toBe('unsealed');
    expect((await tell(number, 2)).outcome).toBe('background-kept');
  });
});

describe('what ends the need of it ends the keeping', () => {
  it('CON-5: a refusal, in a draft and after publication', async () => {
    for (const [number, open] of [
      ['192908059831', opened],
      ['193804289860', published],
    ] as const) {
      const id = await open(hub, number);
      await tell(number, 1);
      expect(await keptOf(number)).toHaveLength(1);
      await step('Consent', consent(id, 'refusal'));
      expect(await keptOf(number)).toEqual([]);
      expect((await tell(number, 2)).outcome).toBe('no-case-for-it');
    }
  });

  it('CON-8: a deregistered decision does not: there may be a new one', async () => {
    const number = '195209179851';
    const id = await published(hub, number);
    await tell(number, 1);
    await deregister(id);
    expect(await keptOf(number)).toHaveLength(1);
    expect((await tell(number, 2)).outcome).toBe('background-kept');
  });

  it('SVU-6: an annulled case, SVU-21: a discharge; SVU-24: an undone discharge takes facts again', async () => {
    const number = '194401309887';
    const first = await opened(hub, number);
    await tell(number, 1);
    await step(`CarePlan/${first}/$annul`, parameters({ name: 'reason', valueString: 'Fel patient' }));
    expect(await keptOf(number)).toEqual([]);

    const second = await published(hub, number);
    await tell(number, 1);
    await discharge(second);
    expect(await keptOf(number)).toEqual([]);
    expect((await tell(number, 1)).outcome).toBe('no-case-for-it');
    await step(`CarePlan/${second}/$undo-discharge`, parameters());
    expect((await tell(number, 1)).outcome).toBe('background-kept');
  });

  it('SVU-6: a draft that the journal annulled, because the admission never came to be', async () => {
    const number = '193612229876';
    await stay(number, 'V9');
    await opened(hub, number);
    await tell(number, 1);
    const cancelled = await stay(number, 'V9', 'admission-cancelled', 5);
    expect(cancelled.outcome).toContain('note-admission-cancelled');
    expect(await keptOf(number)).toEqual([]);
  });

  it('what happens to an earlier case that is over forgets nothing of the one that is open', async () => {
    const number = '193902169899';
    await stay(number, 'V10');
    const first = await published(hub, number);
    await stay(number, 'V10', 'discharged', 10);
    await discharge(first);
    await opened(hub, number);
    await tell(number, 1);
    const cancelled = await stay(number, 'V10', 'discharge-cancelled', 20);
    expect(cancelled.outcome).toContain('note-discharge-cancelled');
    expect(await keptOf(number)).toHaveLength(1);
  });
});

describe('PAT-12: persons who turn out to be one', () => {
  it('PAT-12: what was kept of either is kept of the one who lives on; facts under either number go on', async () => {
    const [gone, lives] = ['195310089940', '194206219919'];
    await published(hub, gone);
    await tell(gone, 5);
    await tell(gone, 1, { plan: 'cp-2' });
    await stay(lives, 'M2');
    await hub.population.change(lives, { referred: [gone] });
    await hub.tell(factTopics.identity, {
      person: identifier(lives),
      replaced: [identifier(gone)],
      occurredAt,
      sender: 'MELIOR-TEST',
      messageId: 'A40',
    });
    expect(await keptOf(lives)).toMatchObject([
      { plan: 'cp-1', sequence: 5 },
      { plan: 'cp-2', sequence: 1 },
    ]);
    expect((await tell(gone, 4)).outcome).toBe('unchanged');
    expect((await tell(lives, 6, { gone: true })).outcome).toBe('background-kept');
    expect(await keptOf(gone)).toMatchObject([{ sequence: 6, gone: true }, { plan: 'cp-2' }]);
    const { rows } = await hub.store.database.query<{ persons: number }>(
      `select count(distinct person_id)::integer as persons from care_plan_background where plan = 'cp-2'`,
    );
    expect(rows).toEqual([{ persons: 1 }]);
  });

  it('PAT-6: when the other was protected nothing is kept', async () => {
    const [secret, open] = ['194811039967', '201208189983'];
    await stay(secret, 'M3');
    await hub.population.change(secret, { protectedPerson: true });
    await (await as(hub, 'otherWard')).post('CarePlan', carePlan(secret));
    await published(hub, open);
    await tell(open, 1);
    await hub.population.change(open, { referred: [secret] });
    await hub.tell(factTopics.identity, {
      person: identifier(open),
      replaced: [identifier(secret)],
      occurredAt,
      sender: 'MELIOR-TEST',
      messageId: 'A40-2',
    });
    expect(await keptOf(open)).toEqual([]);
    expect((await tell(open, 2)).outcome).toBe('not-kept');
  });
});
