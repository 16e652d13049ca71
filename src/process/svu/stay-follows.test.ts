import * as fc from 'fast-check';
import { only } from '../../../test/support/process/play.js';
import {
  act,
  after,
  begin,
  facts,
  organisations,
  stayId,
  tell,
  time,
  wards,
  type Act,
  type Fact,
  type Played,
  type WardName,
} from '../../../test/support/process/stay-course.js';
import * as cases from '../../../test/support/process/svu.js';
import { isLastMoved, placeOf } from '../stay/stay-of.js';
import type { StayState } from '../stay/stay.js';
import type { SvuCommand } from './subjects.js';
import type { SvuState } from './state.js';

/**
 * After every fact of its stay, whatever the order, a case says what the stay says, and asks its ward what that calls for and nothing
 * else (decision 95, SVU-21, SVU-24, SVU-25, SVU-42).
 */
/** What the ward is asked because of the stay, as text. */
const asked = ({ todos }: SvuState): readonly string[] =>
  Object.values(todos)
    .filter(
      ({ state, kind, key }) =>
        state === 'requested' && (ofStay.has(kind) || key === 'address-by-hand:hospital'),
    )
    .map(({ kind, input }) => (kind === 'hand-over-case' ? `${kind} ${input?.['ward']}` : kind))
    .toSorted();
const ofStay: ReadonlySet<string> = new Set([
  'publish-discharge',
  'annul-case',
  'undo-discharge',
  'review-move-after-end',
  'review-cancelled-admission',
  'hand-over-case',
  'review-open-case-elsewhere',
]);

/** What is to be asked of an open case whose stay says this. */
function expected(stay: StayState, phase: SvuState['phase']): readonly string[] {
  if (stay.status === 'cancelled') return phase === 'published' ? ['annul-case'] : [];
  if (stay.status === 'finished') return ['publish-discharge'];
  const place = placeOf(stay);
  if (place === wards.foreign) return [`hand-over-case ${wards.foreign}`];
  return place === undefined || organisations[place] === undefined ? ['address-by-hand'] : [];
}

/** What may be asked now of a case that is over; to undo its end hangs on what was heard after it. */
function expectedAfterEnd(stay: StayState, before: StayState | undefined): readonly string[] {
  const goesOn = isLastMoved(stay) ? 'review-move-after-end' : 'undo-discharge';
  const asks = { cancelled: 'review-cancelled-admission', 'in-progress': goesOn, finished: '' };
  if (before?.status !== stay.status) return [asks[stay.status]];
  return stay.status === 'in-progress'
    ? ['', 'undo-discharge', 'review-move-after-end']
    : ['', asks[stay.status]];
}

/** What a case says otherwise than its stay, after a fact or a step. */
function faults({ stay, state }: Played, before: StayState | undefined): readonly unknown[] {
  if (stay === undefined) return [];
  const { phase, ward, journalDischargedAt: left } = state;
  const asks = asked(state).join();
  const place = placeOf(stay);
  const isOurs = place !== undefined && organisations[place] === organisations[wards.own];
  const says = { phase, ward, left, asks, status: stay.status, place, dischargedAt: stay.dischargedAt };
  const wrong = (when: boolean, what: string) => only(when, { what, ...says });
  if (phase === 'annulled') {
    const back = state.annulledByJournalAt !== undefined && stay.status !== 'cancelled';
    return [...wrong(asks !== '', 'asks'), ...wrong(back, 'annulled')];
  }
  const leaves = stay.status === 'finished' ? stay.dischargedAt : undefined;
  if (phase === 'discharged') {
    const asking = expectedAfterEnd(stay, before);
    return [
      ...wrong(!asking.includes(asks), 'asks'),
      ...wrong(leaves !== undefined && left !== leaves, 'left'),
    ];
  }
  return [
    ...wrong(asks !== expected(stay, phase).join(), 'asks'),
    ...wrong(left !== leaves, 'left'),
    ...wrong(stay.status === 'in-progress' && isOurs && ward !== place, 'ward'),
    ...wrong(organisations[ward] !== organisations[wards.own], 'organisation'),
  ];
}

const acts = fc.constantFrom<Act[]>('discharge', 'undo', 'annul');
const course = fc.array(fc.oneof({ weight: 8, arbitrary: facts }, { weight: 2, arbitrary: acts }), {
  minLength: 1,
  maxLength: 12,
});

it.each([
  ['a published case', true],
  ['a draft', false],
])(
  'in whatever order its facts come, %s says what its stay says and asks for nothing else',
  (_of, published) => {
    fc.assert(
      fc.property(course, fc.boolean(), (some, again) => {
        let played = begin(published);
        // What was told comes again at the end, as a source does that lost its place.
        const all = again ? [...some, ...some.filter((each) => typeof each !== 'string')] : some;
        for (const each of all) {
          const before = played.stay;
          played =
            typeof each === 'string' ? { ...played, state: act(played.state, each) } : tell(played, each);
          expect(faults(played, before)).toEqual([]);
        }
      }),
      { numRuns: 1500 },
    );
  },
);

it.each(['changed', 'discharge-cancelled', 'transferred', 'admitted'] as const)(
  'SVU-25, ADR-13: a fact of the kind %s that names a ward in no table asks the ward where the patient is, until it is said',
  (kind) => {
    const moved = tell(begin(true), { kind, ward: 'unnamed', hour: 20 });
    expect(asked(moved.state)).toEqual(['address-by-hand']);
    expect(asked(tell(moved, { kind: 'changed', ward: 'none', hour: 30 }).state)).toEqual([
      'address-by-hand',
    ]);
    const back = tell(moved, { kind: 'changed', ward: 'own', hour: 40 });
    expect([back.state.ward, ...asked(back.state)]).toEqual([wards.own]);
  },
);

it('SVU-21, SVU-25: a case that is tied late to a stay that has ended is at its last ward, and asks that one to publish', () => {
  const hidden = cases.opened().after(cases.annul).state;
  const over = [
    { kind: 'admitted', ward: 'other', hour: 30 } as const,
    { kind: 'discharged', ward: 'other', hour: 60 } as const,
  ].reduce<Played>((each, fact) => tell(each, fact), { stay: undefined, state: hidden });
  const { state } = tell(
    { stay: over.stay, state: cases.publishedCase().state },
    { kind: 'changed', ward: 'other', hour: 61 },
  );
  expect([state.stayId, state.ward, ...asked(state)]).toEqual([stayId, wards.other, 'publish-discharge']);
});

it('SVU-24: a move after an early end asks nobody to undo it', () => {
  const early = {
    ...cases.discharge,
    data: { form: 'early-end', dischargedAt: time(40), confirmedWarnings: [] },
  };
  const there = begin(true);
  const ended = { ...there, state: after(there.state, early as SvuCommand) };
  expect(ended.state.phase).toBe('discharged');
  const moved = tell(ended, { kind: 'transferred', ward: 'other', hour: 60 });
  expect(asked(moved.state)).toEqual([]);
  expect(asked(tell(moved, { kind: 'discharge-cancelled', ward: 'other', hour: 61 }).state)).toEqual([
    'undo-discharge',
  ]);
});

describe('SVU-24: a move after the end of a case', () => {
  const ends = {
    discharge: cases.discharge,
    'early-end': {
      ...cases.discharge,
      data: { form: 'early-end', dischargedAt: time(40), confirmedWarnings: [] },
    },
  } as const;
  const endedBy = (form: keyof typeof ends, left = false): Played => {
    const there = begin(true);
    const told = left ? tell(there, { kind: 'discharged', ward: 'own', hour: 30 }) : there;
    return { ...told, state: after(told.state, ends[form] as SvuCommand) };
  };
  // The discharge of these cases was two hours after the admission.
  const lounge: Fact = { kind: 'transferred', ward: 'other', hour: 150 };
  const changed: Fact = { kind: 'changed', ward: 'other', hour: 150 };

  it.each([
    ['a move after a discharge', endedBy('discharge'), lounge],
    ['data with another ward after a discharge', endedBy('discharge'), changed],
    ['a move after a discharge that the journal has told of', endedBy('discharge', true), lounge],
    ['a move after an early end that the journal has told of', endedBy('early-end', true), lounge],
  ])('%s asks the ward to look, until the patient has left or the discharge is undone', (_, ended, move) => {
    const moved = tell(ended, move);
    expect(asked(moved.state)).toEqual(['review-move-after-end']);
    expect(asked(tell(moved, { kind: 'discharged', ward: 'other', hour: 190 }).state)).toEqual([]);
    expect(asked(tell(moved, { kind: 'admission-cancelled', ward: 'other', hour: 190 }).state)).toEqual([
      'review-cancelled-admission',
    ]);
    const undone = act(moved.state, 'undo');
    expect([undone.phase, undone.ward, ...asked(undone)]).toEqual(['published', wards.other]);
    expect(undone.todos['review-move-after-end:1']?.state).toBe('completed');
    const again = tell(moved, { kind: 'transferred', ward: 'third', hour: 160 });
    expect(asked(again.state)).toEqual(['review-move-after-end']);
  });

  it('that the journal takes the discharge back in so many words asks to undo it, and not to look as well', () => {
    const back: Fact = { kind: 'discharge-cancelled', ward: 'own', hour: 155 };
    const looked = tell(endedBy('discharge', true), lounge);
    expect(asked(tell(looked, back).state)).toEqual(['undo-discharge']);
    expect(asked(tell(tell(endedBy('discharge', true), back), { ...lounge, hour: 160 }).state)).toEqual([
      'undo-discharge',
    ]);
  });
});

it('CON-14, SVU-25: a case opened before its admission came is not of a stay that was over by then, and is of its own', () => {
  const former: fc.Arbitrary<Fact> = fc.record({
    kind: fc.constantFrom<Fact['kind'][]>('transferred', 'changed', 'discharged', 'admission-cancelled'),
    ward: fc.constantFrom<WardName[]>('own', 'own', 'other', 'foreign', 'unknown', 'none', 'unnamed'),
    hour: fc.integer({ min: 0, max: 25 }),
  });
  fc.assert(
    fc.property(fc.boolean(), fc.integer({ min: 5, max: 25 }), fc.array(former), (published, hour, late) => {
      const { state } = published ? cases.publishedCase() : cases.opened();
      // The former stay was told of before the case began.
      const annulled = cases.opened().after(cases.annul).state;
      const over = [
        { kind: 'admitted', ward: 'own', hour: 0 } as const,
        { kind: 'discharged', ward: 'own', hour } as const,
      ].reduce<Played>((each, fact) => tell(each, fact), { stay: undefined, state: annulled });
      let played: Played = { stay: over.stay, state };
      for (const each of late) {
        const next = tell(played, each);
        if (next.stay?.status === 'in-progress') break;
        played = next;
        expect(played.state).toEqual(state);
      }
      const own = tell(
        { stay: undefined, state: played.state },
        { kind: 'admitted', ward: 'own', hour: 300 },
        cases.otherCase,
      );
      expect([own.state.stayId, ...asked(own.state)]).toEqual([cases.otherCase]);
    }),
  );
});
