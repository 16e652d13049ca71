import * as fc from 'fast-check';
import type { SvuNoticeKind, SvuState, SvuTodoKind } from '../../src/process/svu/state.js';
import type { RegisteredDecision } from '../../src/process/case/state.js';
import { svuTables } from '../../src/process/svu/tables.js';
import type { Notice, Side, Todo, UserActor } from '../../src/process/vocabulary.js';
import { codeSystems } from '../../src/projection/codes/codes.js';

/** States of cases: one made by hand, and any that the types allow. */

export const caseId = '0d6f6e52-7f5e-4f5c-8a38-2f8a4a0f1c01';
export const personId = '6c1f8b60-5d3b-4a9e-9a5e-f0f3f5a1b202';
export const stayId = 'b7a0c5f4-1c7e-4f0c-8f62-0c0f7b3c4d03';
export const reason = 'Höftfraktur efter fall i hemmet';
export const ward = 'SE2321000255-W101';
export const healthCentre = 'SE2321000255-V201';
export const municipality = 'SE2120001124-B301';

export const nurse: UserActor = {
  kind: 'user',
  user: 'SE2321000255-P001',
  unit: ward,
  unitName: 'Avdelning 12',
  organisation: '2321000255',
  side: 'hospital',
  role: 'nurse',
  licensed: true,
  responsibilities: ['read', 'write'],
};

const at = '2026-11-20T09:15:00.000Z';

const notice = (
  kind: SvuNoticeKind,
  content: Notice['content'] = {},
  personal = true,
): Notice<SvuNoticeKind> => ({
  key: `${kind}:1`,
  kind,
  sentAt: at,
  sentBy: nurse,
  recipients: [healthCentre, municipality],
  content,
  personal,
});

const todo = (kind: SvuTodoKind, unit: string, more: Partial<Todo<SvuTodoKind>> = {}): Todo<SvuTodoKind> => ({
  key: `${kind}:${unit}:1`,
  kind,
  unit,
  responsibility: 'acknowledge',
  openedAt: at,
  state: 'requested',
  personal: true,
  ...more,
});

const byKey = <Item extends { readonly key: string }>(...items: Item[]): Record<string, Item> =>
  Object.fromEntries(items.map((item) => [item.key, item]));

export const consent: RegisteredDecision = {
  id: '3e1d0a58-0f5e-4d6c-9f3e-2b8a7c6d5e04',
  data: { kind: 'consent', form: 'oral', givenBy: 'patient' },
  registeredAt: at,
  registeredBy: nurse,
};

export const refusal: RegisteredDecision = {
  ...consent,
  id: '3e1d0a58-0f5e-4d6c-9f3e-2b8a7c6d5e05',
  data: { kind: 'refusal', form: 'written', givenBy: 'patient' },
};

export const harmAssessment: RegisteredDecision = {
  ...consent,
  id: '3e1d0a58-0f5e-4d6c-9f3e-2b8a7c6d5e06',
  data: {
    kind: 'harm-assessment',
    assessor: nurse.user,
    assessorName: 'Anna Andersson',
    assessorTitle: 'Sjuksköterska',
    assessorLicensed: true,
    reasonConsentUnavailable: 'Patienten är medvetslös',
    mayHarm: false,
    necessary: true,
  },
};

/** A case published under consent, with the admission notice out and to be acknowledged. */
export const published: SvuState = {
  kind: 'svu',
  personId,
  policy: { name: 'skane', version: 1 },
  stayId,
  phase: 'published',
  frozen: false,
  openedAt: at,
  openedBy: nurse,
  organisation: '2321000255',
  ward,
  admittedAt: '2026-11-20T07:30:00.000Z',
  admissionNoticeDue: '2026-11-21T07:30:00.000Z',
  expectedDischarge: '2026-11-26',
  reason,
  information: { informed: true, oral: true, written: true, at, by: nurse },
  decisions: [consent],
  publishedAt: at,
  sharing: 'full',
  participants: {
    [ward]: { unit: ward, side: 'hospital', since: at, ground: 'opened', seesContent: true },
    [healthCentre]: {
      unit: healthCentre,
      side: 'outpatient',
      since: at,
      ground: 'listing',
      seesContent: true,
    },
    [municipality]: {
      unit: municipality,
      side: 'municipality',
      since: at,
      ground: 'register',
      seesContent: true,
    },
  },
  unitNames: {
    [ward]: 'Avdelning 12',
    [healthCentre]: 'Vårdcentralen Tallen',
    [municipality]: 'Biståndsenheten',
  },
  contacts: {},
  notAddressed: {},
  todos: byKey(
    todo('acknowledge-admission-notice', healthCentre, { about: 'admission-notice:1' }),
    todo('acknowledge-admission-notice', municipality, { about: 'admission-notice:1' }),
    todo('publish-discharge', ward, {
      responsibility: 'write',
      input: { dischargedAt: '2026-11-26T11:00:00.000Z' },
    }),
  ),
  interrupted: [],
  rounds: { 'admission-notice': 1, 'planned-discharge': 0, ready: 0 },
  notices: byKey(
    notice('admission-notice', {
      admittedAt: '2026-11-20T07:30:00.000Z',
      expectedDischarge: '2026-11-26',
      reason,
      writtenInformation: 'true',
      ward,
    }),
  ),
  steps: {
    'admission-notice': 'awaiting',
    'planned-discharge': 'not-begun',
    ready: 'not-begun',
    discharge: 'not-begun',
  },
};

/** The same case before it is published. */
export const draft: SvuState = (() => {
  const { publishedAt: _publishedAt, sharing: _sharing, ...rest } = published;
  return { ...rest, phase: 'draft', todos: {}, notices: {}, decisions: [] };
})();

/** The same case frozen: the units are told to go on by telephone. */
export const frozen: SvuState = {
  ...published,
  frozen: true,
  notices: { ...published.notices, ...byKey(notice('frozen', {}, false)) },
  todos: {
    ...published.todos,
    ...byKey(todo('continue-by-telephone', healthCentre, { about: 'frozen:1', personal: false })),
  },
};

const text = fc.string({ minLength: 1, maxLength: 20 }).filter((value) => value.trim() === value);
const instant = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const localDate = instant.map((value) => value.slice(0, 10));
const unit = fc.constantFrom(ward, healthCentre, municipality, 'SE2120001124-S401', 'SE1650001122-X501');
const keys = <Key extends string>(table: Readonly<Record<Key, unknown>>) =>
  fc.constantFrom(...(Object.keys(table) as Key[]));
const optional = <Value>(value: fc.Arbitrary<Value>, key: string) =>
  fc.option(value, { nil: undefined }).map((found) => (found === undefined ? {} : { [key]: found }));

const decision: fc.Arbitrary<RegisteredDecision> = fc
  .tuple(
    fc.uuid(),
    fc.oneof(
      fc.record({
        kind: fc.constantFrom('consent' as const, 'refusal' as const),
        form: fc.constantFrom('oral' as const, 'written' as const),
        givenBy: keys(codeSystems.decisionGivenBy.concepts),
      }),
      fc.constant(harmAssessment.data),
      fc.record({
        kind: fc.constant('secrecy-breaking-rule' as const),
        law: fc.constantFrom('LPT' as const, 'LRV' as const),
      }),
    ),
    instant,
    optional(instant, 'endedAt'),
  )
  .map(([id, data, registeredAt, ended]) => ({ id, data, registeredAt, registeredBy: nurse, ...ended }));

const content = fc.dictionary(
  fc.constantFrom('admittedAt', 'dischargedAt', 'expectedDischarge', 'reason', 'comment', 'unknown'),
  fc.constant('2026-11-20T07:30:00.000Z'),
);

const anyNotice: fc.Arbitrary<Notice<SvuNoticeKind>> = fc.record({
  key: fc.uuid(),
  kind: keys(svuTables.notices),
  sentAt: instant,
  sentBy: fc.constantFrom(nurse, { kind: 'system' as const, system: 'journal' }),
  recipients: fc.uniqueArray(unit),
  content,
  personal: fc.boolean(),
});

const anyTodo: fc.Arbitrary<Todo<SvuTodoKind>> = fc
  .tuple(
    fc.record({
      key: fc.uuid(),
      kind: keys(svuTables.todos),
      unit,
      responsibility: fc.constantFrom('acknowledge' as const, 'write' as const),
      openedAt: instant,
      state: fc.constantFrom('requested' as const, 'completed' as const, 'cancelled' as const),
      personal: fc.boolean(),
    }),
    optional(fc.constantFrom('received', 'accepted', 'in-progress'), 'progress'),
    optional(keys(codeSystems.todoStatusReason.concepts), 'statusReason'),
    optional(fc.record({ 'case-goes-on': fc.boolean(), 'handled-on': localDate }), 'outputs'),
    optional(
      fc.array(fc.record({ text: fc.string({ minLength: 1 }), at: instant, by: fc.constant(nurse) }), {
        maxLength: 2,
      }),
      'notes',
    ),
    optional(instant, 'deadline'),
    optional(
      fc.record({ standing: keys(codeSystems.todoDeadline.concepts), deadline: instant, at: instant }),
      'told',
    ),
    optional(instant, 'endedAt'),
    optional(fc.dictionary(fc.constantFrom('dischargedAt', 'cause', 'other'), instant), 'input'),
  )
  .map(([base, ...more]) => Object.assign({}, base, ...more) as Todo<SvuTodoKind>);

const participants = fc
  .uniqueArray(
    fc.record({
      unit,
      side: fc.constantFrom<Side>('hospital', 'outpatient', 'municipality', 'other'),
      since: instant,
      ground: fc.constantFrom('opened' as const, 'listing' as const, 'by-hand' as const),
      seesContent: fc.boolean(),
    }),
    { selector: (participant) => participant.unit },
  )
  .map((list) => Object.fromEntries(list.map((participant) => [participant.unit, participant])));

const stepState = keys(codeSystems.stepState.concepts);

/** Any state that the types allow, sensible or not. */
export const anyState: fc.Arbitrary<SvuState> = fc
  .tuple(
    fc.record({
      phase: fc.constantFrom(
        'draft' as const,
        'published' as const,
        'discharged' as const,
        'annulled' as const,
      ),
      policy: fc.record({ name: keys(codeSystems.policy.concepts), version: fc.integer({ min: 1, max: 3 }) }),
      frozen: fc.boolean(),
      admittedAt: instant,
      expectedDischarge: localDate,
      decisions: fc.array(decision, { maxLength: 3 }),
      participants,
      contacts: fc.dictionary(unit, fc.record({ name: text, unit, callsToSip: fc.boolean() }), {
        maxKeys: 2,
      }),
      notAddressed: fc.dictionary(
        fc.constantFrom('outpatient', 'municipality', 'hospital'),
        keys(codeSystems.addressingFailure.concepts),
      ),
      notices: fc.array(anyNotice, { maxLength: 4 }).map((list) => byKey(...list)),
      todos: fc.array(anyTodo, { maxLength: 4 }).map((list) => byKey(...list)),
      steps: fc.record({
        'admission-notice': stepState,
        'planned-discharge': stepState,
        ready: stepState,
        discharge: stepState,
      }),
    }),
    optional(fc.constantFrom('minimum', 'full'), 'sharing'),
    optional(instant, 'publishedAt'),
    optional(
      fc.record({
        dischargedAt: instant,
        form: fc.constantFrom('discharge', 'early-end'),
        dischargedTo: text,
        at: instant,
      }),
      'discharge',
    ),
  )
  .map(([changes, ...more]) => {
    const { publishedAt: _publishedAt, sharing: _sharing, ...rest } = published;
    return Object.assign({}, rest, changes, ...more) as SvuState;
  });
