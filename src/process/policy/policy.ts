/** A policy by its name and version. */
export type PolicyReference = { readonly name: string; readonly version: number };

/** What a case under refusal may share (CON-5). The person's identity is what the case is filed under and is not listed. */
type MinimumField =
  'register-data' | 'admission-date' | 'ward' | 'expected-discharge' | 'brochure' | 'discharge-notice';

/** CON-4: the only answers that let information be shared; answered otherwise they stop it also where nobody asked. */
export const harmAnswers = { mayHarm: false, necessary: true } as const;

type HarmQuestion = keyof typeof harmAnswers;

/**
 * The settings of a region's method. Pure data: the process asks for a setting, never for a region's name. What each may be in a
 * file, and which of them an organisation may narrow: `src/policies/settings.ts`.
 */
export type PolicySettings = {
  /** CON-5: what is shared under refusal. Everything else is not stored for sharing. */
  readonly minimumUnderRefusal: readonly MinimumField[];
  /** CON-2: whether care under LPT or LRV may rest on the secrecy-breaking rule. */
  readonly secrecyBreakingRule: boolean;
  /** CON-4: the questions a harm assessment must answer. */
  readonly harmQuestions: readonly HarmQuestion[];
  /** SVU-10: how many days ready may be dated ahead and back; without a number ahead: however many, back: to the admission. */
  readonly readyDate: { readonly daysAhead?: number; readonly daysBack?: number };
  /** SVU-11, PAY-4: from which day ready counts: no day of its own, or by whether it was sent by 12:00. */
  readonly readyCounts: 'when-sent' | 'by-noon';
  /** SVU-34: whether ready is to be acknowledged the same day when it was sent by 12:00, else the next day at the latest. */
  readonly readyAcknowledgedInTime: boolean;
  /** SVU-12: how receivers are told that ready is withdrawn. */
  readonly withdrawnReady: 'acknowledge-again' | 'message-and-admission-notice';
  /** SVU-9: how receivers are told of a changed day: by itself, or by the admission notice again; they acknowledge either. */
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

/** A policy that a case is opened under. */
export type Policy = PolicyReference & {
  /** What staff call it, in Swedish. */
  readonly title?: string;
  readonly settings: PolicySettings;
};

/**
 * A policy as a case keeps it, fixed when the case is opened: a changed policy holds for new cases. Without settings: a case
 * from before cases kept them, under one of `firstVersions`.
 */
export type CasePolicy = PolicyReference & {
  readonly title?: string;
  readonly settings?: Partial<PolicySettings>;
};
