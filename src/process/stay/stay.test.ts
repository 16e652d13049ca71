import * as fc from 'fast-check';
import { journal, nurse, units } from '../../../test/support/process/cast.js';
import { Course, given } from '../../../test/support/process/given.js';
import { now, personId } from '../../../test/support/process/svu.js';
import type { StayCommand, StayEvent, StayState } from './stay.js';
import { stay } from './stay-decider.js';

const time = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00.000Z`;
const at = { at: now, by: journal };

const admission = (hour: number, ward: string = units.ward, sequence?: number): StayCommand => ({
  type: 'record-admission',
  ...at,
  data: { personId, ward, admittedAt: time(hour), order: orderOf(hour, sequence) },
});
const transfer = (hour: number, ward: string = units.otherWard, sequence?: number): StayCommand => ({
  type: 'record-transfer',
  ...at,
  data: { personId, ward, order: orderOf(hour, sequence) },
});
const discharge = (hour: number, sequence?: number): StayCommand => ({
  type: 'record-discharge',
  ...at,
  data: { personId, dischargedAt: time(hour), order: orderOf(hour, sequence) },
});
const change = (hour: number, data: { ward?: string; expectedDischarge?: string } = {}): StayCommand => ({
  type: 'record-change',
  ...at,
  data: { personId, order: orderOf(hour), ...data },
});
const cancel = (what: 'cancel-admission' | 'cancel-discharge', hour: number): StayCommand => ({
  type: what,
  ...at,
  data: { personId, order: orderOf(hour) },
});
const orderOf = (hour: number, sequence?: number) => ({
  time: time(hour),
  ...(sequence === undefined ? {} : { sequence }),
});

const course = (...commands: readonly StayCommand[]): Course<StayState, StayCommand, StayEvent> =>
  new Course<StayState, StayCommand, StayEvent>(stay).after(...commands);

describe('A stay', () => {
  it('is told from admission over transfer to discharge', () => {
    expect(course(admission(8), transfer(10), discharge(14)).state).toMatchObject({
      status: 'finished',
      ward: units.otherWard,
      admittedAt: time(8),
      dischargedAt: time(14),
      wards: [
        { ward: units.ward, from: time(8) },
        { ward: units.otherWard, from: time(10) },
      ],
    });
  });

  it.each([
    ['a transfer', transfer(10), { status: 'in-progress', ward: units.otherWard }],
    ['a discharge', discharge(14), { status: 'finished', dischargedAt: time(14) }],
  ] as const)('may begin with %s', (_what, first, expected) => {
    expect(course(first).state).toMatchObject(expected);
  });

  it('a late fact changes no later state, but shows in history and fills holes', () => {
    const late = course(transfer(10), discharge(14)).when(admission(8));
    late.thenEvents({ type: 'StayAdmitted', data: { late: true } });
    const { state } = course(transfer(10), discharge(14), admission(8));
    expect(state).toMatchObject({ status: 'finished', ward: units.otherWard, admittedAt: time(8) });
    expect(state.wards.map((each) => each.ward)).toEqual([units.ward, units.otherWard]);
  });

  it('a late transfer does not move the patient back', () => {
    expect(course(admission(8), transfer(12, 'C'), transfer(10, 'B')).state).toMatchObject({
      ward: 'C',
      wards: [{ ward: units.ward }, { ward: 'B' }, { ward: 'C' }],
    });
  });

  it('a late discharge does not end a stay that went on', () => {
    expect(course(admission(8), transfer(12), discharge(10)).state.status).toBe('in-progress');
  });

  it('a newer admission or transfer after the discharge opens it again', () => {
    for (const again of [admission(16), transfer(16)]) {
      const { state } = course(admission(8), discharge(14), again);
      expect(state.status).toBe('in-progress');
      expect(state.dischargedAt).toBeUndefined();
    }
  });

  it("the source's sequence decides where two facts share a time", () => {
    expect(course(transfer(10, 'B', 2), transfer(10, 'A', 1)).state.ward).toBe('B');
    course(transfer(10, 'B', 2))
      .when(transfer(10, 'A', 1))
      .thenEvents({ type: 'StayTransferred', data: { late: true } });
  });

  it('A08: changed data says where the stay is and when it is expected to end, and ends or opens nothing', () => {
    const day = { expectedDischarge: '2026-03-05' };
    const changed = course(admission(8), change(9, { ...day, ward: 'B' }));
    expect(changed.state).toMatchObject({ status: 'in-progress', ward: 'B', ...day });
    const after = course(admission(8), discharge(14), change(15, { ward: 'B' }));
    expect(after.state).toMatchObject({ status: 'finished', ward: units.ward, dischargedAt: time(14) });
    expect(course(change(9, day)).state).toMatchObject({ status: 'in-progress', ...day });
  });

  it('A08: the newest word on the expected discharge stands, and the journal can take it back', () => {
    const told = course(admission(8), change(12, { expectedDischarge: '2026-03-06' }));
    expect(told.after(change(9, { expectedDischarge: '2026-03-05' })).state.expectedDischarge).toBe(
      '2026-03-06',
    );
    const silent = told.after(change(13));
    expect(silent.state.expectedDischarge).toBe('2026-03-06');
    const removed: StayCommand = {
      type: 'record-change',
      ...at,
      data: { personId, order: orderOf(14), expectedDischargeRemoved: true },
    };
    expect(silent.after(removed).state.expectedDischarge).toBeUndefined();
  });

  it('A11: a cancelled admission never came to be, until the patient is admitted again', () => {
    const cancelled = course(admission(8), cancel('cancel-admission', 9));
    expect(cancelled.state.status).toBe('cancelled');
    expect(cancelled.after(admission(10)).state.status).toBe('in-progress');
    expect(cancelled.after(transfer(7)).state.status).toBe('cancelled');
  });

  it('A13: a cancelled discharge: the stay goes on at its ward', () => {
    const goesOn = course(admission(8), discharge(14), cancel('cancel-discharge', 15));
    expect(goesOn.state).toMatchObject({ status: 'in-progress', ward: units.ward });
    expect(goesOn.state.dischargedAt).toBeUndefined();
    expect(goesOn.after(discharge(16)).state).toMatchObject({ status: 'finished', dischargedAt: time(16) });
  });

  it('A11 and A13 without what they cancel are borne', () => {
    expect(course(cancel('cancel-admission', 9)).state.status).toBe('cancelled');
    expect(course(cancel('cancel-discharge', 9)).state.status).toBe('in-progress');
  });

  it('the same fact twice is one fact', () => {
    course(admission(8), transfer(10)).when(admission(8)).thenNothing();
  });

  it('times are compared as moments, however they are written', () => {
    course(admission(8))
      .when({
        ...admission(8),
        data: { ...admission(8).data, order: { time: '2026-03-01T09:00:00+01:00' } },
      } as StayCommand)
      .thenNothing();
  });

  it('PAT-13: a stay stays with its person', () => {
    course(admission(8))
      .when({ ...transfer(10), data: { ...transfer(10).data, personId: 'another' } } as StayCommand)
      .thenRejected('stay-of-another-person');
  });

  it('a user cannot claim a fact', () => {
    given(stay)
      .when({ ...admission(8), by: nurse })
      .thenRejected('fact-from-a-user');
  });

  it('in whatever order its facts arrive, it becomes the same stay', () => {
    const facts = fc.uniqueArray(
      fc.oneof(
        fc.record({ kind: fc.constant('a' as const), hour: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('t' as const), hour: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('d' as const), hour: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('c' as const), hour: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('x' as const), hour: fc.integer({ min: 0, max: 5 }) }),
        fc.record({ kind: fc.constant('u' as const), hour: fc.integer({ min: 0, max: 5 }) }),
      ),
      { selector: (fact) => `${fact.kind}${fact.hour}`, minLength: 1, maxLength: 8 },
    );
    const commandOf = {
      a: admission,
      t: (hour: number) => transfer(hour, `ward ${hour}`),
      d: discharge,
      c: (hour: number) =>
        change(hour, { ward: `ward ${hour % 2}`, expectedDischarge: `2026-03-0${hour + 1}` }),
      x: (hour: number) => cancel('cancel-admission', hour),
      u: (hour: number) => cancel('cancel-discharge', hour),
    };
    fc.assert(
      fc.property(
        facts.chain((each) =>
          fc.tuple(fc.constant(each), fc.shuffledSubarray(each, { minLength: each.length })),
        ),
        ([some, shuffled]) => {
          const one = course(...some.map(({ kind, hour }) => commandOf[kind](hour)));
          // Each of them comes again at the end.
          const repeated = [...shuffled, ...some];
          const other = course(...repeated.map(({ kind, hour }) => commandOf[kind](hour)));
          expect(other.state).toEqual(one.state);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('SVU-21, SVU-24: what is said of a visit in other care (decision 116)', () => {
  const other = (command: StayCommand) =>
    ({ ...command, data: { ...command.data, otherCare: true } }) as StayCommand;
  const kinds = (hour: number): readonly (readonly [string, StayCommand])[] => [
    ['an admission', admission(hour, units.otherWard)],
    ['a transfer', transfer(hour)],
    ['a change', change(hour, { ward: units.otherWard, expectedDischarge: '2026-03-09' })],
    ['a discharge', discharge(hour)],
    ['an admission cancelled', cancel('cancel-admission', hour)],
    ['a discharge cancelled', cancel('cancel-discharge', hour)],
  ];
  const seen = (state: StayState | undefined) => ({ ...state, facts: [], lastOrder: undefined });

  describe.each([
    ['finished', discharge(10)],
    ['cancelled', cancel('cancel-admission', 10)],
  ])('%s', (_status, end) => {
    const over = course(admission(8), end);
    it.each(kinds(14))('%s leaves the stay as it was, in whatever order they come', (_kind, fact) => {
      expect(seen(over.after(other(fact)).state)).toEqual(seen(over.state));
      expect(seen(course(other(fact), end, admission(8)).state)).toEqual(seen(over.state));
      // What a stay's own class says afterwards counts as ever.
      const goesOn = cancel('cancel-discharge', 15);
      expect(seen(over.after(other(fact), goesOn).state)).toEqual(seen(over.after(goesOn).state));
    });
  });

  it.each(kinds(14))('while she lies there, %s takes no stay back', (kind, fact) => {
    const { state } = course(admission(8)).after(other(fact));
    expect(state?.status).toBe(kind === 'a discharge' ? 'finished' : 'in-progress');
    expect(state?.otherCare).toBe(kind === 'a discharge' ? undefined : true);
  });

  it('an admission that is taken back as an outpatient moves nobody, and lets no old admission count again', () => {
    const taken = other(cancel('cancel-admission', 14));
    const placed = { ...taken, data: { ...taken.data, ward: units.otherWard } } as StayCommand;
    expect(course(admission(8), transfer(10, units.ward)).after(placed).state?.ward).toBe(units.ward);
  });
});
