import * as fc from 'fast-check';
import * as cast from '../../../test/support/process/cast.js';
import { stored } from '../../../test/support/process/given.js';
import * as cases from '../../../test/support/process/svu.js';
import { policyNames } from '../policy/policy.js';
import type { Side, UserActor } from '../vocabulary.js';
import type { SvuCommand } from './commands.js';
import type { SvuEvent } from './events.js';
import { currentDecision, isRefused } from './questions.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';
import { svu } from './svu.js';

/** Everything somebody writes freely carries this word, so that it can be found wherever it should not be. */
const secret = 'HEMLIGT';

const { units } = cast;
const users = fc.constantFrom<UserActor[]>(
  // More often those who can do something.
  cast.nurse,
  cast.nurse,
  cast.nurse,
  cast.districtNurse,
  cast.districtNurse,
  cast.needsAssessor,
  cast.homeNurse,
  cast.otherNurse,
  cast.otherDistrictNurse,
  cast.reader,
  cast.municipalReader,
  cast.teacher,
);
const day = fc.constantFrom('2026-02-20', '2026-03-02', '2026-03-05', '2026-03-09', 'soon');
const moment = fc.constantFrom('2026-03-02T06:40:00.000Z', cases.now, '2026-03-30T08:00:00.000Z', 'x');
const text = fc.constantFrom('', `${secret} därför`);
const unit = fc.constantFrom(...Object.values(units));
/** A unit is of one side: the directory says so. */
const sides: Readonly<Record<string, Side>> = {
  [units.ward]: 'hospital',
  [units.otherWard]: 'hospital',
  [units.healthCentre]: 'outpatient',
  [units.otherHealthCentre]: 'outpatient',
  [units.needsAssessment]: 'municipality',
  [units.homeNursing]: 'municipality',
  [units.school]: 'other',
};
const contact = fc.constantFrom('SE2321000016-2001', 'SE2321000016-2009');
const yes = fc.boolean();
const decisionId = fc.constantFrom(cases.consentId, cases.refusalId, cases.assessmentId);
const decision = fc.constantFrom(
  cases.consent,
  cases.refusal,
  { ...cases.harmAssessment, reasonConsentUnavailable: secret },
  { kind: 'secrecy-breaking-rule', law: 'LPT' },
);
const result = (...found: readonly string[]) =>
  fc.oneof(
    fc.constant({ found: true, units: found }),
    fc.constant({ found: false, cause: 'service-unavailable' }),
  );

/** Commands of users and facts of systems; `complete-todo` takes the key of some to-do that exists. */
const steps: Readonly<Record<string, fc.Arbitrary<object>>> = {
  'record-patient-information': fc.record({ informed: yes, oral: yes, written: yes, reason: text }),
  'register-decision': fc.tuple(decisionId, decision).map(([id, data]) => ({ decisionId: id, ...data })),
  'deregister-decision': fc.record({ decisionId }),
  'publish-admission-notice': fc.record({ reason: text }),
  'complete-todo': fc.record({ pick: fc.nat() }),
  'change-planned-discharge': fc.record({ date: day, reason: text }),
  'report-ready': fc.record({ date: day, doctor: fc.constant('d'), doctorName: fc.constant('D') }),
  'withdraw-ready': fc.record({ expectedDischarge: day, reason: text }),
  discharge: fc.record({
    dischargedAt: moment,
    form: fc.constantFrom('discharge', 'early-end'),
    dischargedTo: fc.constantFrom('', 'hem'),
    comment: text,
    confirmedWarnings: fc.constantFrom([], ['no-contact-calls-to-sip']),
  }),
  'undo-discharge': fc.record({ reason: text }),
  annul: fc.record({ reason: text }),
  'add-participant': unit.map((each) => ({
    unit: each,
    unitName: each,
    side: sides[each],
    organisation: 'o',
  })),
  'remove-participant': fc.record({ unit, confirmed: yes, reason: text }),
  'name-contact': fc.record({
    contact,
    contactName: fc.constant('U'),
    callsToSip: yes,
    responsibility: text,
  }),
  'remove-contact': fc.record({ contact }),
};
const facts: Readonly<Record<string, fc.Arbitrary<object>>> = {
  address: fc.record({
    outpatient: result(units.otherHealthCentre),
    municipality: result(units.needsAssessment, units.homeNursing),
  }),
  'change-ward': fc.record({ ward: fc.constantFrom(units.ward, units.otherWard), known: yes }),
  'note-journal-discharge': fc.record({ dischargedAt: moment }),
  'note-register-change': fc.constantFrom({ changed: ['listing'] }, { changed: ['name'] }),
  'note-admission-elsewhere': fc.record({ ward: unit }),
  freeze: fc.constant({ cause: 'protection-unknown' }),
  unfreeze: fc.constant({}),
};

type Attempt = { readonly type: string; readonly data: object; readonly by: SvuCommand['by'] };

const attemptOf = (kinds: typeof steps, by: fc.Arbitrary<SvuCommand['by']>): fc.Arbitrary<Attempt> =>
  fc
    .constantFrom(...Object.keys(kinds))
    .chain((type) => fc.record({ type: fc.constant(type), data: kinds[type] ?? fc.constant({}), by }));

const freezing = new Set(['freeze', 'unfreeze']);
const calmFacts = Object.fromEntries(Object.entries(facts).filter(([type]) => !freezing.has(type)));

const attempts = fc.array(
  fc.oneof(
    { weight: 30, arbitrary: attemptOf(steps, users) },
    { weight: 6, arbitrary: attemptOf(calmFacts, fc.constant(cast.journal)) },
    { weight: 1, arbitrary: attemptOf(facts, fc.constant(cast.register)) },
    { weight: 1, arbitrary: attemptOf(facts, users) },
  ),
  { maxLength: 50, size: 'max' },
);

const begun = fc.tuple(fc.constantFrom(...policyNames), fc.integer({ min: 0, max: 6 }), attempts);

const nameContact = cases.step(
  'name-contact',
  { contact: 'SE2321000016-2001', contactName: 'U', callsToSip: false, responsibility: secret },
  cast.districtNurse,
);

/** A case that has come some way, and what is tried on it then. */
const beginning = (policy: (typeof policyNames)[number], far: number): readonly SvuEvent[] =>
  cases
    .opened(policy, { reason: `${secret} orsak` })
    .after(
      ...[
        cases.inform,
        cases.giveConsent,
        cases.publish,
        nameContact,
        cases.reportReady,
        cases.discharge,
      ].slice(0, far),
    ).events;

type Moment = {
  readonly before: SvuState;
  readonly command: SvuCommand;
  readonly events: readonly SvuEvent[];
};

/** Plays a case and checks `each` accepted command, every state `after` an attempt, and how it comes to its `end`. */
function play(check: {
  /** Set where what is tried must be the same each time; else a failure prints the seed it came with. */
  readonly seed?: number;
  readonly each?: (moment: Moment) => void;
  readonly after?: (state: SvuState) => void;
  readonly end?: (state: SvuState, events: readonly SvuEvent[]) => void;
}): void {
  fc.assert(
    fc.property(begun, ([policy, far, some]) => {
      let events = beginning(policy, far);
      let state = fold(events);
      for (const attempt of some) {
        const command = commandOf(attempt, state);
        const decided = svu.decide(command, state).events ?? [];
        if (decided.length > 0) check.each?.({ before: state, command, events: decided });
        state = decided.reduce<SvuState>((before, event) => svu.evolve(before, event), state);
        events = [...events, ...decided];
        check.after?.(state);
      }
      check.end?.(state, events);
    }),
    {
      numRuns: check.end === undefined ? 1500 : 300,
      ...(check.seed === undefined ? {} : { seed: check.seed }),
    },
  );
}

function commandOf({ type, data, by }: Attempt, state: SvuState): SvuCommand {
  const keys = Object.keys(state.todos);
  const chosen =
    'pick' in data ? { key: keys[Number(data.pick) % Math.max(keys.length, 1)] ?? 'none' } : data;
  return { type, at: cases.now, by, data: chosen } as SvuCommand;
}

function fold(
  events: readonly SvuEvent[],
  between: (state: SvuState) => SvuState = (state) => state,
): SvuState {
  const state = events.reduce<SvuState | undefined>(
    (before, event) => between(svu.evolve(before, event)),
    undefined,
  );
  if (state === undefined) throw new Error('no events');
  return state;
}

/** What a database does to an object: the same fields in another order. */
function reordered<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reordered) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]) => [name, reordered(each as unknown)] as const);
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? 1 : -1))) as T;
}

const open = (state: SvuState) => Object.values(state.todos).filter((todo) => todo.state === 'requested');

/** Fails when anything is listed. Asked many thousands of times, so it is cheap while all is well. */
function none(wrong: readonly unknown[]): void {
  if (wrong.length > 0) throw new Error(`not allowed: ${JSON.stringify(wrong)}`);
}

const only = <T>(condition: boolean, found: T): readonly T[] => (condition ? [found] : []);
const tells = (content: unknown): boolean => JSON.stringify(content).includes(secret);

describe('Whatever is tried on an SVU case', () => {
  it('SVU-4: nothing is to acknowledge before publication, and no receiver is told', () => {
    play({
      after: (state) => {
        if (state.publishedAt !== undefined) return;
        none(Object.keys(state.todos).filter((key) => key.startsWith('acknowledge')));
        const told = Object.values(state.notices).flatMap((notice) => notice.recipients);
        none(told.filter((each) => (state.participants[each]?.side ?? 'hospital') !== 'hospital'));
      },
    });
  });

  it('SVU-23: after discharge nothing but undoing and sealing happens', () => {
    const possible: Readonly<Record<SvuState['phase'], readonly string[] | undefined>> = {
      draft: undefined,
      published: undefined,
      discharged: ['undo-discharge', 'freeze', 'unfreeze'],
      annulled: ['freeze', 'unfreeze'],
    };
    play({
      each: ({ before, command }) => {
        none(only(possible[before.phase]?.includes(command.type) === false, command.type));
      },
    });
  });

  it('PAT-6: a frozen case takes nothing that adds data, and shows nothing', () => {
    play({
      each: ({ before, command }) => {
        if (!before.frozen || command.type === 'unfreeze') return;
        const key = command.type === 'complete-todo' ? command.data.key : '';
        none(only(before.todos[key]?.kind !== 'continue-by-telephone', command.type));
      },
      after: (state) => {
        if (!state.frozen) return;
        none(open(state).filter((todo) => todo.personal));
        none(only(tells(sharedContent(state)), state));
      },
    });
  });

  it('ACC-1, ACC-7: whoever does something takes part, and every open to-do belongs to one who does', () => {
    play({
      each: ({ before, command: { by } }) => {
        none(only(by.kind === 'user' && before.participants[by.unit] === undefined, by));
      },
      after: (state) => {
        none(open(state).filter((todo) => state.participants[todo.unit] === undefined));
        none(only(state.participants[state.ward] === undefined, state.ward));
        const over = state.phase === 'discharged' || state.phase === 'annulled';
        none(open(state).filter((todo) => over && todo.personal));
      },
    });
  });

  it('CON-5: a refusal leaves nothing that somebody wrote visible, neither before nor after', () => {
    play({
      after: (state) => {
        if (!isRefused(state)) return;
        none(only(tells([sharedContent(state), state.notices, state.reason]), state));
      },
    });
  });

  it('CON-2, CON-8: at most one decision stands, and nothing is published while none does', () => {
    const publications = new Set([
      'AdmissionNoticePublished',
      'PlannedDischargeChanged',
      'ReadyReported',
      'ReadyWithdrawn',
      'Discharged',
      'ContactNamed',
    ]);
    play({
      each: ({ before, events }) => {
        if (before.phase !== 'published' || currentDecision(before) !== undefined) return;
        none(events.filter((event) => publications.has(event.type)));
      },
      after: (state) => none(state.decisions.slice(0, -1).filter((each) => each.endedAt === undefined)),
    });
  });

  it('the state is a function of the events, also after they and it were stored', () => {
    play({
      end: (state, events) => {
        expect(stored(state)).toStrictEqual(state);
        expect(fold(stored(events), (each) => stored(reordered(each)))).toEqual(state);
      },
    });
  });

  it('what is tried reaches every kind of event, so that the rules above are put to the test', () => {
    const seen = new Set<string>();
    play({ seed: 1, each: ({ events }) => events.forEach((event) => seen.add(event.type)) });
    expect([...seen].toSorted()).toEqual(
      [
        'AddressingFailed',
        'AdmissionElsewhereNoted',
        'AdmissionNoticePublished',
        'CaseAnnulled',
        'CaseFrozen',
        'CaseUnfrozen',
        'ContactNamed',
        'ContactRemoved',
        'DecisionDeregistered',
        'DecisionRegistered',
        'DischargeUndone',
        'Discharged',
        'JournalDischargeNoted',
        'ParticipantAdded',
        'ParticipantRemoved',
        'PatientInformationRecorded',
        'PlannedDischargeChanged',
        'ReadyReported',
        'ReadyWithdrawn',
        'RegisterChangeNoted',
        'TodoCompleted',
        'WardChanged',
      ].toSorted(),
    );
  });
});
