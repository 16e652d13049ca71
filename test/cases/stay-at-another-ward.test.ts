import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { stayIdOf } from '../../src/cases/deterministic-id.js';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { stayFacts } from '../support/stay-facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, staff } from '../support/svu.js';

let hub: TestHub;
const fact = stayFacts('TIE');
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const hour = 3_600_000;
const [w101, w102] = [staff.nurse.unit, staff.otherWard.unit];
const emergency = 'SE4999000013-E101';
const otherRegion = staff.otherRegion.unit;
/** The tests' cases are opened for an admission three hours ago. */
const admission = -3;

async function tell(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  hours: number,
  { ward = w101 }: { readonly ward?: string } = {},
): Promise<string> {
  const { outcome, cause } = await hub.tell(
    factTopics.stay,
    fact(number, visit, kind, new Date(Date.now() + hours * hour), { ward }),
  );
  return outcome ?? `dead: ${cause}`;
}

const planOf = async (id: string, who: 'nurse' | 'otherWard' = 'nurse'): Promise<CarePlan> =>
  (await (await as(hub, who)).get(`CarePlan/${id}`)).body as CarePlan;
const stayOf = async (id: string): Promise<string | undefined> => (await planOf(id)).encounter?.reference;
const encounter = (visit: string): string => `Encounter/${stayIdOf('TIE', visit)}`;
const kinds = async (id: string): Promise<readonly string[]> =>
  (await (await as(hub, 'nurse')).todos(id))
    .map(({ code }) => code?.coding?.[0]?.code ?? '')
    .filter((kind) => kind !== 'publish-admission-notice' && kind !== 'address-by-hand')
    .toSorted();

describe('a case opened at another ward than the journal has the patient at', () => {
  it.each([
    ['began in the very minute', '193406129829', admission],
    ['began some hours before', '194102039817', admission - 5],
    ['began after what the nurse wrote', '195209179851', admission + 2],
  ])(
    'SVU-21, SVU-25: is of the stay that %s, and its discharge reaches the ward',
    async (_when, number, at) => {
      await tell(number, `W102-${number}`, 'admitted', at, { ward: w102 });
      const id = await opened(hub, number);
      expect(await stayOf(id)).toBe(encounter(`W102-${number}`));
      // The nurse's act is newer than the journal's word: the case is where she opened it.
      expect(await kinds(id)).toEqual([]);
      expect(await tell(number, `W102-${number}`, 'discharged', 1, { ward: w102 })).toContain(
        'note-journal-discharge',
      );
      expect(await kinds(id)).toEqual(['publish-discharge']);
    },
  );

  it('SVU-25: goes where the journal moves the patient next', async () => {
    const number = '193612229876';
    await tell(number, 'MOVES-ON', 'admitted', admission, { ward: emergency });
    const id = await opened(hub, number);
    expect(await tell(number, 'MOVES-ON', 'transferred', -1, { ward: w102 })).toContain('change-ward');
    expect((await planOf(id, 'otherWard')).encounter?.reference).toBe(encounter('MOVES-ON'));
  });

  it('SVU-25: is of a stay that has been at its ward, however long ago it began', async () => {
    const number = '194505099921';
    await tell(number, 'WAS-HERE', 'admitted', -24 * 9);
    await tell(number, 'WAS-HERE', 'transferred', -1, { ward: w102 });
    expect(await stayOf(await opened(hub, number))).toBe(encounter('WAS-HERE'));
  });

  it('of a stay at its own ward first, however near one elsewhere began', async () => {
    const number = '195007149908';
    await tell(number, 'THERE', 'admitted', admission, { ward: w102 });
    await tell(number, 'HERE', 'admitted', admission - 8);
    expect(await stayOf(await opened(hub, number))).toBe(encounter('HERE'));
  });

  it('ORG-3: is not of a stay at a ward of another organisation, and not asked about it', async () => {
    const number = '194910129974';
    await tell(number, 'ABROAD', 'admitted', admission, { ward: otherRegion });
    const id = await opened(hub, number);
    expect([await stayOf(id), await kinds(id)]).toEqual([undefined, []]);
  });

  it.each([
    ['a month before', '195310089940', -24 * 30],
    ['a little more than a day before', '195707239991', admission - 24.5],
  ])(
    'CON-14: is of no stay that began %s: its ward is asked, until the journal has the patient there',
    async (_when, number, at) => {
      await tell(number, `OLDER-${number}`, 'admitted', at, { ward: emergency });
      await tell(number, `OLD-${number}`, 'admitted', at + 0.1, { ward: w102 });
      const id = await opened(hub, number);
      expect([await stayOf(id), await kinds(id)]).toEqual([undefined, ['review-open-case-elsewhere']]);
      const [asked] = (await (await as(hub, 'nurse')).todos(id)).filter(
        ({ code }) => code?.coding?.[0]?.code === 'review-open-case-elsewhere',
      );
      expect(asked?.description).toBe(
        'Journalsystemet har patienten inskriven i ett annat vårdtillfälle: granska det öppna ärendet',
      );
      expect(JSON.stringify(asked?.input)).toContain(w102);
      expect(await tell(number, `OLD-${number}`, 'transferred', -1)).toContain('link-stay');
      expect([await stayOf(id), await kinds(id)]).toEqual([encounter(`OLD-${number}`), []]);
    },
  );

  it('CON-14: is tied anew when the stay at its own ward comes that fits better', async () => {
    const number = '195506069953';
    await tell(number, 'EMERGENCY', 'admitted', admission - 6, { ward: emergency });
    const id = await opened(hub, number);
    await tell(number, 'EMERGENCY', 'discharged', admission - 0.1, { ward: emergency });
    expect(await tell(number, 'WARD', 'admitted', admission)).toContain('link-stay');
    expect(await stayOf(id)).toBe(encounter('WARD'));
    expect(await kinds(id)).toEqual([]);
  });
});

describe('CON-14, SVU-21: a case tied to a short visit elsewhere, whose own stay comes after it', () => {
  /** The case is opened for 14.00, the visit began at 13.30, and what the journal says of the ward's own stay. */
  const visit = admission - 0.5;
  const tied = async (number: string): Promise<string> => {
    await tell(number, `VISIT-${number}`, 'admitted', visit, { ward: w102 });
    const id = await opened(hub, number);
    expect(await stayOf(id)).toBe(encounter(`VISIT-${number}`));
    return id;
  };
  const leave = (number: string, hours: number) =>
    tell(number, `VISIT-${number}`, 'discharged', hours, { ward: w102 });

  it.each([
    ['in the very minute', '194711199846', admission],
    ['a little later', '192908059831', admission + 0.4],
    ['a little before the visit', '193804289860', admission - 0.7],
  ])('is tied to its own that began %s, and only its own discharge reaches it', async (_when, number, at) => {
    const id = await tied(number);
    expect(await tell(number, `OWN-${number}`, 'admitted', at)).toContain('link-stay');
    expect(await stayOf(id)).toBe(encounter(`OWN-${number}`));
    expect(await kinds(id)).toEqual([]);
    expect(await leave(number, -1)).toBe('stay-recorded');
    expect(await kinds(id)).toEqual([]);
    expect(await tell(number, `OWN-${number}`, 'discharged', 1)).toContain('note-journal-discharge');
    expect(await kinds(id)).toEqual(['publish-discharge']);
  });

  it.each([
    ['before the case says', '194401309887', admission - 0.1],
    ['after it', '194206219919', admission + 0.2],
  ])('also when the visit ended %s and that was told first', async (_when, number, at) => {
    const id = await tied(number);
    await leave(number, at);
    expect(await tell(number, `OWN-${number}`, 'admitted', admission)).toContain('link-stay');
    expect(await stayOf(id)).toBe(encounter(`OWN-${number}`));
    expect(await kinds(id)).toEqual([]);
  });

  it('also when its own discharge overtook its admission', async () => {
    const number = '193309019903';
    const id = await tied(number);
    await tell(number, `OWN-${number}`, 'discharged', 1);
    expect(await tell(number, `OWN-${number}`, 'admitted', admission)).toContain('link-stay');
    expect(await kinds(id)).toEqual(['publish-discharge']);
  });

  it('but not to a stay of its ward that begins on another day', async () => {
    const number = '193902169899';
    const id = await tied(number);
    expect(await tell(number, `NEXT-${number}`, 'admitted', 22)).not.toContain('link-stay');
    expect(await stayOf(id)).toBe(encounter(`VISIT-${number}`));
  });
});
