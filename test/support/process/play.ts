import * as fc from 'fast-check';
import { policyNames } from '../policies.js';
import { partsOfForm } from '../../../src/process/form/questionnaire.js';
import type { SvuCommand, SvuEvent } from '../../../src/process/svu/subjects.js';
import type { SvuState } from '../../../src/process/svu/state.js';
import { svu } from '../../../src/process/svu/svu.js';
import type { Side } from '../../../src/process/vocabulary.js';
import * as cast from './cast.js';
import { describedSteps } from './described-steps.js';
import { players as users } from './players.js';
import * as cases from './svu.js';

/** Everything somebody writes freely carries this word, so that it can be found wherever it should not be. */
export const secret = 'HEMLIGT';

const { units } = cast;
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
    fc.constant({ found: false, cause: 'no-listing' }),
  );

const red = {
  colour: 'red',
  because: `${secret} omfattande`,
  follows: ['invite-to-sip', 'pre-meeting-required', 'decide-when-sip'],
} as const;
const blue = {
  colour: 'blue',
  because: `${secret} oförändrat`,
  follows: ['home-within-a-day', 'no-invitation-to-sip'],
} as const;

/** The steps that take no more than days, moments, texts and yes or no. */
const described: Readonly<Record<string, fc.Arbitrary<object>>> = Object.fromEntries(
  describedSteps({ boolean: yes, date: day, dateTime: moment, string: text }).map(({ type, data }) => [
    type,
    data,
  ]),
);

/** How the statement reads: what is missing, and whether outpatient care says no. */
const reading = fc.record({
  version: fc.constant(1),
  missing: fc.constantFrom({}, {}, { hospital: 'Egenvård' }, { municipality: 'Planerade åtgärder' }),
  written: fc.subarray([...partsOfForm]),
  disagrees: fc.constantFrom(false, false, true),
});

/** Commands of users and facts of systems; `complete-todo` and `update-todo` take the key of some to-do that exists. */
const steps: Readonly<Record<string, fc.Arbitrary<object>>> = {
  ...described,
  'register-decision': fc.tuple(decisionId, decision).map(([id, data]) => ({ decisionId: id, ...data })),
  'deregister-decision': fc.record(
    { decisionId, mistake: fc.constant(true) },
    { requiredKeys: ['decisionId'] },
  ),
  'complete-todo': fc.record({ pick: fc.nat() }),
  'update-todo': fc.record(
    {
      pick: fc.nat(),
      progress: fc.constantFrom('received', 'accepted', 'in-progress'),
      statusReason: fc.constantFrom('awaits-information', null),
      outputs: fc.constantFrom({}, { 'case-goes-on': true }, { 'handled-on': '2026-03-02' }),
      notes: text.map((each) => [each]),
    },
    { requiredKeys: ['pick'] },
  ),
  'report-ready': fc.record({
    date: day,
    doctor: fc.constant('d'),
    doctorName: fc.constant('D'),
    isHospitalDoctor: fc.constant(true),
    decisionLpt7a: yes,
  }),
  'record-coordinated-care-plan': fc.record({
    date: day,
    doctor: fc.constant('d'),
    doctorName: fc.constant('D'),
    isHospitalDoctor: fc.constant(true),
    madeBy: fc.constant('chief-psychiatrist'),
    law: fc.constant('LPT'),
  }),
  'record-npo-decision': fc.record({
    agrees: yes,
    form: fc.constant('oral'),
    givenBy: fc.constant('patient'),
  }),
  'state-placing-municipality': fc.constantFrom({}, { municipality: '1283', municipalityName: 'Ort' }),
  'publish-admission-notice': fc.record({
    reason: text,
    shortStay: yes,
    confirmedWarnings: fc.constantFrom(['primary-care-missing']),
  }),
  discharge: fc.record({
    dischargedAt: moment,
    form: fc.constantFrom('discharge', 'early-end'),
    dischargedTo: fc.constantFrom('', 'Ordinärt boende'),
    comment: text,
    confirmedWarnings: fc.constantFrom(
      [],
      ['no-contact-calls-to-sip'],
      ['no-contact-calls-to-sip', 'no-receiver-of-side'],
      ['no-contact-calls-to-sip', 'no-receiver-of-side', 'units-not-ready', 'receivers-not-contacted'],
    ),
  }),
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
    isOfOutpatientCare: fc.constant(true),
    callsToSip: yes,
    responsibility: text,
  }),
  'remove-contact': fc.record({ contact }),
  'record-information-handed-over': fc.record({
    handedOverAt: moment,
    to: fc.constantFrom('patient' as const, 'relative' as const),
  }),
  'note-document-standing': fc.record({
    document: fc.constant('planning-basis'),
    standing: fc.constantFrom(
      {},
      { complete: true as const },
      { track: red },
      { complete: true as const, track: blue },
    ),
  }),
  'note-document-written': fc.record({ document: fc.constantFrom('assessment', 'statement') }),
  'complete-statement': fc.record({ form: reading }),
  'sign-statement': fc.record({ form: reading, version: fc.constant(1) }),
  // Mostly one that breaks something.
  'note-statement-changed': fc.record({
    part: fc.constantFrom(...partsOfForm),
    form: reading.map((each) => ({ ...each, missing: { hospital: 'Egenvård' }, disagrees: true })),
  }),
  'form-circle': fc.record({ units: fc.uniqueArray(unit, { minLength: 2, maxLength: 3 }) }),
};
const facts: Readonly<Record<string, fc.Arbitrary<object>>> = {
  address: fc.record({
    outpatient: result(units.otherHealthCentre),
    municipality: result(units.needsAssessment, units.homeNursing),
  }),
  'change-ward': fc.record(
    { ward: fc.constantFrom(units.ward, units.otherWard), known: yes, elsewhere: yes },
    { requiredKeys: ['ward', 'known'] },
  ),
  'note-journal-discharge': fc.record({ dischargedAt: moment }),
  'note-journal-expected-discharge': fc.oneof(fc.record({ date: day }), fc.constant({})),
  'note-admission-cancelled': fc.record({ elsewhere: yes }),
  'note-admission-restored': fc.constant({}),
  'note-other-care': fc.constant({}),
  'note-other-care-ended': fc.constant({}),
  'note-discharge-cancelled': fc.constant({}),
  'replace-person': fc.constant({ personId: cases.otherCase, replaced: cases.personId }),
  'question-identity': fc.constantFrom({ cause: 'double-case' }, { cause: 'not-confirmed' }),
  'settle-identity': fc.constant({}),
  'note-register-change': fc.oneof(
    fc.constantFrom({ changed: ['listing'] }, { changed: ['name'] }),
    fc.record({
      changed: fc.constant(['listing']),
      listed: fc.oneof(
        result(units.healthCentre),
        result(units.otherHealthCentre),
        result('SE2321000016-H203'),
      ),
    }),
  ),
  'link-stay': fc.constant({ stayId: cases.otherCase }),
  'note-admission-elsewhere': fc.oneof(
    fc.record({ ward: unit }),
    fc.constant({}),
    fc.record({ ward: unit, stayId: fc.constant(cases.otherCase) }),
  ),
  'note-elsewhere-ended': fc.constant({ stayId: cases.otherCase }),
  // The clock of the hub: before, between and after the times that an admission gives.
  'note-deadlines': fc.record({
    at: fc.constantFrom(cases.now, '2026-03-03T04:00:00.000Z', '2026-03-04T08:00:00.000Z'),
  }),
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
    { weight: 10, arbitrary: attemptOf(calmFacts, fc.constant(cast.journal)) },
    { weight: 3, arbitrary: attemptOf(facts, fc.constant(cast.register)) },
    { weight: 1, arbitrary: attemptOf(facts, users) },
  ),
  { maxLength: 50, size: 'max' },
);

type Found = NonNullable<Parameters<typeof cases.opened>[1]>;

/** Who the lookups find when the case is opened. */
const lookups = fc.constantFrom<Found[]>(
  {},
  {},
  { outpatient: { found: false, cause: 'service-unavailable' } },
  {
    outpatient: { found: false, cause: 'no-listing' },
    municipality: { found: false, cause: 'municipality-unknown' },
  },
);

const begun = fc.tuple(fc.constantFrom(...policyNames), lookups, fc.integer({ min: 0, max: 6 }), attempts);

const nameContact = cases.step(
  'name-contact',
  {
    contact: 'SE2321000016-2001',
    contactName: 'U',
    isOfOutpatientCare: true,
    callsToSip: false,
    responsibility: secret,
  },
  cast.districtNurse,
);

/** A case that has come some way, and what is tried on it then. */
const beginning = (policy: (typeof policyNames)[number], found: Found, far: number): readonly SvuEvent[] =>
  cases.opened(policy, { reason: `${secret} orsak`, ...found }).after(
    ...[
      cases.inform,
      cases.giveConsent,
      cases.publish,
      nameContact,
      cases.reportReady,
      cases.discharge,
      // Without a health centre nobody names a contact.
    ].slice(0, 'outpatient' in found ? Math.min(far, 3) : far),
  ).events;

type Moment = {
  readonly before: SvuState;
  readonly command: SvuCommand;
  readonly events: readonly SvuEvent[];
};

/** Plays a case and checks `each` accepted command, every state `after` an attempt, and how it comes to its `end`. */
export function play(check: {
  /** Set where what is tried must be the same each time; else a failure prints the seed it came with. */
  readonly seed?: number;
  readonly each?: (moment: Moment) => void;
  readonly after?: (state: SvuState) => void;
  readonly end?: (state: SvuState, events: readonly SvuEvent[]) => void;
}): void {
  fc.assert(
    fc.property(begun, ([policy, found, far, some]) => {
      let events = beginning(policy, found, far);
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
  const { pick, at = cases.now, ...said } = data as { readonly pick?: number; readonly at?: string };
  const chosen =
    pick === undefined ? said : { ...said, key: keys[pick % Math.max(keys.length, 1)] ?? 'none' };
  return { type, at, by, data: chosen } as SvuCommand;
}

export function fold(
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

/** To-dos that are still to be done. */
export const open = (state: SvuState) =>
  Object.values(state.todos).filter((todo) => todo.state === 'requested');

/** Fails when anything is listed. Asked many thousands of times, so it is cheap while all is well. */
export function none(wrong: readonly unknown[]): void {
  if (wrong.length > 0) throw new Error(`not allowed: ${JSON.stringify(wrong)}`);
}

export const only = <T>(condition: boolean, found: T): readonly T[] => (condition ? [found] : []);
