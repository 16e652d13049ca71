import {
  districtNurse,
  homeNurse,
  needsAssessor,
  nurse,
  otherNurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  changeDate,
  consent,
  fact,
  openTodos,
  publishedCase,
  refuse,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { policyNames } from '../../../test/support/policies.js';
import { projectSvu } from '../../projection/svu/svu.js';
import type { Actor, Instant } from '../vocabulary.js';
import { kindOfSvu } from './kind.js';
import type { SvuCommand } from './subjects.js';

/** Moments of one day, a minute apart. */
const minute = (count: number): Instant => new Date(Date.UTC(2026, 2, 2, 9, count)).toISOString();
const homeAt = '2026-03-06T13:00:00.000Z';
const state = step('state-homecoming', { homeAt, met: true }, needsAssessor);
const doctor = { doctor: 'SE2321000016-1009', doctorName: 'Lena Åberg', isHospitalDoctor: true };
const leaves = (unit: string, by: Actor) =>
  step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' }, by);
const joins = (unit: string, side: 'hospital' | 'municipality') =>
  step('add-participant', { unit, unitName: 'Tillagd', side, organisation: '' });
const moved = fact('change-ward', { ward: units.otherWard, wardName: 'Avdelning 2', known: true });
const foreign = fact('change-ward', { ward: 'SE2321000255-W101', known: true, elsewhere: true });
const nobodyKnows = fact('change-ward', { known: false });
const end = step('discharge', {
  dischargedAt: minute(0),
  form: 'discharge',
  dischargedTo: 'Ordinärt boende',
  confirmedWarnings: ['no-contact-calls-to-sip', 'no-receiver-of-side', 'units-not-ready'],
});

/** Takes the steps a minute apart, from a minute on. */
const inTurn = (course: Case, from: number, ...steps: readonly SvuCommand[]): Case =>
  steps.reduce((each, one, index) => each.after({ ...one, at: minute(from + index) }), course);
const stated = (policy: (typeof policyNames)[number], ...before: readonly SvuCommand[]): Case =>
  inTurn(publishedCase(policy), 0, ...before, state);

const texts = ({ state: now }: Case): readonly string[] =>
  projectSvu('0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01', now)
    .resources.map(({ content }) => content)
    .filter((each) => each.resourceType === 'Communication')
    .map(({ payload }) => payload?.[0]?.contentString ?? '')
    .filter((text) => text.includes('Tid för hemgång'));
const asked = ({ state: now }: Case): readonly string[] =>
  openTodos(now).filter((key) => key.startsWith('state-homecoming:'));
const unconfirmed = ({ state: now }: Case) =>
  Object.values(now.notices).filter(({ kind }) => kind === 'homecoming-unconfirmed');

/** What moves the ground of a statement: the steps before it and after it, why it does not stand, and who states it anew. */
const moves: readonly (readonly [
  what: string,
  before: readonly SvuCommand[],
  after: readonly SvuCommand[],
  cause: string,
  by: Actor,
])[] = [
  ['the planned discharge moves', [], [changeDate], 'beräknat utskrivningsdatum har ändrats', needsAssessor],
  [
    'ready is withdrawn',
    [reportReady],
    [withdrawReady],
    'meddelandet om utskrivningsklar har återtagits',
    needsAssessor,
  ],
  [
    'ready is withdrawn with the same day and set again',
    [reportReady],
    [
      { ...withdrawReady, data: { expectedDischarge: '2026-03-06', reason: 'Feber' } } as SvuCommand,
      reportReady,
    ],
    'meddelandet om utskrivningsklar har återtagits',
    needsAssessor,
  ],
  ['the discharge is undone', [], [end, undo], 'utskrivningen har ångrats', needsAssessor],
  ['the ward changes', [], [moved], 'patienten har bytt avdelning', needsAssessor],
  [
    'the patient is at a ward of another organisation',
    [],
    [foreign],
    'patienten har bytt avdelning',
    needsAssessor,
  ],
  [
    'the patient is at a ward that nobody here knows',
    [],
    [nobodyKnows],
    'patienten har bytt avdelning',
    needsAssessor,
  ],
  [
    'the patient goes on from one place where the case cannot follow to another',
    [foreign],
    [nobodyKnows],
    'patienten har bytt avdelning',
    needsAssessor,
  ],
  [
    'the patient is back from where the case could not follow',
    [foreign],
    [fact('change-ward', { ward: units.ward, known: true })],
    'patienten har bytt avdelning',
    needsAssessor,
  ],
  [
    'the ward hands the case over',
    [joins(units.otherWard, 'hospital')],
    [leaves(units.ward, nurse)],
    'patienten har bytt avdelning',
    needsAssessor,
  ],
  [
    'the unit that stated it leaves',
    [],
    [leaves(units.needsAssessment, needsAssessor)],
    'enheten som angav tiden deltar inte längre',
    homeNurse,
  ],
  [
    'another takes that unit out',
    [],
    [leaves(units.needsAssessment, districtNurse)],
    'enheten som angav tiden deltar inte längre',
    homeNurse,
  ],
];

describe.each(policyNames)('What was stated of the going home, under %s', (policy) => {
  it.each(moves)('SVU-37: does not stand once %s', (_, before, after, cause, by) => {
    const course = inTurn(stated(policy, ...before), 20, ...after);
    expect(texts(course)).toEqual([
      expect.stringMatching(/^Gäller inte längre\. Ersatt .*\nTid för hemgång\nHemgång: .* kl\. 14\.00\n/u),
      `Tid för hemgång inte bekräftad\nDen angivna tiden för hemgång gäller inte längre.\nTidigare angiven tid: 2026-03-06 kl. 14.00\nOrsak till att tiden inte gäller: ${cause}`,
    ]);
    expect(unconfirmed(course)).toHaveLength(1);
    const others = Object.keys(course.state.participants).filter((unit) => {
      const sentBy = unconfirmed(course)[0]?.sentBy;
      return sentBy?.kind !== 'user' || sentBy.unit !== unit;
    });
    expect(unconfirmed(course)[0]?.recipients).toEqual(others.toSorted());
    const unit = by.kind === 'user' ? by.unit : '';
    expect(asked(course)).toEqual([`state-homecoming:${unit}:1`]);
    // The same time again is news now, answers what was asked, and stands.
    const again = course.after({ ...state, by, at: minute(40) });
    expect(asked(again)).toEqual([]);
    expect(again.state.todos[`state-homecoming:${unit}:1`]?.state).toBe('completed');
    expect(texts(again).filter((text) => !text.startsWith('Gäller inte längre'))).toEqual([
      expect.stringMatching(/^Tid för hemgång\n/u),
    ]);
    again.when({ ...state, by, at: minute(41) }).thenNothing();
  });

  it('SVU-37: is news once, also where the journal says again where the patient is', () => {
    const course = inTurn(stated(policy, foreign), 20, foreign);
    expect(texts(course)).toEqual([expect.stringMatching(/^Tid för hemgång\n/u)]);
    const left = inTurn(course, 30, fact('note-journal-discharge', { dischargedAt: minute(29) }));
    expect(texts(left)).toEqual([expect.stringMatching(/^Tid för hemgång\n/u)]);
  });

  it('SVU-21, SVU-37, VIEW-12: is replaced by an early end, and by no other; it does not stand when that is undone', () => {
    const early = { ...end, data: { form: 'early-end', dischargedAt: minute(0), confirmedWarnings: [] } };
    const ended = inTurn(stated(policy), 20, early as SvuCommand);
    expect(texts(ended)).toEqual([
      expect.stringMatching(/^Gäller inte längre\. Ersatt 2026-03-02 kl\. 10\.20\.\n/u),
    ]);
    expect(texts(inTurn(stated(policy), 20, end))).toEqual([expect.stringMatching(/^Tid för hemgång\n/u)]);
    expect(texts(inTurn(ended, 30, undo))).toEqual([
      expect.stringMatching(/^Gäller inte längre\. /u),
      expect.stringContaining('Orsak till att tiden inte gäller: utskrivningen har ångrats'),
    ]);
  });

  it('SVU-37: is asked for once, however often the ground moves', () => {
    const back = step('change-planned-discharge', { date: '2026-03-09', reason: 'Väntar' });
    const course = inTurn(stated(policy), 20, changeDate, back, moved);
    expect(unconfirmed(course)).toHaveLength(1);
    expect(asked(course)).toHaveLength(1);
  });

  it.each([
    ['the ward of the case', []],
    ['the ward of a case whose patient is in another organisation', [foreign]],
    ['the ward of a case whose patient is nobody knows where', [nobodyKnows]],
    [
      'the ward of a case whose patient has left',
      [fact('note-journal-discharge', { dischargedAt: minute(1) })],
    ],
  ])('SVU-37: stands where another ward takes the place of %s, which moves nobody', (_of, before) => {
    const course = stated(policy, ...before);
    const catalogue: Actor = { kind: 'system', system: 'catalogue' };
    const successor = { unit: units.otherWard, name: 'Avdelning 2' };
    const commands =
      kindOfSvu.succeeded?.(course.state, units.ward, successor, { at: minute(20), by: catalogue }) ?? [];
    const replaced = commands.reduce((each, one) => each.after(one as SvuCommand), course);
    expect(replaced.state.ward).toBe(units.otherWard);
    expect(texts(replaced)).toEqual([expect.stringMatching(/^Tid för hemgång\n/u)]);
    expect([unconfirmed(replaced), asked(replaced)]).toEqual([[], []]);
    // A move that follows is one.
    const again = inTurn(
      replaced,
      30,
      fact('change-ward', { ward: units.ward, wardName: 'Avdelning 1', known: true }),
    );
    expect(unconfirmed(again)).toHaveLength(1);
  });

  it('SVU-37: stands where the ground has not moved', () => {
    const course = inTurn(stated(policy), 20, reportReady, joins(units.school, 'municipality'));
    const other = {
      ...reportReady,
      data: { ...reportReady.data, doctor: 'SE2321000016-1010' },
    } as SvuCommand;
    expect(texts(inTurn(course, 30, other))).toEqual([expect.stringMatching(/^Tid för hemgång\n/u)]);
    expect(asked(course)).toEqual([]);
  });

  it('SVU-37, ADR-13: is asked of the unit that joins, where nobody of the municipality was left', () => {
    const gone = inTurn(
      stated(policy),
      20,
      leaves(units.homeNursing, needsAssessor),
      leaves(units.needsAssessment, needsAssessor),
    );
    expect(asked(gone)).toEqual([]);
    expect(unconfirmed(gone)).toHaveLength(1);
    expect(asked(inTurn(gone, 30, joins(units.homeNursing, 'municipality')))).toEqual([
      `state-homecoming:${units.homeNursing}:1`,
    ]);
  });

  it('CON-8, SVU-37: is told of and asked for only once a decision stands again', () => {
    const without = inTurn(stated(policy), 20, withdrawConsent, moved);
    expect([...unconfirmed(without), ...asked(without)]).toEqual([]);
    const again = step('register-decision', {
      decisionId: '0b1d3a52-0000-4000-8000-0000000000a9',
      ...consent,
    });
    const course = inTurn(without, 30, { ...again, by: otherNurse });
    expect(unconfirmed(course)).toHaveLength(1);
    expect(asked(course)).toEqual([`state-homecoming:${units.needsAssessment}:1`]);
  });

  it('VIEW-12, SVU-37: does not look current where what moved it came before it and was dealt with after it', () => {
    const late = stated(policy).after({ ...moved, at: minute(-30) });
    expect(texts(late)).toEqual([
      expect.stringMatching(/^Gäller inte längre\. Ersatt /u),
      expect.stringMatching(/^Tid för hemgång inte bekräftad\n/u),
    ]);
  });

  it('CON-5: a refusal takes the time and what was asked; both come back when all is shared again', () => {
    const refused = inTurn(stated(policy), 20, changeDate, refuse);
    expect(asked(refused)).toEqual([]);
    expect(texts(refused).join()).not.toMatch(/14\.00|Orsak/u);
    expect(JSON.stringify(refused.state.homecoming)).not.toContain(homeAt);
    const day = step('change-planned-discharge', { date: '2026-03-10' });
    expect(asked(inTurn(refused, 25, day))).toEqual([]);
    const consented = inTurn(
      refused,
      30,
      step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a9', ...consent }),
      step('publish-admission-notice', { reason: 'Höftfraktur' }),
    );
    expect(asked(consented)).toEqual([`state-homecoming:${units.needsAssessment}:2`]);
    expect(texts(consented).at(-1)).toContain('Tid för hemgång inte bekräftad');
  });
});

it('SVU-37: does not stand once the day of ready is another, where the policy takes days ahead', () => {
  const ready = (date: string) => step('report-ready', { date, ...doctor });
  const before = inTurn(stated('skane', ready('2026-03-05')), 20, ready('2026-03-07'));
  expect(texts(before).at(-1)).toContain('dagen för utskrivningsklar är en annan');
  const first = inTurn(stated('skane'), 20, ready('2026-03-07'));
  expect(texts(first).at(-1)).toContain('dagen för utskrivningsklar är en annan');
});
