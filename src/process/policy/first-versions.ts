import type { PolicyReference } from './policy.js';
import type { StatedSettings } from './setting.js';

/**
 * The versions that cases were opened under before a case kept the settings it was opened under. Events and states of that time
 * name only name and version, and are read with this table for ever: it is never changed and never added to, so a
 * setting that came later is not in it. The policies that new cases get are files (`policies/`).
 */
const skane1 = {
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

const norrbotten1 = {
  minimumUnderRefusal: ['register-data', 'ward', 'expected-discharge', 'discharge-notice'],
  secrecyBreakingRule: true,
  harmQuestions: ['mayHarm', 'necessary'],
  readyDate: {},
  withdrawnReady: 'acknowledge-again',
  changedPlannedDischarge: 'acknowledge-again',
  messagesAcknowledged: false,
  undoneDischarge: 'step',
  listedAfterDischargeHours: 72,
  readyUnderRefusal: false,
};

const vasterbotten1 = {
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

/** A version of that time, with the settings that there were. */
export type FirstVersion = PolicyReference & { readonly settings: StatedSettings };

export const firstVersions: readonly FirstVersion[] = [
  { name: 'skane', version: 1, settings: skane1 },
  { name: 'skane', version: 2, settings: { ...skane1, readyDate: { daysAhead: 14 } } },
  { name: 'norrbotten', version: 1, settings: norrbotten1 },
  { name: 'norrbotten', version: 2, settings: { ...norrbotten1, readyDate: { daysAhead: 0 } } },
  { name: 'vasterbotten', version: 1, settings: vasterbotten1 },
  {
    name: 'vasterbotten',
    version: 2,
    settings: { ...vasterbotten1, changedPlannedDischarge: 'admission-notice', messagesAcknowledged: true },
  },
];
