import { isOfHospital } from '../case/questions.js';
import { sharedLevel } from '../case/shared-level.js';
import type { HsaId } from '../vocabulary.js';
import type { SharedContent } from './content-of-svu.js';
import { minimum } from './minimum-content.js';
import type { SvuState } from './state.js';
import { stepsOf } from './steps.js';
import { homeByOf, trackOfCase } from './track.js';
import { mayGoHomeUncalled } from './short-stay.js';

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
