import { minimumOf } from '../case/notices.js';
import { isOfHospital } from '../case/questions.js';
import { sharedLevel } from '../case/shared-level.js';
import type { CaseContent } from '../case/case-content.js';
import type { Track } from '../form/track-colour.js';
import { kindOfNotice } from '../notice/kind-of-notice.js';
import type { HsaId, Instant, LocalDate, Notice } from '../vocabulary.js';
import { documentSteps } from './step-names.js';
import type { Steps } from './step-names.js';
import type { StepState, SvuState } from './state.js';
import { stepsOf } from './steps.js';
import { withoutFreePlace, writesPlaceFreely } from './free-place.js';
import { svuTables } from './tables.js';
import { homeByOf, trackOfCase } from './track.js';
import { policyOfSvu } from './settings.js';
import { mayGoHomeUncalled } from './short-stay.js';

/**
 * What of a case its views may show: what every case has, and what SVU adds.
 * A draft's content is the hospital's own: its views show it to the hospital side only (ACC-2).
 */
export type SharedContent = CaseContent & {
  /** Whether the register data beyond the person's identity may be shown. */
  readonly registerData: boolean;
  /** Which units of the hospital side may be named (CON-5): the ward is in the minimum of some policies, no other unit is. */
  readonly hospitalUnits: 'all' | 'wards' | 'none';
  /** Whether it may be known that the patient is, or was, ready. */
  readonly showsReady: boolean;
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
  /** What the planning basis gives (PLB-3), and by when the patient is to be at home by it (PLB-4). In no minimum. */
  readonly track?: Track;
  readonly homeBy?: LocalDate;
  /** SVU-28: whether a patient of a short stay may go home without being called for, as things stand. */
  readonly shortStay?: { readonly uncalled: boolean };
  readonly coordinatedCarePlan?: NonNullable<SvuState['coordinatedCarePlan']>;
  readonly placing?: NonNullable<SvuState['placing']>;
  readonly informationHandedOver?: NonNullable<SvuState['informationHandedOver']>;
  readonly steps: Steps<StepState>;
};

/**
 * What the case may show now (CON-5, CON-8, PAT-6). After a deregistered decision what was published stays; after a
 * refusal only the minimum does, until the case is published again under another decision.
 */
export function sharedContent(state: SvuState): SharedContent {
  const level = sharedLevel(state);
  if (level === 'none') return nothing;
  return level === 'minimum' ? minimum(state) : everything(state);
}

const nothing: SharedContent = {
  level: 'none',
  registerData: false,
  hospitalUnits: 'none',
  namesHospitalStaff: false,
  showsReady: false,
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
  const track = trackOfCase(state);
  const homeBy = homeByOf(state);
  return {
    level: 'full',
    registerData: true,
    hospitalUnits: 'all',
    namesHospitalStaff: true,
    showsReady: true,
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
    ...(state.informationHandedOver === undefined
      ? {}
      : { informationHandedOver: state.informationHandedOver }),
    ...(track === undefined ? {} : { track }),
    ...(homeBy === undefined ? {} : { homeBy }),
    ...(state.shortStay === undefined ? {} : { shortStay: { uncalled: mayGoHomeUncalled(state) } }),
    ...(state.coordinatedCarePlan === undefined ? {} : { coordinatedCarePlan: state.coordinatedCarePlan }),
    ...(state.placing === undefined ? {} : { placing: state.placing }),
    contacts: state.contacts,
    decisions: state.decisions,
    notices: state.notices,
    steps: stepsOf(state),
  };
}

export function minimum(state: SvuState): SharedContent {
  const policy = policyOfSvu(state);
  const may = (field: (typeof policy.minimumUnderRefusal)[number]) =>
    policy.minimumUnderRefusal.includes(field);
  const steps = withoutDocuments(stepsOf(state));
  const showsReady = policy.readyUnderRefusal;
  return {
    level: 'minimum',
    registerData: may('register-data'),
    // A draft is the hospital's own (ACC-2).
    hospitalUnits: state.publishedAt === undefined ? 'all' : may('ward') ? 'wards' : 'none',
    namesHospitalStaff: state.publishedAt === undefined,
    showsReady,
    freeText: false,
    ...(may('admission-date') ? { admittedAt: state.admittedAt } : {}),
    ...(may('ward') ? { ward: state.ward } : {}),
    ...(may('expected-discharge') ? { expectedDischarge: state.expectedDischarge } : {}),
    ...(may('brochure') && state.information !== undefined
      ? { information: { written: state.information.written } }
      : {}),
    ...(showsReady && state.ready !== undefined ? { ready: state.ready } : {}),
    ...(may('discharge-notice') && state.discharge !== undefined
      ? { discharge: withoutWords(state, state.discharge) }
      : {}),
    contacts: {},
    decisions: state.decisions,
    notices: Object.fromEntries(
      Object.entries(state.notices)
        .map(([key, notice]) => [key, showsReady ? notice : withoutReady(notice)] as const)
        .filter(([, notice]) => showsReady || kindOfNotice(svuTables.notices, notice).aboutReady !== true)
        // One that was sent under a later decision may hold more: shown once all is published again.
        .map(([key, notice]) => [
          key,
          withoutFreePlace(state, {
            ...notice,
            content: minimumOf(svuTables.notices, notice.kind, notice.content, policy),
          }),
        ]),
    ),
    steps: showsReady ? steps : { ...steps, ready: 'not-begun' },
  };
}

/** CON-5: the minimum has no working document, nor how far one has come. */
const withoutDocuments = (steps: Steps<StepState>): Steps<StepState> =>
  documentSteps.reduce((each, step) => {
    const { [step]: _hidden, ...rest } = each;
    return rest;
  }, steps);

/** A withdrawal that told the new day: where nobody may know that the patient was ready, the day changed and no more. */
function withoutReady(notice: Notice): Notice {
  const toldDay = notice.kind === 'ready-withdrawn' && notice.content['presentedAs'] === undefined;
  return toldDay ? { ...notice, kind: 'planned-discharge-changed' } : notice;
}

/** CON-5: neither a comment nor a place that staff wrote freely is in the minimum. */
function withoutWords(
  state: SvuState,
  discharge: NonNullable<SvuState['discharge']>,
): NonNullable<SvuState['discharge']> {
  const { comment: _private, dischargedTo, ...rest } = discharge;
  return dischargedTo === undefined || writesPlaceFreely(state) ? rest : { ...rest, dischargedTo };
}

/**
 * Whether this unit of the case may be named to all who take part. One that has left, of whose side older logs say nothing,
 * counts as the hospital's.
 */
export function mayName(
  state: SvuState,
  { hospitalUnits }: Pick<SharedContent, 'hospitalUnits'>,
  unit: HsaId,
): boolean {
  if (hospitalUnits === 'all' || !isOfHospital(state, unit)) return true;
  const ground = state.participants[unit]?.ground;
  const ward = unit === state.ward || ground === 'opened' || ground === 'ward-change';
  return hospitalUnits === 'wards' && ward;
}
