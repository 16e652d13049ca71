import type { Extension } from 'fhir/r4.js';
import type { SharedContent } from '../../process/svu/content-of-svu.js';
import type { StepState } from '../../process/svu/state.js';
import type { StepName } from '../../process/svu/step-names.js';
import { trackExtension } from '../form/track.js';
import { codeSystems, coding, extensions, foreignSystems } from '../codes/codes.js';
import { practitionerReference } from '../references.js';
import type { SvuCase } from './svu-case.js';

/** Steps in the order of the process. */
const steps: readonly StepName[] = [
  'admission-notice',
  'statement',
  'planned-discharge',
  'ready',
  'discharge',
];

/** What is signed waits for other things than what is acknowledged, in the words that staff read. */
const ofSigning = { awaiting: 'awaiting-signature', partly: 'partly-signed' } as const;
const stateOf = (step: StepName, stands: StepState) =>
  step === 'statement' && (stands === 'awaiting' || stands === 'partly') ? ofSigning[stands] : stands;

/** What a case says beyond CarePlan's own elements: its steps, and the data of each step that may be shared. */
export function carePlanExtensions({ state, shared }: SvuCase): Extension[] {
  return [
    ...steps.flatMap((step) => {
      const stands = shared.steps[step];
      if (stands === undefined) return [];
      return complex(extensions.stepState, [
        { url: 'step', valueCoding: coding(codeSystems.step, step) },
        { url: 'state', valueCoding: coding(codeSystems.stepState, stateOf(step, stands)) },
      ]);
    }),
    // When the notice is due tells when the patient was admitted.
    ...(shared.admittedAt === undefined
      ? []
      : [{ url: extensions.admissionNoticeDue, valueDateTime: state.admissionNoticeDue }]),
    ...(shared.needsAssessedAt === undefined
      ? []
      : [{ url: extensions.needsAssessed, valueDateTime: shared.needsAssessedAt }]),
    ...(shared.information ? [informationExtension(shared.information)] : []),
    ...(shared.ready ? [readyExtension(shared.ready)] : []),
    ...(shared.shortStay
      ? [complex(extensions.shortStay, [{ url: 'homeUncalled', valueBoolean: shared.shortStay.uncalled }])]
      : []),
    ...(shared.coordinatedCarePlan ? [coordinatedCarePlanExtension(shared.coordinatedCarePlan)] : []),
    ...(shared.placing ? [placingExtension(shared.placing)] : []),
    ...(shared.discharge ? [dischargeExtension(shared.discharge)] : []),
    ...(shared.informationHandedOver ? [handedOverExtension(shared.informationHandedOver)] : []),
    ...(shared.track ? [trackExtension(shared.track, shared.homeBy)] : []),
    ...(['hospital', 'outpatient', 'municipality'] as const).flatMap((side) => {
      // Why a register knows no unit says something about the person (CON-5).
      const cause = shared.level === 'full' ? state.notAddressed[side] : undefined;
      if (cause === undefined) return [];
      return complex(extensions.notAddressed, [
        { url: 'side', valueCoding: coding(codeSystems.side, side) },
        { url: 'cause', valueCoding: coding(codeSystems.addressingFailure, cause) },
      ]);
    }),
  ];
}

const complex = (url: string, extension: Extension[]): Extension => ({ url, extension });

/** CON-1. Under a refusal only whether the brochure was given (CON-5). */
function informationExtension(information: NonNullable<SharedContent['information']>): Extension {
  const { informed, oral, written, reason } = information;
  return complex(extensions.patientInformation, [
    ...(informed === undefined ? [] : [{ url: 'informed', valueBoolean: informed }]),
    ...(oral === undefined ? [] : [{ url: 'oral', valueBoolean: oral }]),
    { url: 'written', valueBoolean: written },
    ...(reason === undefined ? [] : [{ url: 'reason', valueString: reason }]),
  ]);
}

/** SVU-10, SVU-11, SVU-31: the day and the responsible doctor, the day that it counts from where the policy counts one, and whether it is a decision under LPT 7 a §. */
function readyExtension(ready: NonNullable<SharedContent['ready']>): Extension {
  return complex(extensions.ready, [
    { url: 'date', valueDate: ready.date },
    { url: 'doctor', valueReference: practitionerReference(ready.doctor, { name: ready.doctorName }) },
    { url: 'reported', valueDateTime: ready.at },
    ...(ready.countsFrom === undefined ? [] : [{ url: 'countsFrom', valueDate: ready.countsFrom }]),
    ...(ready.decisionLpt7a === undefined ? [] : [{ url: 'decisionLpt7a', valueBoolean: true }]),
  ]);
}

/** SVU-31 */
function coordinatedCarePlanExtension(plan: NonNullable<SharedContent['coordinatedCarePlan']>): Extension {
  return complex(extensions.coordinatedCarePlan, [
    { url: 'date', valueDate: plan.date },
    { url: 'doctor', valueReference: practitionerReference(plan.doctor, { name: plan.doctorName }) },
    { url: 'madeBy', valueCoding: coding(codeSystems.planMaker, plan.madeBy) },
    { url: 'law', valueCoding: coding(codeSystems.secrecyLaw, plan.law) },
  ]);
}

/** ADR-9 */
const placingExtension = ({
  municipality,
  municipalityName,
}: NonNullable<SharedContent['placing']>): Extension => ({
  url: extensions.placingMunicipality,
  valueCoding: {
    system: foreignSystems.municipality,
    code: municipality,
    ...(municipalityName === undefined ? {} : { display: municipalityName }),
  },
});
/** SVU-26: when the printed copy was handed over, and who took it. */
const handedOverExtension = ({
  handedOverAt,
  to,
}: NonNullable<SharedContent['informationHandedOver']>): Extension =>
  complex(extensions.informationHandedOver, [
    { url: 'at', valueDateTime: handedOverAt },
    { url: 'to', valueCoding: coding(codeSystems.copyTaker, to) },
  ]);

/** SVU-21: form, moment, place and comment; the end of the period is the planned day. */
function dischargeExtension(discharge: NonNullable<SharedContent['discharge']>): Extension {
  return complex(extensions.discharge, [
    { url: 'form', valueCoding: coding(codeSystems.dischargeForm, discharge.form) },
    { url: 'dischargedAt', valueDateTime: discharge.dischargedAt },
    // An early end has none; of those in older logs it is empty.
    ...(discharge.dischargedTo ? [{ url: 'dischargedTo', valueString: discharge.dischargedTo }] : []),
    ...(discharge.comment === undefined ? [] : [{ url: 'comment', valueString: discharge.comment }]),
  ]);
}
