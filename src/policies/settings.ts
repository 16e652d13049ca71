import { z } from 'zod';
import type { PolicySettings } from '../process/policy/policy.js';
import type { RuleId } from '../process/rules/rules.js';

/** One setting of a policy: what it stands for and what it may be. */
type Setting<Value> = {
  /** The rule that regions keep in different ways. */
  readonly rule: RuleId;
  readonly value: z.ZodType<Value>;
  /**
   * Present where the sources let an organisation under the policy narrow it (`local` in the rulebook): by which rule, and
   * whether a value of its own is as narrow as the policy's or narrower.
   */
  readonly local?: {
    readonly rule: RuleId;
    readonly isWithin: (own: Value, ofPolicy: Value) => boolean;
    /** Under which settings of the policy a value of one's own says something. One that says nothing is refused. */
    readonly counts: { readonly under: (policy: PolicySettings) => boolean; readonly when: string };
  };
};

const days = z.int().min(0).max(365);

/**
 * The settings of a policy, one row each: the schema of the files in `POLICIES_DIRECTORY`. A new setting is a row here, a field
 * of `PolicySettings` with what holds of cases that do not state it, and the place in the process that asks for it.
 */
export const settings: { readonly [Name in keyof PolicySettings]: Setting<PolicySettings[Name]> } = {
  minimumUnderRefusal: {
    rule: 'CON-5',
    value: set([
      'register-data',
      'admission-date',
      'ward',
      'expected-discharge',
      'brochure',
      'discharge-notice',
    ]),
  },
  secrecyBreakingRule: { rule: 'CON-2', value: z.boolean() },
  harmQuestions: { rule: 'CON-4', value: set(['mayHarm', 'necessary']) },
  readyDate: {
    rule: 'SVU-10',
    value: z.strictObject({ daysAhead: days.exactOptional(), daysBack: days.exactOptional() }),
  },
  readyCounts: { rule: 'SVU-11', value: z.enum(['when-sent', 'by-noon']) },
  readyAcknowledgedInTime: { rule: 'SVU-34', value: z.boolean() },
  withdrawnReady: { rule: 'SVU-12', value: z.enum(['acknowledge-again', 'message-and-admission-notice']) },
  changedPlannedDischarge: { rule: 'SVU-9', value: z.enum(['acknowledge-again', 'admission-notice']) },
  messagesAcknowledged: {
    rule: 'MSG-6',
    value: z.boolean(),
    // Always asked, as in Östra Göinge; where the policy asks, nobody is let off.
    local: {
      rule: 'MSG-2',
      isWithin: (own, ofPolicy) => own || !ofPolicy,
      counts: {
        under: ({ withdrawnReady, undoneDischarge }) =>
          withdrawnReady === 'message-and-admission-notice' || undoneDischarge === 'message',
        when: 'where a withdrawal reaches receivers as a message (withdrawnReady, undoneDischarge)',
      },
    },
  },
  undoneDischarge: { rule: 'SVU-24', value: z.enum(['step', 'message']) },
  listedAfterDischargeHours: { rule: 'SVU-24', value: z.int().min(1).max(8760) },
  readyUnderRefusal: { rule: 'SVU-33', value: z.boolean() },
};

export type SettingName = keyof PolicySettings;
export const settingNames = Object.keys(settings) as readonly SettingName[];

/** Any of these words, each once. */
function set<const Word extends string>(words: readonly [Word, ...Word[]]): z.ZodType<readonly Word[]> {
  return z
    .array(z.enum(words))
    .refine((all) => new Set(all).size === all.length, 'a word stands twice')
    .readonly();
}
