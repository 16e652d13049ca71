import type { HsaId, Instant, LocalDate, Notice } from '../vocabulary.js';
import { policyOfCase } from './questions.js';
import { stepsOf } from './steps.js';
import type { RegisteredDecision, StepName, StepState, SvuState } from './state.js';

/**
 * What of a case its views may show. A field that is absent may not be shown; a view never asks the state itself for it.
 * A draft's content is the hospital's own: its views show it to the hospital side only (ACC-2).
 */
export type SharedContent = {
  /** `none`: frozen (PAT-6). `minimum`: by CON-5. `full`: everything the case has. */
  readonly level: 'none' | 'minimum' | 'full';
  /** Whether the register data beyond the person's identity may be shown. */
  readonly registerData: boolean;
  /** Whether free text of steps may be shown. */
  readonly freeText: boolean;
  readonly admittedAt?: Instant;
  readonly needsAssessedAt?: Instant;
  readonly ward?: HsaId;
  readonly expectedDischarge?: LocalDate;
  readonly reason?: string;
  /** Whether the patient was informed; under refusal only whether the brochure was given (`written`). */
  readonly information?: {
    readonly written: boolean;
    readonly oral?: boolean;
    readonly informed?: boolean;
    readonly reason?: string;
  };
  readonly ready?: NonNullable<SvuState['ready']>;
  readonly discharge?: NonNullable<SvuState['discharge']>;
  readonly contacts: SvuState['contacts'];
  readonly decisions: readonly RegisteredDecision[];
  readonly notices: Readonly<Record<string, Notice>>;
  readonly steps: Readonly<Record<StepName, StepState>>;
};

/**
 * What the case may show now (CON-5, CON-8, PAT-6). After a deregistered decision what was published stays; after a
 * refusal only the minimum does, until the case is published anew under another decision.
 */
export function sharedContent(state: SvuState): SharedContent {
  if (state.frozen) return nothing;
  const refused = state.sharing === 'minimum' || isDraftUnderRefusal(state);
  return refused ? minimum(state) : everything(state);
}

/** A draft's last word counts even before it is published, so that a refusal hides at once. */
function isDraftUnderRefusal(state: SvuState): boolean {
  const last = state.decisions.at(-1);
  return state.sharing === undefined && last?.endedAt === undefined && last?.data.kind === 'refusal';
}

const nothing: SharedContent = {
  level: 'none',
  registerData: false,
  freeText: false,
  contacts: {},
  decisions: [],
  notices: {},
  steps: {
    'admission-notice': 'not-begun',
    'planned-discharge': 'not-begun',
    ready: 'not-begun',
    discharge: 'not-begun',
  },
};

function everything(state: SvuState): SharedContent {
  const { information } = state;
  return {
    level: 'full',
    registerData: true,
    freeText: true,
    admittedAt: state.admittedAt,
    ward: state.ward,
    expectedDischarge: state.expectedDischarge,
    ...(state.needsAssessedAt === undefined ? {} : { needsAssessedAt: state.needsAssessedAt }),
    ...(state.reason === undefined ? {} : { reason: state.reason }),
    ...(information === undefined
      ? {}
      : {
          information: {
            informed: information.informed,
            oral: information.oral,
            written: information.written,
            ...(information.reason === undefined ? {} : { reason: information.reason }),
          },
        }),
    ...(state.ready === undefined ? {} : { ready: state.ready }),
    ...(state.discharge === undefined ? {} : { discharge: state.discharge }),
    contacts: state.contacts,
    decisions: state.decisions,
    notices: state.notices,
    steps: stepsOf(state),
  };
}

function minimum(state: SvuState): SharedContent {
  const policy = policyOfCase(state);
  const may = (field: (typeof policy.minimumUnderRefusal)[number]) =>
    policy.minimumUnderRefusal.includes(field);
  const steps = stepsOf(state);
  const showsReady = policy.readyUnderRefusal;
  return {
    level: 'minimum',
    registerData: may('register-data'),
    freeText: false,
    ...(may('admission-date') ? { admittedAt: state.admittedAt } : {}),
    ...(may('ward') ? { ward: state.ward } : {}),
    ...(may('expected-discharge') ? { expectedDischarge: state.expectedDischarge } : {}),
    ...(may('brochure') && state.information !== undefined
      ? { information: { written: state.information.written } }
      : {}),
    ...(showsReady && state.ready !== undefined ? { ready: state.ready } : {}),
    ...(may('discharge-notice') && state.discharge !== undefined
      ? { discharge: withoutComment(state.discharge) }
      : {}),
    contacts: {},
    decisions: state.decisions,
    notices: Object.fromEntries(
      Object.entries(state.notices).filter(([, notice]) => showsReady || !isAboutReady(notice)),
    ),
    steps: showsReady ? steps : { ...steps, ready: 'not-begun' },
  };
}

function isAboutReady(notice: Notice): boolean {
  return notice.kind === 'ready' || notice.kind === 'ready-withdrawn';
}

function withoutComment(discharge: NonNullable<SvuState['discharge']>): NonNullable<SvuState['discharge']> {
  const { comment: _private, ...rest } = discharge;
  return rest;
}
