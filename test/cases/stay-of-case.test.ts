import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { stayFacts } from '../support/stay-facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, published, staff } from '../support/svu.js';

/** Which stay a case is of, when it is opened before the journal's message of it has been dealt with. */
let hub: TestHub;
const fact = stayFacts('TIE');
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const hour = 3_600_000;
const w102 = staff.otherWard.unit;
const emergency = 'SE4999000013-E101';
const otherRegion = staff.otherRegion.unit;
/** The tests' cases are opened for an admission three hours ago. */
const admission = -3;

async function tell(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  hours: number,
  changes: Partial<StayFact> = {},
): Promise<string> {
  const { outcome, cause } = await hub.tell(
    factTopics.stay,
    fact(number, visit, kind, new Date(Date.now() + hours * hour), changes),
  );
  return outcome ?? `dead: ${cause}`;
}

const planOf = async (id: string, who: 'nurse' | 'otherWard' = 'nurse'): Promise<CarePlan> =>
  (await (await as(hub, who)).get(`CarePlan/${id}`)).body as CarePlan;
const stayOf = async (id: string): Promise<string | undefined> => (await planOf(id)).encounter?.reference;
const encounter = (visit: string): string => `Encounter/${stayIdOf('TIE', visit)}`;
const kinds = async (id: string, who: 'nurse' | 'otherWard' = 'nurse'): Promise<readonly string[]> =>
  (await (await as(hub, who)).todos(id))
    .map((todo) => (todo as { code?: { coding?: { code?: string }[] } }).code?.coding?.[0]?.code ?? '')
    .filter((kind) => kind !== 'publish-admission-notice' && kind !== 'address-by-hand')
    .toSorted();

describe('a case opened right after AA, while an older stay was never ended', () => {
  it.each([
    ['days ago', -24 * 30],
    ['yesterday', -27],
    ['the same day', -9],
  ])(
    'CON-14, SVU-21: is tied to its own stay when that comes, and the real discharge reaches it: older %s',
    async (_when, older) => {
      const number = ['193406129829', '194102039817', '195209179851'][[-720, -27, -9].indexOf(older)] ?? '';
      await tell(number, `OLD${older}`, 'admitted', older);
      const id = await opened(hub, number);
      expect(await stayOf(id)).toBe(encounter(`OLD${older}`));
      expect(await tell(number, `NEW${older}`, 'admitted', admission)).toContain('link-stay');
      expect(await stayOf(id)).toBe(encounter(`NEW${older}`));
      expect(await kinds(id)).toEqual([]);
      expect(await tell(number, `OLD${older}`, 'discharged', 1)).toBe('stay-recorded');
      expect(await kinds(id)).toEqual([]);
      expect(await tell(number, `NEW${older}`, 'discharged', 1)).toContain('note-journal-discharge');
      expect(await kinds(id)).toEqual(['publish-discharge']);
    },
  );

  it('also when the older one was ended first', async () => {
    const number = '193309019903';
    await tell(number, 'OLD-F', 'admitted', -24 * 3);
    const id = await opened(hub, number);
    await tell(number, 'OLD-F', 'discharged', admission + 0.2);
    expect(await tell(number, 'NEW-F', 'admitted', admission)).toContain('link-stay');
    expect(await stayOf(id)).toBe(encounter('NEW-F'));
    expect(await kinds(id)).toEqual([]);
    expect(await tell(number, 'NEW-F', 'discharged', 1)).toContain('note-journal-discharge');
    expect(await kinds(id)).toEqual(['publish-discharge']);
  });

  it('by whatever fact of it comes first, and the case catches up with where the patient is', async () => {
    const number = '193612229876';
    await tell(number, 'OLD-A', 'admitted', -24 * 30);
    const id = await opened(hub, number);
    const admittedAt = new Date(Date.now() + admission * hour).toISOString();
    const moved = await tell(number, 'NEW-A', 'transferred', -1, { admittedAt, ward: w102 });
    expect(moved).toContain('link-stay, change-ward');
    await tell(number, 'NEW-A', 'admitted', admission);
    expect((await planOf(id, 'otherWard')).encounter?.reference).toBe(encounter('NEW-A'));
  });

  it('also when the discharge overtook the admission', async () => {
    const number = '194505099921';
    await tell(number, 'OLD-B', 'admitted', -24 * 30);
    const id = await published(hub, number);
    await tell(number, 'NEW-B', 'discharged', 1);
    expect(await tell(number, 'NEW-B', 'admitted', admission)).toContain('link-stay, note-journal-discharge');
    expect(await kinds(id)).toContain('publish-discharge');
  });

  it('what the ward was asked of it, or because the older one never was, is asked no more', async () => {
    const number = '195007149908';
    await tell(number, 'OLD-C', 'admitted', -24 * 30);
    const id = await published(hub, number);
    await tell(number, 'OLD-C', 'admission-cancelled', -24 * 29);
    expect(await kinds(id)).toContain('annul-case');
    await tell(number, 'NEW-C', 'admitted', admission);
    expect(await stayOf(id)).toBe(encounter('NEW-C'));
    expect(await kinds(id)).not.toContain('annul-case');
  });
});

describe('a case whose own stay begins at another ward of its organisation, in the very minute it was opened for', () => {
  it.each([
    ['while an older stay was never ended', '195310089940', true],
    ['while no stay was known', '194910129974', false],
  ])('SVU-25: is tied to it and goes where the patient is: %s', async (_when, number, older) => {
    if (older) await tell(number, `OLD-${number}`, 'admitted', -24 * 30);
    const id = await published(hub, number);
    expect(await tell(number, `OWN-${number}`, 'admitted', admission, { ward: w102 })).toContain(
      'link-stay, change-ward',
    );
    expect((await planOf(id, 'otherWard')).encounter?.reference).toBe(encounter(`OWN-${number}`));
    expect(await kinds(id, 'otherWard')).toEqual([]);
  });
});

describe('what a ward was asked about a new admission', () => {
  it.each([
    ['of no stay, after the emergency ward', '195506069953', false, emergency],
    ['of an older stay, after the emergency ward', '195707239991', true, emergency],
    ['of no stay, after a ward of another organisation', '196002299862', false, otherRegion],
    ['of an older stay, after a ward of another organisation', '196204189887', true, otherRegion],
  ])(
    'CON-14: is asked no more once that stay has come to the case: %s',
    async (_of, number, older, first) => {
      if (older) await tell(number, `OLD-${number}`, 'admitted', -24 * 30);
      const id = await published(hub, number);
      const changes = { ward: first };
      await tell(number, `AKUT-${number}`, 'admitted', admission - 0.5, changes);
      expect(await kinds(id)).toEqual(['review-open-case-elsewhere']);
      expect(await tell(number, `AKUT-${number}`, 'transferred', admission)).toContain('link-stay');
      expect(await stayOf(id)).toBe(encounter(`AKUT-${number}`));
      expect(await kinds(id)).toEqual([]);
    },
  );

  it('CON-14: stands while it is of another stay than the one that the case is tied to', async () => {
    const number = '196311909847';
    const id = await published(hub, number);
    await tell(number, 'OTHER-1', 'admitted', admission + 1, { ward: w102 });
    await tell(number, 'OWN-1', 'admitted', admission - 0.5, { ward: emergency });
    await tell(number, 'OWN-1', 'transferred', admission);
    expect(await stayOf(id)).toBe(encounter('OWN-1'));
  });
});

describe('a case is not tied to another stay', () => {
  it('CON-14: that begins after it was opened', async () => {
    const number = '194401309887';
    await tell(number, 'ONE', 'admitted', -24 * 30);
    const id = await opened(hub, number);
    expect(await tell(number, 'TWO', 'admitted', 5)).toContain('note-admission-elsewhere');
    expect(await stayOf(id)).toBe(encounter('ONE'));
  });

  it.each([
    ['at another ward, about when it was opened for', '192908059831', admission + 0.1, w102],
    ['at a ward of another organisation, in the very minute', '194811039967', admission, otherRegion],
  ])('that is %s: the ward is asked', async (_where, number, when, ward) => {
    await tell(number, `THREE-${number}`, 'admitted', -24 * 30);
    const id = await opened(hub, number);
    expect(await tell(number, `FOUR-${number}`, 'admitted', when, { ward })).toContain(
      'note-admission-elsewhere',
    );
    expect(await stayOf(id)).toBe(encounter(`THREE-${number}`));
  });

  it('that is about as near as its own: the ward is asked', async () => {
    const number = '194711199846';
    await tell(number, 'FIVE', 'admitted', admission - 0.1);
    const id = await opened(hub, number);
    expect(await tell(number, 'SIX', 'admitted', admission)).toContain('note-admission-elsewhere');
    expect(await stayOf(id)).toBe(encounter('FIVE'));
  });
});

it('of several stays under way at the ward a case is opened for the one that began when it says', async () => {
  const number = '193804289860';
  await tell(number, 'MANY-1', 'admitted', -24 * 30);
  await tell(number, 'MANY-2', 'admitted', admission);
  await tell(number, 'MANY-3', 'admitted', -24 * 3);
  expect(await stayOf(await opened(hub, number))).toBe(encounter('MANY-2'));
});

it('opened before any fact came, it is of the stay that comes, also where nobody knows the ward', async () => {
  const number = '190503279812';
  const id = await opened(hub, number);
  const { outcome } = await hub.tell(factTopics.stay, {
    kind: 'admitted',
    person: { type: 'personnummer', value: number },
    visit: 'NOWHERE',
    admittedAt: new Date(Date.now() + admission * hour).toISOString(),
    occurredAt: new Date(Date.now() + admission * hour).toISOString(),
    sender: 'TIE',
    messageId: 'TIE-NOWHERE',
  });
  expect(outcome).toContain('link-stay');
  expect(await tell(number, 'NOWHERE', 'discharged', 1)).toContain('note-journal-discharge');
  expect(await kinds(id)).toContain('publish-discharge');
});
