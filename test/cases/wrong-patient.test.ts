import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { peopleOfRegion, stayFacts } from '../support/stay-facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, published, staff } from '../support/svu.js';

/** PAT-13: a journal that told a visit of the wrong patient tells it of the right one. */
let hub: TestHub;
const fact = stayFacts('WRONG');
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const w101 = staff.nurse.unit;

async function tell(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
  changes: Partial<StayFact> = {},
): Promise<string> {
  const { state, outcome, cause } = await hub.tell(
    factTopics.stay,
    fact(number, visit, kind, new Date(Date.now() - 3 * 3_600_000 + minutes * 60_000), changes),
  );
  expect([state, cause]).toEqual(['done', null]);
  return outcome ?? '';
}

type Seen = { readonly id: string; readonly status: string; readonly ward?: string };
/** The stays that the ward sees of a person, and how they are. */
async function staysOf(number: string, unit = w101): Promise<readonly Seen[]> {
  const hash = hub.cases.registers.hash({ type: 'personnummer', value: number });
  const { rows } = await hub.store.database.query<Seen>(
    `select r.id, r.content::json ->> 'status' as status,
            r.content::json -> 'serviceProvider' -> 'identifier' ->> 'value' as ward
       from resource r join person_identity i on i.person_id = r.person_id
      where r.type = 'Encounter' and i.hash = $1 and not r.deleted
        and exists (select from access_grant g where g.scope = r.scope and g.unit = $2) order by r.id`,
    [hash, unit],
  );
  return rows;
}
const kinds = async (id: string): Promise<readonly string[]> =>
  (await (await as(hub, 'nurse')).todos(id))
    .map((todo) => (todo as { code?: { coding?: { code?: string }[] } }).code?.coding?.[0]?.code ?? '')
    .filter((kind) => kind !== 'publish-admission-notice');
const planOf = async (id: string): Promise<CarePlan> =>
  (await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).body as CarePlan;

const nobody = peopleOfRegion();

describe.each<[string, readonly StayFact['kind'][]]>([
  ['A11 for the wrong one and A01 for the right', ['admission-cancelled', 'admitted']],
  ['A01 for the right one', ['admitted']],
  ['A08 with the right number', ['changed']],
  ['A02 with the right number', ['transferred']],
])('PAT-13: %s', (_what, kindsTold) => {
  const visit = `W-${kindsTold.join('-')}`;
  const [wrong, right] = [nobody(), nobody()];

  it('shows the right one at the ward, and nothing of the wrong one to who sees the right one', async () => {
    await tell(wrong, visit, 'admitted', 0);
    expect(await staysOf(wrong)).toMatchObject([{ status: 'in-progress' }]);
    for (const [index, kind] of kindsTold.entries())
      await tell(kind === 'admission-cancelled' ? wrong : right, visit, kind, 10 + index);
    const [seen] = await staysOf(right);
    expect(seen).toMatchObject({ status: 'in-progress', ward: w101 });
    expect((await staysOf(wrong)).filter(({ status }) => status !== 'cancelled')).toEqual([]);
    expect(seen?.id).not.toBe(stayIdOf('WRONG', visit));
    const { rows } = await hub.store.database.query<{ persons: number }>(
      `select count(distinct content::json -> 'subject' ->> 'reference')::int as persons from resource_version where id = $1`,
      [seen?.id],
    );
    expect(rows).toEqual([{ persons: 1 }]);
  });

  it('transfer and discharge on the corrected visit reach the right one’s case, and no case of the wrong one', async () => {
    const id = await opened(hub, right);
    expect(await tell(right, visit, 'discharged', 60)).toContain('note-journal-discharge');
    expect(await kinds(id)).toContain('publish-discharge');
    expect(await staysOf(right)).toMatchObject([{ status: 'finished' }]);
  });
});

it('PAT-13: the ward of a case that was opened for the wrong one is told, and the case is not moved', async () => {
  const [wrong, right] = [nobody(), nobody()];
  await tell(wrong, 'W-CASE', 'admitted', 0);
  const id = await published(hub, wrong);
  expect(await tell(right, 'W-CASE', 'changed', 10)).toContain('wards asked');
  expect(await kinds(id)).toEqual(['check-identity']);
  expect((await planOf(id)).status).toBe('active');
  // Discharged is the right one.
  await tell(right, 'W-CASE', 'discharged', 20);
  expect(await kinds(id)).toEqual(['check-identity']);
});

it('PAT-13: the older fact of the wrong one, when it comes last, changes nothing; a newer one gives the visit back', async () => {
  const [wrong, right] = [nobody(), nobody()];
  await tell(right, 'W-LATE', 'admitted', 10);
  expect(await tell(wrong, 'W-LATE', 'admitted', 0)).toContain('late');
  expect(await staysOf(right)).toMatchObject([{ status: 'in-progress' }]);
  expect((await staysOf(wrong)).filter(({ status }) => status !== 'cancelled')).toEqual([]);
  await tell(wrong, 'W-LATE', 'changed', 20);
  expect((await staysOf(wrong)).map(({ status }) => status)).toEqual(['in-progress']);
  expect((await staysOf(right)).filter(({ status }) => status !== 'cancelled')).toEqual([]);
  // And once more, as it happens.
  await tell(right, 'W-LATE', 'changed', 30);
  expect((await staysOf(right)).map(({ status }) => status)).toEqual(['in-progress']);
});

it('PAT-13: a number that nobody has, or that is malformed, takes the visit from nobody; the ward is told', async () => {
  const [wrong] = [nobody()];
  await tell(wrong, 'W-NONE', 'admitted', 0);
  for (const value of ['190001019801', '193406129828'])
    expect(await tell(value, 'W-NONE', 'changed', 5)).toBe('ward-told');
  expect(await staysOf(wrong)).toMatchObject([{ status: 'in-progress' }]);
});

it('PAT-13, PAT-5: of a protected person the ward is told as always, and whose the visit was before, it is no more', async () => {
  const wrong = nobody();
  await tell(wrong, 'W-PROTECTED', 'admitted', 0);
  const id = await published(hub, wrong);
  expect(await tell('196603259802', 'W-PROTECTED', 'changed', 5)).toBe('ward-told');
  expect((await staysOf(wrong)).filter(({ status }) => status !== 'cancelled')).toEqual([]);
  expect(await kinds(id)).toContain('check-identity');
  await tell(wrong, 'W-PROTECTED', 'changed', 10);
  expect(await staysOf(wrong)).toMatchObject([{ status: 'in-progress' }]);
});
