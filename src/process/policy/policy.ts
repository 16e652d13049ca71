import { norrbotten1, norrbotten2, skane1, skane2, vasterbotten1, vasterbotten2 } from './policies.js';

/** The regions whose methods the sources describe. A new region is a new entry of data. */
export type PolicyName = 'skane' | 'norrbotten' | 'vasterbotten';

/** A policy as a case keeps it: fixed when the case is opened; a changed policy holds for new cases. */
export type PolicyReference = { readonly name: PolicyName; readonly version: number };

/** What a case under refusal may share (CON-5). The person's identity is what the case is filed under and is not listed. */
type MinimumField =
  'register-data' | 'admission-date' | 'ward' | 'expected-discharge' | 'brochure' | 'discharge-notice';

/** CON-4: the only answers that let information be shared; answered otherwise they stop it also where nobody asked. */
export const harmAnswers = { mayHarm: false, necessary: true } as const;

type HarmQuestion = keyof typeof harmAnswers;

/** The settings of a region's method. Pure data: the process asks for a setting, never for a region's name. */
export type Policy = PolicyReference & {
  /** CON-5: what is shared under refusal. Everything else is not stored for sharing. */
  readonly minimumUnderRefusal: readonly MinimumField[];
  /** CON-2: whether care under LPT or LRV may rest on the secrecy-breaking rule. */
  readonly secrecyBreakingRule: boolean;
  /** CON-4: the questions a harm assessment must answer. */
  readonly harmQuestions: readonly HarmQuestion[];
  /** SVU-10: how many days ready may be dated ahead and back; without a number ahead: however many, back: to the admission. */
  readonly readyDate: { readonly daysAhead?: number; readonly daysBack?: number };
  /** SVU-12: how receivers are told that ready is withdrawn. */
  readonly withdrawnReady: 'acknowledge-again' | 'message-and-admission-notice';
  /** SVU-9: how receivers are told of a changed day: by itself, or by the admission notice anew; they acknowledge either. */
  readonly changedPlannedDischarge: 'acknowledge-again' | 'admission-notice';
  /** MSG-6: whether receivers acknowledge a withdrawal that reaches them as a general message. */
  readonly messagesAcknowledged: boolean;
  /** SVU-24: whether an undone discharge reaches receivers as a general message or by the step alone. */
  readonly undoneDischarge: 'step' | 'message';
  /** SVU-24, VIEW-8: how long a discharged case stays on the list, in hours; so long can the discharge be undone. */
  readonly listedAfterDischargeHours: number;
  /** SVU-33: whether ready is published under refusal. */
  readonly readyUnderRefusal: boolean;
};

/** Every version ever used, newest last: an old case keeps the one it was opened under. */
const versions: Readonly<Record<PolicyName, readonly Policy[]>> = {
  skane: [skane1, skane2],
  norrbotten: [norrbotten1, norrbotten2],
  vasterbotten: [vasterbotten1, vasterbotten2],
};

/** The policy a case was opened under; undefined for a version that never existed. */
export function policyOf(reference: PolicyReference): Policy | undefined {
  return versions[reference.name]?.find((each) => each.version === reference.version);
}

/** The version that new cases of a region are opened under. */
export function policyVersion(name: PolicyName): number {
  return versions[name].at(-1)?.version ?? 0;
}

/** The names of all policies. */
export const policyNames: readonly PolicyName[] = ['skane', 'norrbotten', 'vasterbotten'];
