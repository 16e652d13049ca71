import { isInMinimum, minimumOf } from '../case/notices.js';
import { kindOfNotice } from '../notice/kind-of-notice.js';
import type { Notice } from '../vocabulary.js';
import type { SharedContent } from './content-of-svu.js';
import { withoutFreePlace, writesPlaceFreely } from './free-place.js';
import { policyOfSvu } from './settings.js';
import type { StepState, SvuState } from './state.js';
import { documentSteps } from './step-names.js';
import type { Steps } from './step-names.js';
import { stepsOf } from './steps.js';
import { svuTables } from './tables.js';

/** What a refusal leaves (CON-5): the fields that the policy lists, and of the notices those kinds alone that it leaves. */
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
    ...(showsReady && state.ready !== undefined ? { ready: withoutLaw(state.ready) } : {}),
    ...(may('discharge-notice') && state.discharge !== undefined
      ? { discharge: withoutWords(state, state.discharge) }
      : {}),
    contacts: {},
    decisions: state.decisions,
    notices: Object.fromEntries(
      Object.entries(state.notices)
        .map(([key, notice]) => [key, showsReady ? notice : withoutReady(notice)] as const)
        .filter(([, notice]) => showsReady || kindOfNotice(svuTables.notices, notice).aboutReady !== true)
        .filter(([, notice]) => isInMinimum(svuTables.notices, notice))
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

/** CON-5, SVU-31: that she is ready is in the minimum of such a policy, that she is in compulsory care is not. */
function withoutLaw({
  decisionLpt7a: _law,
  ...ready
}: NonNullable<SvuState['ready']>): NonNullable<SvuState['ready']> {
  return ready;
}

/** CON-5: neither a comment nor a place that staff wrote freely is in the minimum. */
function withoutWords(
  state: SvuState,
  discharge: NonNullable<SvuState['discharge']>,
): NonNullable<SvuState['discharge']> {
  const { comment: _private, dischargedTo, ...rest } = discharge;
  return dischargedTo === undefined || writesPlaceFreely(state) ? rest : { ...rest, dischargedTo };
}
