import * as fc from 'fast-check';
import type { Consent, Task } from 'fhir/r4.js';
import {
  codeSystems,
  coding,
  extensions,
  harmAssessmentQuestionnaire,
  identifierSystems,
} from '../../../src/projection/codes/codes.js';
import { carePlan, consent } from '../../support/svu.js';
import { admittedAt, cast, days, moments, notForCases, patients, type Actor } from './cast.js';
import { mostly } from './operation.js';
import { freeText, hindrances, mistaken, reasons, saidNo, type ModelCase } from './model.js';

/** A case that somebody wants to open. */
export type Opening = {
  readonly body: object;
  readonly number: string;
  /** Every reason for which it may be refused; none: it must be opened. */
  readonly refusedFor: (by: Actor, open: ModelCase | undefined) => readonly string[];
};

type Opened = {
  readonly number: string;
  readonly start: string;
  readonly end: string;
  readonly reason: string | undefined;
  readonly status: 'draft' | 'active';
};

const asOpening = ({ number, start, end, reason, status }: Opened): Opening => ({
  number,
  body: { ...carePlan(number), status, period: { start, end }, description: reason },
  refusedFor: (by, open) => [
    ...reasons(
      [by.side !== 'hospital', 'not-a-hospital-unit'],
      [!by.writes, 'role-lacks-responsibility'],
      [status !== 'draft', 'value-not-taken'],
      [start === '2026-01-01', 'time-with-zone'],
      [start === moments.future, 'admission-in-the-future'],
      [end === days.past || (start === moments.future && end === days.soon), 'discharge-before-admission'],
      [open !== undefined, open?.units.has(by.unit) === true ? 'svu-already-open' : 'svu-open-elsewhere'],
    ),
    ...(Object.hasOwn(notForCases, number) ? [notForCases[number as keyof typeof notForCases]] : []),
  ],
});

/** As a nurse opens it. */
export const openingOf = (number: string): Opening =>
  asOpening({ number, start: admittedAt, end: days.soon, reason: 'Höftfraktur efter fall', status: 'draft' });

export const anyOpening: fc.Arbitrary<Opening> = fc
  .record({
    number: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...Object.keys(patients)) },
      { weight: 1, arbitrary: fc.constantFrom(...Object.keys(notForCases)) },
    ),
    start: mostly(admittedAt, moments.future, '2026-01-01'),
    end: mostly<string>(days.soon, days.past, days.later),
    reason: mostly<string | undefined>('Höftfraktur efter fall', undefined),
    status: mostly<'draft' | 'active'>('draft', 'draft', 'active'),
  })
  .map(asOpening);

/** A decision that somebody wants to register on a case. */
export type Deciding = {
  readonly kind: string;
  readonly body: (caseId: string) => Consent;
  readonly refusedFor: (of: ModelCase, by: Actor) => readonly string[];
  /** Reasons that are told whatever the case, for they stand in the body. */
  readonly faults: readonly string[];
};

/** CON-8: the patient also says no when the case is over; nothing else is decided then. */
const noAtAnyTime = ['draft', 'published', 'discharged'] as const;
const only = { side: ['hospital', 'only-hospital-registers-decision'] } as const;

const given: fc.Arbitrary<Deciding> = fc
  .record({
    kind: mostly<'consent' | 'refusal'>('consent', 'refusal'),
    type: mostly('right', 'right', 'wrong'),
  })
  .map(({ kind, type }) => ({
    kind,
    body: (caseId) => {
      const right = consent(caseId, kind);
      return type === 'right'
        ? right
        : { ...right, provision: { ...right.provision, type: kind === 'refusal' ? 'permit' : 'deny' } };
    },
    refusedFor: (of, by) => hindrances(of, by, kind === 'refusal' ? { ...only, phases: noAtAnyTime } : only),
    faults: reasons([type !== 'right', 'value-not-taken']),
  }));

const assessed: fc.Arbitrary<Deciding> = fc
  .record({
    assessor: mostly(cast.doctor.user, cast.planner.user, 'SE4999000013-P999'),
    why: mostly<string | undefined>('Medvetslös', undefined),
  })
  .map(({ assessor, why }) => ({
    kind: 'harm-assessment',
    body: (caseId) => {
      const { extension: _form, ...rest } = consent(caseId);
      return {
        ...rest,
        category: [{ coding: [coding(codeSystems.decision, 'harm-assessment')] }],
        performer: [{ identifier: { system: identifierSystems.hsa, value: assessor } }],
        contained: [
          {
            resourceType: 'QuestionnaireResponse',
            id: 'answers',
            status: 'completed',
            questionnaire: harmAssessmentQuestionnaire,
            ...(why === undefined
              ? {}
              : { item: [{ linkId: 'reason-consent-unavailable', answer: [{ valueString: why }] }] }),
          },
        ],
        sourceReference: { reference: '#answers' },
      };
    },
    refusedFor: (of, by) => [
      ...hindrances(of, by, only),
      ...reasons(
        [saidNo(of), 'harm-assessment-over-refusal'],
        [!by.licensed, 'registrar-not-licensed'],
        [assessor === cast.planner.user, 'assessor-not-licensed'],
        // CON-3: who judges is of the organisation that tells.
        [assessor.split('-')[0] !== by.unit.split('-')[0], 'assessor-of-another-organisation'],
        [why === undefined, 'reason-consent-unavailable-required'],
      ),
    ],
    faults: reasons([assessor === 'SE4999000013-P999', 'reference-unknown']),
  }));

const broken: fc.Arbitrary<Deciding> = fc.constant({
  kind: 'secrecy-breaking-rule',
  body: (caseId) => {
    const { extension: _form, ...rest } = consent(caseId);
    return {
      ...rest,
      category: [{ coding: [coding(codeSystems.decision, 'secrecy-breaking-rule')] }],
      policyRule: { coding: [coding(codeSystems.secrecyLaw, 'LPT')] },
    };
  },
  refusedFor: (of, by) => [...hindrances(of, by, only), 'secrecy-breaking-rule-not-in-policy'],
  faults: [],
});

export const anyDecision: fc.Arbitrary<Deciding> = fc.oneof(
  { weight: 8, arbitrary: given },
  { weight: 3, arbitrary: assessed },
  { weight: 1, arbitrary: broken },
);

/** How a decision that is stored is sent back. */
export type Redeciding = {
  readonly change: (stored: Consent) => Consent;
  readonly refusedFor: (stored: Consent, of: ModelCase, by: Actor) => readonly string[];
  readonly take: (of: ModelCase, id: string) => void;
};

export const anyRedecision: fc.Arbitrary<Redeciding> = mostly<
  'end' | 'mistake' | 'same' | 'reopen' | 'change'
>('end', 'mistake', 'same', 'reopen', 'change').map((how) => ({
  take: (of, id) => {
    if (how === 'mistake') mistaken(of, id);
    else if (how === 'end' && of.decision?.id === id) of.decision = undefined;
  },
  change: (stored) =>
    ({
      end: { ...stored, status: 'inactive' as const },
      mistake: { ...stored, status: 'entered-in-error' as const },
      same: stored,
      reopen: { ...stored, status: 'active' as const },
      change: { ...stored, extension: [{ url: extensions.decisionForm, valueString: 'x' }] },
    })[how],
  refusedFor: (stored, of, by) => {
    if (how === 'same' && stored.status === 'active') return [];
    if (how === 'reopen') return reasons([stored.status !== 'active', 'value-not-taken']);
    // CON-6: what was registered by mistake stays so.
    if (how === 'end' && stored.status === 'entered-in-error') return ['value-not-taken'];
    // Of a decision without form and giver nothing is changed: there no extension is taken.
    if (how === 'change')
      return [stored.extension === undefined ? 'extension-not-taken' : 'element-not-changeable'];
    return [
      ...hindrances(of, by, { side: ['hospital', 'only-hospital-deregisters'], phases: noAtAnyTime }),
      // CON-2: while a later one stands, nobody is told that the one before it was withdrawn.
      ...reasons([
        how !== 'mistake' &&
          stored.status !== 'entered-in-error' &&
          of.decision !== undefined &&
          of.decision.id !== stored.id,
        'decision-not-current',
      ]),
    ];
  },
}));

/** What is said of a to-do. */
export type Saying = {
  readonly change: (stored: Task) => Task;
  readonly refusedFor: (stored: Task, of: ModelCase, by: Actor) => readonly string[];
};

/** ORG-12: what a unit may say of its to-do, from and to. */
export const forward: Readonly<Record<string, readonly string[]>> = {
  requested: ['received', 'accepted', 'in-progress', 'completed'],
  received: ['accepted', 'in-progress', 'completed'],
  accepted: ['in-progress', 'completed'],
  'in-progress': ['completed'],
};
/** A kind that is missing here is found rarely: nobody ends such a to-do by hand, so a new one must be named. */
export const endsByItsStep: ReadonlySet<string> = new Set([
  'publish-admission-notice',
  'address-by-hand',
  'publish-discharge',
  'state-homecoming',
  'appoint-contact',
  'report-planning-done',
  'send-planning-basis',
  'answer-admission-notice',
  'receive-at-home',
  'write-patient-information',
  'hand-over-patient-information',
  'complete-statement',
  'sign-statement',
]);

export const kindOf = ({ code }: Task): string => code?.coding?.[0]?.code ?? '';
export const ownerOf = ({ owner }: Task): string => owner?.identifier?.value ?? '';

/** A number that has no place in a note. */
const someNumber = '194910129974';

const allStatuses = [
  'received',
  'accepted',
  'accepted',
  'in-progress',
  'in-progress',
  'completed',
  'completed',
  'completed',
  'same',
  'rejected',
  'failed',
  'cancelled',
  'on-hold',
  'requested',
] as const;

export const anySaying: fc.Arbitrary<Saying> = fc
  .record({
    status: fc.constantFrom<string[]>(...allStatuses),
    why: mostly<string | undefined>(undefined, 'awaits-information', 'awaits-assessment', 'nonsense'),
    note: fc.oneof(
      { weight: 5, arbitrary: fc.constant(undefined) },
      { weight: 3, arbitrary: fc.uuid().map((id) => `Ringt ${id.replaceAll(/\d/g, '')}`) },
      { weight: 1, arbitrary: fc.constant(`Ring ${someNumber}`) },
    ),
    output: mostly<boolean | undefined>(undefined, undefined, true),
    other: mostly<object>({}, {}, { priority: 'urgent' }, { description: 'något annat' }),
  })
  .map(({ status: asked, why, note, output, other }) => {
    const wanted = (stored: Task): Task['status'] =>
      asked === 'same' ? stored.status : (asked as Task['status']);
    return {
      change: (stored) => ({
        ...stored,
        ...other,
        status: wanted(stored),
        ...(why === undefined
          ? {}
          : { statusReason: { coding: [{ system: codeSystems.todoStatusReason.system, code: why }] } }),
        ...(note === undefined ? {} : { note: [{ text: note }] }),
        ...(output === undefined
          ? {}
          : {
              output: [
                { type: { coding: [coding(codeSystems.todoOutput, 'case-goes-on')] }, valueBoolean: output },
              ],
            }),
      }),
      refusedFor(stored, of, by) {
        const status = wanted(stored);
        const moves = status !== stored.status;
        const over = stored.status === 'completed' || stored.status === 'cancelled';
        // A reason that stands already says nothing, with or without its display.
        const newReason = why !== undefined && why !== stored.statusReason?.coding?.[0]?.code;
        const says = newReason || note !== undefined || output !== undefined;
        const writes = newReason || note !== undefined;
        const news = moves || writes || output !== undefined;
        const body = reasons(
          [Object.keys(other).length > 0, 'todo-change-not-allowed'],
          [why === 'nonsense', 'value-not-taken'],
          [note?.includes(someNumber) === true, 'number-in-text'],
          [moves && over, 'todo-ended'],
          [moves && !over && (status === 'rejected' || status === 'failed'), 'receiver-cannot-reject'],
          [moves && !over && !(forward[stored.status] ?? []).includes(status), 'todo-status-not-allowed'],
        );
        if (!moves && !says) return body;
        return [
          ...body,
          ...reasons(
            [ownerOf(stored) !== by.unit, 'todo-of-another-unit'],
            [!by.writes, 'role-lacks-responsibility'],
            [stored.status !== 'completed' && of.phase === 'discharged', 'case-locked'],
            [stored.status !== 'completed' && of.phase === 'annulled', 'case-annulled'],
            [stored.status === 'cancelled' || (over && news), 'todo-ended'],
            [output !== undefined, 'todo-output-not-asked'],
            [status === 'completed' && moves && endsByItsStep.has(kindOf(stored)), 'todo-ends-by-its-step'],
            [writes && !freeText(of), 'refusal-shares-minimum'],
            [writes && of.published && of.decision === undefined, 'no-current-decision'],
          ),
        ];
      },
    };
  });
