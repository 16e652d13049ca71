import * as fc from 'fast-check';
import { nurse } from '../../../test/support/process/cast.js';
import {
  act,
  after,
  begin,
  facts,
  tell,
  wards,
  type Fact,
  type Played,
} from '../../../test/support/process/stay-course.js';
import * as cases from '../../../test/support/process/svu.js';
import type { SvuCommand } from './subjects.js';

const { openTodos } = cases;

const isAskedOfCare = ({ state }: Played): boolean =>
  Object.values(state.todos).some(
    ({ kind, state: stands }) => kind === 'review-other-care' && stands === 'requested',
  );

it('SVU-21: in whatever order its facts come, the ward of an open case is asked while the journal has its visit as other care, and no longer', () => {
  fc.assert(
    fc.property(fc.array(facts, { minLength: 1, maxLength: 12 }), (some) => {
      let played = begin(true);
      for (const each of some) {
        played = tell(played, each);
        const { stay: { status, otherCare } = {} } = played;
        expect(isAskedOfCare(played)).toBe(status === 'in-progress' && otherCare === true);
      }
    }),
    { numRuns: 500 },
  );
});

it('SVU-21: what the ward has reviewed is asked again only when the journal has called it a stay in between', () => {
  const other: Fact = { kind: 'changed', ward: 'none', hour: 20, other: true };
  const asking = tell(begin(true), other);
  const done = { key: 'review-other-care:1' };
  const review = { type: 'complete-todo', at: cases.now, by: nurse, data: done } as SvuCommand;
  const reviewed = { ...asking, state: after(asking.state, review) };
  expect([isAskedOfCare(asking), isAskedOfCare(reviewed)]).toEqual([true, false]);
  expect(isAskedOfCare(tell(reviewed, { ...other, hour: 21 }))).toBe(false);
  const stay = tell(reviewed, { ...other, hour: 22, other: false });
  expect(isAskedOfCare(tell(stay, { ...other, hour: 23 }))).toBe(true);
});

it('SVU-24: a move as an outpatient, after the stay is over, opens neither stay nor case', () => {
  const over = tell(begin(true), { kind: 'discharged', ward: 'own', hour: 30 });
  const moved = tell(over, { kind: 'transferred', ward: 'other', hour: 40, other: true });
  expect([moved.stay?.status, moved.state.ward, ...openTodos(moved.state)]).toEqual([
    'finished',
    wards.own,
    ...openTodos(over.state),
  ]);
});

const kinds: readonly Fact['kind'][] = [
  'admitted',
  'transferred',
  'changed',
  'discharged',
  'admission-cancelled',
  'discharge-cancelled',
];

describe.each([
  ['over', [{ kind: 'discharged', ward: 'own', hour: 30 }]],
  ['cancelled', [{ kind: 'admission-cancelled', ward: 'own', hour: 30 }]],
] as const)('SVU-24: a stay that is %s', (_name, ends) => {
  it.each(kinds)('%s as an outpatient asks nobody, of an open case and of one that is over', (kind) => {
    for (const step of [undefined, 'discharge', 'annul'] as const) {
      const ended = ends.reduce((played: Played, each) => tell(played, each), begin(true));
      const before = step === undefined ? ended : { ...ended, state: act(ended.state, step) };
      const after = tell(before, { kind, ward: 'other', hour: 40, other: true });
      expect(after.stay).toMatchObject({ status: before.stay?.status, wards: before.stay?.wards });
      expect(after.state).toEqual(before.state);
    }
  });
});

it.each(kinds.filter((kind) => kind !== 'discharged'))(
  'SVU-24: %s as an outpatient reopens no case that is over, though the journal has not said that she left',
  (kind) => {
    const begun = begin(true);
    const before = { ...begun, state: act(begun.state, 'discharge') };
    const after = tell(before, { kind, ward: 'other', hour: 6_000, other: true });
    expect([after.state.phase, openTodos(after.state)]).toEqual(['discharged', openTodos(before.state)]);
  },
);

it('SVU-21: an admission that is taken back as an outpatient annuls no draft, and its ward is asked', () => {
  const taken = tell(begin(false), { kind: 'admission-cancelled', ward: 'other', hour: 20, other: true });
  expect([taken.state.phase, taken.state.ward, isAskedOfCare(taken)]).toEqual(['draft', wards.own, true]);
});
