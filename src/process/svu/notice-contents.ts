import type { SvuState } from './state.js';

/** What a notice says, before a refusal takes from it what may not be shared (CON-5). */
type Content = Readonly<Record<string, string | undefined>>;

/** SVU-3: the admission notice as the case stands now. */
export function admissionNotice(state: SvuState): Content {
  return {
    admittedAt: state.admittedAt,
    expectedDischarge: state.expectedDischarge,
    ward: state.ward,
    reason: state.reason,
    shortStay: state.shortStay === undefined ? undefined : 'true',
    writtenInformation: state.information === undefined ? undefined : String(state.information.written),
  };
}

/** SVU-10: the ready notice as the case stands now. */
export function readyNotice({ ready }: SvuState): Content {
  if (ready === undefined) return {};
  const { date, countsFrom, decisionLpt7a, doctor, doctorName } = ready;
  const decided = decisionLpt7a === undefined ? undefined : 'true';
  return { date, countsFrom, decisionLpt7a: decided, doctor, doctorName };
}
