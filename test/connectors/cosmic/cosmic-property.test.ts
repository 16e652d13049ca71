import * as fc from 'fast-check';
import type { StayFact } from '../../../src/messaging/contracts/facts.js';
import { actionsOn, play } from './cosmic-actions.js';
import {
  cosmicTest,
  encounter,
  settings,
  wards,
  type CosmicTest,
  type EncounterParts,
} from './cosmic-support.js';

/**
 * Whatever happens to Encounters, whenever it is looked, however the server misbehaves: the facts that were told make, put together,
 * the very stays that the Encounters are in the end, each by a course that a stay can take.
 */
let at: CosmicTest;
let runs = 0;
beforeAll(async () => {
  at = await cosmicTest();
});
afterAll(() => at.end());

const hour = 3_600_000;
type Parts = Omit<EncounterParts, 'id'>;

const recent = fc
  .integer({ min: 1, max: 20 })
  .map((hours) => new Date(Math.floor(Date.now() / hour) * hour - hours * hour).toISOString());
const parts: fc.Arbitrary<Parts> = fc
  .record({
    status: fc.constantFrom('planned', 'in-progress', 'in-progress', 'onleave', 'finished', 'cancelled'),
    ward: fc.constantFrom('A', 'B'),
    start: fc.constantFrom('2026-01-10T09:25:00+01:00', '2026-01-10T09:26:00+01:00'),
    end: recent,
    planned: fc.option(fc.constantFrom('2026-01-15', '2026-01-16'), { nil: undefined }),
    class: fc.constantFrom('IMP', 'IMP', 'IMP', 'AMB'),
    patient: fc.constantFrom('p1', 'p1', 'p1', 'p2'),
  })
  .map(({ end, ...rest }) => (rest.status === 'finished' ? { ...rest, end } : rest));

type Stay = {
  readonly status: 'none' | 'open' | 'ended';
  readonly person?: string;
  readonly ward?: string | undefined;
  readonly admittedAt?: string | undefined;
  readonly dischargedAt?: string | undefined;
  readonly expected?: string | undefined;
};

const courses: Readonly<Record<Stay['status'], readonly StayFact['kind'][]>> = {
  none: ['admitted'],
  open: ['transferred', 'changed', 'discharged', 'admission-cancelled'],
  ended: ['discharged', 'discharge-cancelled', 'admission-cancelled'],
};

/** What the hub makes of facts, in the source's order. */
function fold(facts: readonly StayFact[]): Stay {
  let stay: Stay = { status: 'none' };
  for (const fact of facts) {
    const { kind, person, ward, admittedAt, dischargedAt, expectedDischarge } = fact;
    if (!courses[stay.status].includes(kind)) throw new Error(`${kind} while ${stay.status}`);
    if (kind === 'admission-cancelled') stay = { status: 'none' };
    else if (kind === 'admitted')
      stay = { status: 'open', person: person.value, ward, admittedAt, expected: expectedDischarge };
    else if (kind === 'transferred') stay = { ...stay, ward };
    else if (kind === 'changed') stay = { ...stay, admittedAt, expected: expectedDischarge };
    else if (kind === 'discharge-cancelled') stay = { ...stay, status: 'open', dischargedAt: undefined };
    else stay = { ...stay, status: 'ended', dischargedAt };
  }
  return stay;
}

/** What an Encounter is, as a stay. */
function wanted(put: Parts | undefined): Pick<Stay, 'status'> & Partial<Stay> {
  const meanings: Readonly<Record<string, Stay['status']>> = {
    'in-progress': 'open',
    onleave: 'open',
    finished: 'ended',
  };
  const status = meanings[put?.status ?? ''] ?? 'none';
  if (!put || status === 'none') return { status: 'none' };
  const instant = (text: string) => new Date(text).toISOString();
  if (status === 'ended')
    return { status, dischargedAt: put.end === undefined ? undefined : instant(put.end) };
  const day = put.planned === undefined ? undefined : new Date(`${put.planned}T00:00:00+01:00`).toISOString();
  const ward = wards[put.ward === 'B' ? 'B' : 'A'];
  return { status, ward, admittedAt: instant(put.start ?? ''), expected: day };
}

it('the facts told of any sequence of changes, polls, faults, clocks and restarts fold to the Encounters as they are in the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      actionsOn(parts),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      async (actions, pageSize, withChanges) => {
        const prefix = `r${(runs += 1)}-`;
        const query = {
          ...(withChanges && { changes: { ...settings.query.changes, _count: String(pageSize) } }),
          open: { ...settings.query.open, _count: String(pageSize) },
        };
        await play<Parts>(
          {
            at,
            start: () => at.start({ more: { query } }),
            pollOf: (cosmic) => () => cosmic.pollNow(),
            put: (which, put) => at.server.put(encounter({ id: `${prefix}${which}`, ...put })),
            remove: (which) => at.server.remove('Encounter', `${prefix}${which}`),
          },
          actions,
          (now) => compare(prefix, now, withChanges),
        );
      },
    ),
    { numRuns: 40 },
  );
}, 300_000);

async function compare(prefix: string, now: ReadonlyMap<number, Parts>, withChanges: boolean): Promise<void> {
  const told = await at.facts();
  for (let each = 0; each <= 4; each += 1) {
    const id = `${prefix}${each}`;
    const visits = Map.groupBy(
      told.filter(({ visit }) => visit === id || visit.startsWith(`${id}~`)),
      ({ visit }) => visit,
    );
    const stays = [...visits]
      .map(([visit, facts]) => ({ visit, ...fold(facts) }))
      .filter(({ status }) => status !== 'none');
    const put = now.get(each);
    const expected = wanted(put);
    // Another class takes back no stay that was over and begins none (decision 116), so what it is hangs on what it was.
    if (put?.class === 'AMB') continue;
    // Without `_lastUpdated`, one that ended before it was ever seen open is not seen.
    const unseen = !withChanges && expected.status === 'ended' && visits.size === 0;
    expect(stays).toMatchObject(expected.status === 'none' || unseen ? [] : [expected]);
  }
}
