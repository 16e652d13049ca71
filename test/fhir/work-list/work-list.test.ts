import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, CarePlan } from 'fhir/r4.js';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { as, codesOf, consent, informed, opened, parameters, published, staff } from '../../support/svu.js';
import { idsOf, listOf, namesOf } from './list-setup.js';
import type { Listed } from './list-setup.js';

/** The current cases of a unit, through the door: VIEW-1, VIEW-5, VIEW-8. */
const numbers = {
  Lindhage: '193406129829',
  Åkerfelt: '194102039817',
  Nyholt: '194711199846',
  Örnmark: '192908059831',
} as const;
type Name = keyof typeof numbers;
const cases = new Map<Name, string>();
const caseOf = (name: Name) => cases.get(name) ?? '';
let hub: TestHub;

beforeAll(async () => {
  hub = await startHub();
  for (const name of Object.keys(numbers) as Name[]) cases.set(name, await published(hub, numbers[name]));
});
afterAll(() => hub.stop());

const byCode = (valueCode: string) => ({ name: 'sort', valueCode });
const text = (valueString: string) => ({ name: 'text', valueString });
const hsa = (value: string) => ({ identifier: { system: identifierSystems.hsa, value } });

async function acknowledge(name: Name): Promise<void> {
  const centre = await as(hub, 'healthCentre');
  const [task] = await centre.todos(caseOf(name));
  expect((await centre.put(`Task/${task?.id}`, { ...task, status: 'completed' })).status).toBe(200);
}

describe('VIEW-1: the list of a unit', () => {
  it('VIEW-1: the latest change comes first, whoever made it and whatever it was of', async () => {
    expect(namesOf(await listOf(hub, 'nurse'))).toEqual(['Örnmark', 'Nyholt', 'Åkerfelt', 'Lindhage']);
    await acknowledge('Lindhage');
    for (const who of ['nurse', 'municipality'] as const) {
      const list = await listOf(hub, who);
      expect([list.total, namesOf(list)[0]]).toEqual([4, 'Lindhage']);
      const changed = list.cases.map((each) => each.changed ?? '');
      expect(changed).toEqual(changed.toSorted().toReversed());
    }
  });

  it('VIEW-1: sorted by name as Swedish is, and by number', async () => {
    expect(namesOf(await listOf(hub, 'nurse', byCode('name')))).toEqual([
      'Lindhage',
      'Nyholt',
      'Åkerfelt',
      'Örnmark',
    ]);
    const list = await listOf(hub, 'municipality', byCode('number'));
    expect(list.cases.map(({ patient }) => patient?.identifier?.[0]?.value)).toEqual(
      Object.values(numbers).toSorted(),
    );
  });

  it('VIEW-1, VIEW-2, VIEW-3: each case has its steps in the colours of the own role, and how much the role has to do', async () => {
    const colours = ({ parts }: Listed) =>
      parts.flatMap(({ part = [] }) => part.find(({ name }) => name === 'colour')?.valueCoding?.code ?? []);
    for (const [who, colour] of [
      ['nurse', 'yellow'],
      ['municipality', 'red'],
    ] as const) {
      const list = await listOf(hub, who, byCode('name'));
      expect(list.cases.map((each) => colours(each)[0])).toEqual(Array(4).fill(colour));
      for (const { todos, parts } of list.cases)
        expect(todos).toBe(
          parts.flatMap((each) => [each, ...(each.part ?? [])]).filter(({ name }) => name === 'todo').length,
        );
    }
  });

  it('VIEW-1: filtered by part of the name or of the number, whatever case or hyphen', async () => {
    for (const [asked, found] of [
      ['LIND', ['Lindhage']],
      ['åker', ['Åkerfelt']],
      ['aker', []],
      ['Siv ny', ['Nyholt']],
      ['19290805-98', ['Örnmark']],
      ['471119', ['Nyholt']],
      [numbers.Åkerfelt, ['Åkerfelt']],
      ['inget sådant', []],
    ] as const) {
      const list = await listOf(hub, 'nurse', text(asked));
      expect([asked, list.total, namesOf(list)]).toEqual([asked, found.length, found]);
    }
  });

  it('VIEW-1: filtered by what the own role has to do, and by the contact', async () => {
    const mine = { name: 'todo', valueBoolean: true };
    expect((await listOf(hub, 'municipality', mine)).total).toBe(4);
    // What the ward waits for is for others to do.
    expect((await listOf(hub, 'nurse', mine)).total).toBe(
      (await listOf(hub, 'nurse')).cases.filter(({ todos = 0 }) => todos > 0).length,
    );
    const contact = { name: 'contact', valueReference: hsa(staff.healthCentre.user) };
    expect((await listOf(hub, 'healthCentre', contact)).total).toBe(0);
    const centre = await as(hub, 'healthCentre');
    const named = await centre.post(
      `CarePlan/${caseOf('Lindhage')}/$name-contact`,
      parameters(contact, { name: 'callsToSip', valueBoolean: true }),
    );
    expect(named.status).toBe(200);
    expect(namesOf(await listOf(hub, 'healthCentre', contact))).toEqual(['Lindhage']);
    // Others name the contact as the CareTeam does.
    const team = (await (await as(hub, 'nurse')).get(`CareTeam?patient=${await patientOf('Lindhage')}`))
      .body as Bundle;
    const member = JSON.stringify(team).match(/PractitionerRole\/[0-9a-f-]{36}/)?.[0] ?? '';
    const asShown = { name: 'contact', valueReference: { reference: member } };
    expect(namesOf(await listOf(hub, 'nurse', asShown))).toEqual(['Lindhage']);
  });

  it('VIEW-1: is read in pages, each of at most so many', async () => {
    const page = (valueUnsignedInt: number) => [
      byCode('name'),
      { name: 'count', valuePositiveInt: 3 },
      { name: 'offset', valueUnsignedInt },
    ];
    const [first, second] = [await listOf(hub, 'nurse', ...page(0)), await listOf(hub, 'nurse', ...page(3))];
    expect([first.total, namesOf(first)]).toEqual([4, ['Lindhage', 'Nyholt', 'Åkerfelt']]);
    expect([second.total, namesOf(second)]).toEqual([4, ['Örnmark']]);
  });

  it('VIEW-1: what it cannot be asked is refused by name', async () => {
    const nurse = await as(hub, 'nurse');
    for (const [parameter, code] of [
      [byCode('age'), 'value-not-taken'],
      [{ name: 'since', valueString: 'x' }, 'unknown-operation-parameter'],
      [{ name: 'todo', valueString: 'yes' }, 'value-not-taken'],
      [{ name: 'unit', valueReference: hsa(staff.otherWard.unit) }, 'value-not-taken'],
      [{ name: 'contact', valueReference: { reference: `CarePlan/${caseOf('Nyholt')}` } }, 'value-not-taken'],
      [text('x'.repeat(101)), 'value-not-taken'],
    ] as const) {
      const answer = await nurse.post('CarePlan/$work-list', parameters(parameter));
      expect([parameter.name, answer.status, codesOf(answer)]).toEqual([
        parameter.name,
        422,
        expect.arrayContaining([code]),
      ]);
    }
    // It may be asked for a name, which is never in a URL.
    expect((await nurse.get('CarePlan/$work-list')).status).toBe(404);
  });

  it('VIEW-1, ORG-6: a system asks for its units together, or for one of them', async () => {
    const authorization = await hub.system(staff.nurse.unit, staff.otherMunicipality.unit);
    const ask = (body: object) =>
      hub
        .http()
        .post('/fhir/CarePlan/$work-list')
        .set({ authorization, 'content-type': 'application/fhir+json' })
        .send(body);
    const total = async (body: object) => (await ask(body)).body.parameter[0].valueUnsignedInt;
    expect(await total(parameters())).toBe(4);
    expect(await total(parameters({ name: 'unit', valueReference: hsa(staff.otherMunicipality.unit) }))).toBe(
      0,
    );
  });
});

describe('Who sees what in the list', () => {
  it('ACC-1, ACC-2: a draft is on the list of the hospital side alone, and no case on that of who takes no part', async () => {
    const draft = await opened(hub, '195310089940').catch(() => opened(hub, '193309019903'));
    const on = async (who: 'nurse' | 'healthCentre' | 'municipality' | 'otherMunicipality' | 'otherWard') =>
      idsOf(await listOf(hub, who)).includes(draft);
    expect([await on('nurse'), await on('healthCentre'), await on('municipality')]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await listOf(hub, 'otherMunicipality')).total).toBe(0);
    expect((await listOf(hub, 'otherRegion')).total).toBe(0);
    const annulled = await (
      await as(hub, 'nurse')
    ).post(`CarePlan/${draft}/$annul`, parameters({ name: 'reason', valueString: 'fel' }));
    expect(annulled.status).toBeLessThan(300);
    expect(await on('nurse')).toBe(false);
  });

  it('ACC-7: a unit that is removed has it on its list no more', async () => {
    const nurse = await as(hub, 'nurse');
    const of = caseOf('Lindhage');
    expect(idsOf(await listOf(hub, 'homeNursing'))).toContain(of);
    const removed = await nurse.post(
      `CarePlan/${of}/$remove-participant`,
      parameters(
        { name: 'unit', valueReference: hsa(staff.homeNursing.unit) },
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    );
    expect([codesOf(removed), removed.status]).toEqual([[], 200]);
    expect(idsOf(await listOf(hub, 'homeNursing'))).not.toContain(of);
  });

  it('CON-5: under a refusal it says nothing of what the refusal hides', async () => {
    const of = await opened(hub, '193902169899').catch(() => opened(hub, '193612229876'));
    const nurse = await as(hub, 'nurse');
    for (const [path, body] of [
      [`CarePlan/${of}/$record-patient-information`, informed],
      ['Consent', consent(of, 'refusal')],
      [`CarePlan/${of}/$publish-admission-notice`, parameters()],
    ] as const)
      expect((await nurse.post(path, body)).status).toBeLessThan(300);
    const answer = await (await as(hub, 'municipality')).post('CarePlan/$work-list', parameters());
    const shown = (answer.body.parameter as { part?: { resource?: CarePlan }[] }[]).find(
      ({ part = [] }) => part[0]?.resource?.id === of,
    );
    for (const hidden of ['Höftfraktur', 'Medicinavdelningen', staff.nurse.unit])
      expect(JSON.stringify(shown ?? {})).not.toContain(hidden);
  });

  it('ACC-5: each case that was shown is in the trail with its person, and what was asked for is not', async () => {
    const { rows: before } = await hub.store.database.query<{ n: number }>(
      `select count(*)::integer as n from audit_record where action = '$work-list' and case_id = $1`,
      [caseOf('Åkerfelt')],
    );
    await listOf(hub, 'nurse', text(numbers.Åkerfelt));
    const { rows } = await hub.store.database.query<{ person: string; detail: unknown }>(
      `select person_id as person, detail from audit_record where action = '$work-list' and case_id = $1 order by recorded_at`,
      [caseOf('Åkerfelt')],
    );
    expect(rows).toHaveLength((before[0]?.n ?? 0) + 1);
    expect(rows.at(-1)).toMatchObject({
      person: await patientOf('Åkerfelt'),
      detail: {
        ground: 'participant',
        resources: expect.arrayContaining([`CarePlan/${caseOf('Åkerfelt')}`]),
      },
    });
    expect(rows.at(-1)?.detail).toMatchObject({ filtered: true, total: 1 });
    // The total alone says that she has a case here.
    for (const offset of [1, 100_000]) {
      const list = await listOf(hub, 'nurse', text(numbers.Åkerfelt), {
        name: 'offset',
        valueUnsignedInt: offset,
      });
      expect([list.total, list.cases]).toEqual([1, []]);
    }
    const { rows: told } = await hub.store.database.query<{ detail: object }>(
      `select detail from audit_record where action = '$work-list' and person_id = $1 and detail->'resources' = '[]'`,
      [await patientOf('Åkerfelt')],
    );
    expect(told.map(({ detail }) => detail)).toEqual(
      Array(2).fill(expect.objectContaining({ filtered: true, total: 1 })),
    );
    const { rows: all } = await hub.store.database.query(`select * from audit_record`);
    expect(JSON.stringify(all)).not.toContain(numbers.Åkerfelt.slice(-8));
    expect(JSON.stringify(hub.log())).not.toContain(numbers.Åkerfelt.slice(-8));
  });
});

async function patientOf(name: Name): Promise<string> {
  const plan = (await (await as(hub, 'nurse')).get(`CarePlan/${caseOf(name)}`)).body as CarePlan;
  return (plan.subject.reference ?? '').replace('Patient/', '');
}

describe('VIEW-8: a discharged case', () => {
  const discharge = async (name: Name) => {
    const at = new Date(hub.time.now ?? Date.now());
    const nurse = await as(hub, 'nurse');
    const ready = await nurse.post(
      `CarePlan/${caseOf(name)}/$discharge`,
      parameters(
        { name: 'dischargedAt', valueDateTime: new Date(at.getTime() - 60_000).toISOString() },
        { name: 'form', valueCode: 'early-end' },
      ),
    );
    expect([codesOf(ready), ready.status]).toEqual([[], 200]);
    return at.getTime();
  };
  const hours = 3_600_000;

  it('VIEW-8, SVU-24: stays on the list for as long as it can be undone, and is found by the number after that (VIEW-5)', async () => {
    const start = Date.now() + 60_000;
    hub.time.now = new Date(start);
    const at = await discharge('Örnmark');
    const listed = async (who: 'nurse' | 'municipality') =>
      namesOf(await listOf(hub, who)).includes('Örnmark');
    hub.time.now = new Date(at + 72 * hours);
    expect([await listed('nurse'), await listed('municipality')]).toEqual([true, true]);
    const undone = await (
      await as(hub, 'nurse')
    ).post(`CarePlan/${caseOf('Örnmark')}/$undo-discharge`, parameters());
    expect([codesOf(undone), undone.status]).toEqual([[], 200]);
    hub.time.now = new Date(at + 200 * hours);
    expect(await listed('municipality')).toBe(true);

    const again = await discharge('Örnmark');
    hub.time.now = new Date(again + 72 * hours + 1);
    expect([await listed('nurse'), await listed('municipality')]).toEqual([false, false]);
    const late = await (
      await as(hub, 'nurse')
    ).post(`CarePlan/${caseOf('Örnmark')}/$undo-discharge`, parameters());
    expect(codesOf(late)).toContain('undo-too-late');

    const search = async (who: 'nurse' | 'municipality' | 'otherMunicipality') =>
      (
        await hub
          .http()
          .post('/fhir/CarePlan/_search')
          .set('authorization', await hub.user(staff[who].user, staff[who].unit))
          .type('form')
          .send(`subject:identifier=${numbers.Örnmark}`)
      ).body as Bundle;
    for (const who of ['nurse', 'municipality'] as const)
      expect(
        (await search(who)).entry?.map(({ resource }) => [resource?.id, (resource as CarePlan).status]),
      ).toEqual([[caseOf('Örnmark'), 'completed']]);
    expect((await search('otherMunicipality')).entry ?? []).toEqual([]);
    const inUrl = await (await as(hub, 'nurse')).get(`CarePlan?subject:identifier=${numbers.Örnmark}`);
    expect(inUrl.status).toBe(400);
    hub.time.now = undefined;
  });
});
