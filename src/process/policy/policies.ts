import type { Policy } from './policy.js';

/**
 * The methods that the sources describe, as data (rulebook: manual of Mina planer 3.0 for Skåne, routines and training of
 * Lifecare SP for Norrbotten and Västerbotten). A change is a new entry with the next version, never an edit.
 */
export const skane1: Policy = {
  name: 'skane',
  version: 1,
  minimumUnderRefusal: ['admission-date', 'expected-discharge', 'brochure', 'discharge-notice'],
  secrecyBreakingRule: false,
  harmQuestions: [],
  readyDate: {},
  withdrawnReady: 'acknowledge-again',
  changedPlannedDischarge: 'acknowledge-again',
  messagesAcknowledged: false,
  undoneDischarge: 'step',
  listedAfterDischargeHours: 72,
  readyUnderRefusal: false,
};

/** Ready is the doctor's word of a day near by. How near is not in the sources: a fortnight. */
export const skane2: Policy = { ...skane1, version: 2, readyDate: { daysAhead: 14 } };

export const norrbotten1: Policy = {
  name: 'norrbotten',
  version: 1,
  minimumUnderRefusal: ['register-data', 'ward', 'expected-discharge', 'discharge-notice'],
  secrecyBreakingRule: true,
  harmQuestions: ['mayHarm', 'necessary'],
  readyDate: {},
  // Not in the sources: as Skåne, which asks more of the receivers, not less.
  withdrawnReady: 'acknowledge-again',
  changedPlannedDischarge: 'acknowledge-again',
  messagesAcknowledged: false,
  undoneDischarge: 'step',
  listedAfterDischargeHours: 72,
  // A setting by SVU-33. The minimum of CON-5 does not name ready, so it is not published unless a region decides so.
  readyUnderRefusal: false,
};

/** The notice is sent when the patient is ready, not before (training of Norrbotten). */
export const norrbotten2: Policy = { ...norrbotten1, version: 2, readyDate: { daysAhead: 0 } };

export const vasterbotten1: Policy = {
  name: 'vasterbotten',
  version: 1,
  minimumUnderRefusal: ['register-data', 'ward', 'expected-discharge', 'discharge-notice'],
  secrecyBreakingRule: false,
  harmQuestions: ['mayHarm'],
  readyDate: { daysAhead: 0, daysBack: 0 },
  withdrawnReady: 'message-and-admission-notice',
  changedPlannedDischarge: 'acknowledge-again',
  messagesAcknowledged: false,
  undoneDischarge: 'message',
  listedAfterDischargeHours: 72,
  readyUnderRefusal: false,
};

/** A changed day sends the admission notice anew, and withdrawals are acknowledged by all receivers. */
export const vasterbotten2: Policy = {
  ...vasterbotten1,
  version: 2,
  changedPlannedDischarge: 'admission-notice',
  messagesAcknowledged: true,
};
