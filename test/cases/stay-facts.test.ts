import { describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication, Task } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { asksOperator } from '../../src/cases/facts/ward-unknown.js';
import { staysWithoutWard } from '../../src/cases/stays-without-ward.js';
import { as, opened, published, staff } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';
import { encounters, hub, nextNumber, stay, w101, w102 } from './stay-facts-setup.js';

async function stateOf(
  id: string,
): Promise<{ ward: string; phase: string; stayId?: string; journalDischargedAt?: string }> {
  const { rows } = await hub.store.database.query<{ state: never }>(
    'select state from stream where id = $1',
    [id],
  );
  return rows[0]?.state as never;
}

/** Kinds of to-dos, but for the one to publish it, which every draft has (SVU-5). */
const kindsOf = (todos: readonly object[]): readonly string[] =>
  todos
    .map((todo) => (todo as { code?: { coding?: { code?: string }[] } }).code?.coding?.[0]?.code ?? '')
    .filter((kind) => kind !== 'publish-admission-notice');

describe('a stay of somebody the register knows', () => {
  it('A01: the stay is known; no case by itself', async () => {
    const told = await hub.tell(factTopics.stay, stay('193406129829', 'V1', 'admitted', 0));
    expect(told).toMatchObject({ state: 'done', outcome: 'stay-recorded', kept: true });
    expect(await encounters(w101)).toHaveLength(1);
    const { rows } = await hub.store.database.query(`select id from stream where type = 'svu'`);
    expect(rows).toEqual([]);
  });

  it('PAT-2: the case opened at the ward belongs to the stay', async () => {
    const id = await opened(hub, '193406129829');
    const [encounter] = await encounters(w101);
    expect(encounter).toBeDefined();
    expect((await stateOf(id)).stayId).toBe(encounter?.id);
  });

  it('SVU-25: a transfer takes the case along and is no discharge; the ward that is left loses access (ACC-7)', async () => {
    const { rows } = await hub.store.database.query<{ id: string }>(
      `select id from stream where type = 'svu'`,
    );
    const id = rows[0]?.id ?? '';
    const told = await hub.tell(
      factTopics.stay,
      stay('193406129829', 'V1', 'transferred', 30, { ward: w102 }),
    );
    expect(told.outcome).toBe('stay-recorded, change-ward');
    expect(await stateOf(id)).toMatchObject({ ward: w102, phase: 'draft' });
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${id}`)).status).toBe(200);
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('SVU-42: the ward that left still reads where the case has gone, and every other unit does once it may', async () => {
    const [number, visit] = ['193309019903', 'V-42'];
    await hub.tell(factTopics.stay, stay(number, visit, 'admitted', 0));
    const id = await published(hub, number);
    await hub.tell(factTopics.stay, stay(number, visit, 'transferred', 30, { ward: w102 }));
    const readers = ['nurse', 'otherWard', 'healthCentre', 'municipality'] as const;
    for (const who of readers) {
      const answer = await (await as(hub, who)).get(`Communication?based-on=CarePlan/${id}`);
      const told = (answer.body as Bundle<Communication>).entry?.map(({ resource }) => resource) ?? [];
      const kinds = told.map((each) => each?.category?.[0]?.coding?.[0]?.code);
      expect([who, kinds]).toEqual([who, expect.arrayContaining(['ward-changed'])]);
      expect(kinds.length > 1).toBe(who !== 'nurse');
      expect(kinds).not.toContain('participant-added');
      expect(kinds).not.toContain('participant-removed');
      const text = told.find((each) => each?.category?.[0]?.coding?.[0]?.code === 'ward-changed')
        ?.payload?.[0];
      expect(text?.contentString).toContain('Från: Medicinavdelningen\nTill: Ortopedavdelningen');
    }
    const left = await (await as(hub, 'nurse')).get(`CarePlan/${id}`);
    expect(left.status).toBe(404);
  });

  it.each([
    ['transferred', 30],
    ['changed', 30],
  ] as const)(
    'SVU-42, ORG-3: %s to a ward of another organisation moves no case; both wards are asked',
    async (kind, minutes) => {
      const [number, visit] = kind === 'transferred' ? ['193902169899', 'V-43'] : ['194206219919', 'V-44'];
      await hub.tell(factTopics.stay, stay(number, visit, 'admitted', 0));
      const id = await published(hub, number);
      const other = staff.otherRegion.unit;
      const told = await hub.tell(factTopics.stay, stay(number, visit, kind, minutes, { ward: other }));
      expect(told.outcome).toBe('stay-recorded, change-ward');
      expect(await stateOf(id)).toMatchObject({ ward: w101, phase: 'published' });
      expect(kindsOf(await (await as(hub, 'nurse')).todos(id))).toEqual(['hand-over-case']);
      const there = await as(hub, 'otherRegion');
      expect((await there.get(`CarePlan/${id}`)).status).toBe(404);
      const list = await there.get(`Task?owner:identifier=urn:oid:1.2.752.29.4.19|${other}&status=requested`);
      const asked = (list.body as Bundle<Task>).entry?.map(({ resource }) => resource as Task) ?? [];
      const mine = asked.find((task) => JSON.stringify(task.input).includes(visit));
      expect(mine).toMatchObject({ code: { coding: [{ code: 'agree-on-planning' }] } });
      expect(mine).not.toHaveProperty('for');
      expect(mine).not.toHaveProperty('basedOn');
      const done = await there.put(`Task/${mine?.id}`, { ...mine, status: 'completed' });
      expect(done.status).toBe(200);
    },
  );

  it('a late transfer shows in the stay and changes no later state', async () => {
    const told = await hub.tell(
      factTopics.stay,
      stay('193406129829', 'V1', 'transferred', 10, { ward: 'SE4999000013-W103' }),
    );
    expect(told.outcome).toBe('late');
    const { rows } = await hub.store.database.query<{ id: string }>(
      `select id from stream where type = 'svu'`,
    );
    expect((await stateOf(rows[0]?.id ?? '')).ward).toBe(w102);
  });

  it('A02 to a ward outside the configuration: the case stays, and its ward is asked to address it by hand', async () => {
    const id = await opened(hub, '194102039817');
    await hub.tell(factTopics.stay, stay('194102039817', 'V2', 'admitted', 0));
    const told = await hub.tell(
      factTopics.stay,
      stay('194102039817', 'V2', 'transferred', 5, { ward: 'SE4999000013-W999' }),
    );
    expect(told).toMatchObject({ state: 'done', outcome: 'stay-recorded, change-ward' });
    expect(await stateOf(id)).toMatchObject({ ward: w101 });
    expect(kindsOf(await (await as(hub, 'nurse')).todos(id))).toEqual(['address-by-hand']);
  });

  it('A03: the ward gets a to-do to publish the discharge with the time filled in; the case is not discharged', async () => {
    const id = await published(hub, '194711199846');
    await hub.tell(factTopics.stay, stay('194711199846', 'V3', 'admitted', 0));
    const gone = stay('194711199846', 'V3', 'discharged', 60);
    const told = await hub.tell(factTopics.stay, gone);
    expect(told.outcome).toBe('stay-recorded, note-journal-discharge');
    expect(await stateOf(id)).toMatchObject({ phase: 'published', journalDischargedAt: gone.dischargedAt });
    const todos = await (await as(hub, 'nurse')).todos(id);
    expect(kindsOf(todos)).toEqual(['publish-discharge']);
    expect(JSON.stringify(todos)).toContain(gone.dischargedAt);
  });

  it('A01 at another ward while a case is open elsewhere: the ward of the case is asked', async () => {
    const id = await opened(hub, '192908059831');
    const told = await hub.tell(factTopics.stay, stay('192908059831', 'V4', 'admitted', 0, { ward: w102 }));
    expect(told.outcome).toBe('stay-recorded, note-admission-elsewhere');
    expect(kindsOf(await (await as(hub, 'nurse')).todos(id))).toEqual(['review-open-case-elsewhere']);
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('ORG-3: of an admission in another organisation the ward of the case learns no more than that', async () => {
    const id = await opened(hub, '195310089940');
    const ward = staff.otherRegion.unit;
    await hub.tell(factTopics.stay, stay('195310089940', 'V40', 'admitted', 0, { ward, sender: 'OTHER' }));
    const todos = await (await as(hub, 'nurse')).todos(id);
    expect(kindsOf(todos)).toEqual(['review-open-case-elsewhere']);
    expect(JSON.stringify(todos)).not.toContain(ward);
  });

  it('SVU-25: a case opened before its admission message belongs to that stay, and goes with it', async () => {
    const number = '195007149908';
    const id = await opened(hub, number);
    await hub.tell(factTopics.stay, stay(number, 'V41', 'admitted', 0));
    const plan = (await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan;
    expect(plan.encounter?.reference).toMatch(/^Encounter\//);
    const moved = await hub.tell(factTopics.stay, stay(number, 'V41', 'transferred', 5, { ward: w102 }));
    expect(moved.outcome).toBe('stay-recorded, change-ward');
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${id}`)).status).toBe(200);
  });

  it('CON-14: a new stay at the same ward asks the ward about the case of the stay before', async () => {
    const number = '194505099921';
    await hub.tell(factTopics.stay, stay(number, 'V42', 'admitted', 0));
    const id = await opened(hub, number);
    await hub.tell(factTopics.stay, stay(number, 'V42', 'discharged', 60));
    const again = await hub.tell(factTopics.stay, stay(number, 'V43', 'admitted', 120));
    expect(again.outcome).toBe('stay-recorded, note-admission-elsewhere');
    expect(kindsOf(await (await as(hub, 'nurse')).todos(id)).toSorted()).toEqual([
      'publish-discharge',
      'review-open-case-elsewhere',
    ]);
  });

  it('SVU-25: back from a ward outside the configuration nothing is left to address', async () => {
    const number = '194401309887';
    await hub.tell(factTopics.stay, stay(number, 'V44', 'admitted', 0));
    const id = await opened(hub, number);
    await hub.tell(factTopics.stay, stay(number, 'V44', 'transferred', 5, { ward: 'SE9999999999-X' }));
    expect(kindsOf(await (await as(hub, 'nurse')).todos(id))).toEqual(['address-by-hand']);
    await hub.tell(factTopics.stay, stay(number, 'V44', 'transferred', 10));
    expect(kindsOf(await (await as(hub, 'nurse')).todos(id))).toEqual([]);
  });

  it('a transfer without an admission is borne, and the same fact again changes nothing', async () => {
    const fact = stay('195209179851', 'V5', 'transferred', 0, { ward: w102 });
    expect((await hub.tell(factTopics.stay, fact)).outcome).toBe('stay-recorded');
    expect((await hub.tell(factTopics.stay, fact)).outcome).toBe('repeated');
  });

  it('a register that is down: the fact waits and is taken when it is back', async () => {
    await hub.population.fail('VP009');
    const told = await hub.tell(factTopics.stay, stay('193612229876', 'V6', 'admitted', 0));
    expect(told).toMatchObject({ state: 'waiting', owner: 'register', kept: true });
    await hub.population.recover();
    await waitFor('the fact to be done', async () => {
      const { rows } = await hub.store.database.query(
        'select 1 as one from inbox where position = $1 and state = $2',
        [told.position, 'done'],
      );
      return rows.length === 1;
    });
  });

  describe.each<[string, Partial<StayFact>]>([
    ['outside the configuration', { ward: 'SE4999000013-W999' }],
    ['of a unit that is no ward', { ward: staff.healthCentre.unit }],
    ['that the message does not name', {}],
  ])('at a ward %s', (_what, changes) => {
    const told = (visit: string, kind: StayFact['kind'], minutes: number) => {
      const { ward: _ward, ...without } = stay('193804289860', visit, kind, minutes);
      return hub.tell(factTopics.stay, { ...without, ...changes });
    };
    const encounter = async (visit: string) => {
      const { rows } = await hub.store.database.query<{
        content: { status: string; serviceProvider?: object };
      }>(`select content::json as content from resource where type = 'Encounter' and id = $1`, [
        stayIdOf('MELIOR-TEST', visit),
      ]);
      return rows[0]?.content;
    };
    const visit = () => `U${nextNumber()}`;

    it.each<StayFact['kind']>(['admitted', 'transferred'])(
      'ADR-13: the stay is known (%s), and the hub’s operators are told',
      async (kind) => {
        const name = visit();
        const before = await staysWithoutWard(hub.store.database, hub.cases.directory);
        const { state, outcome } = await told(name, kind, 0);
        expect(await staysWithoutWard(hub.store.database, hub.cases.directory)).toBe(before + 1);
        expect(state).toBe('done');
        expect(asksOperator(outcome ?? '')).toBe(true);
        expect(await encounter(name)).toMatchObject({ status: 'in-progress' });
        const shown = await encounters(staff.healthCentre.unit);
        expect(shown.map(({ id }) => id)).not.toContain(stayIdOf('MELIOR-TEST', name));
        await told(name, 'discharged', 30);
        expect(await encounter(name)).toMatchObject({ status: 'finished' });
        expect(await staysWithoutWard(hub.store.database, hub.cases.directory)).toBe(before);
      },
    );

    it('ADR-13: a patient who is moved there is no longer where she was, and the next known ward has her again', async () => {
      const name = visit();
      await hub.tell(factTopics.stay, stay('193804289860', name, 'admitted', 0));
      expect((await encounters(w101)).some(({ id }) => id === stayIdOf('MELIOR-TEST', name))).toBe(true);
      await told(name, 'transferred', 5);
      expect((await encounters(w101)).some(({ id }) => id === stayIdOf('MELIOR-TEST', name))).toBe(false);
      await hub.tell(factTopics.stay, stay('193804289860', name, 'transferred', 10));
      expect((await encounters(w101)).some(({ id }) => id === stayIdOf('MELIOR-TEST', name))).toBe(true);
    });

    it('PAT-4: of somebody who may not be known the operators are told too, for there is no ward', async () => {
      const { ward: _ward, ...without } = stay('R1234567', visit(), 'admitted', 0);
      const person = { type: 'reserve', value: 'R1234567' } as const;
      const { outcome, kept } = await hub.tell(factTopics.stay, { ...without, person, ...changes });
      expect([asksOperator(outcome ?? ''), kept]).toEqual([true, false]);
    });
  });
});
