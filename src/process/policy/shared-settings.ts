import { anyOf, setting, yesOrNo, type SettingsOfKind, type ValuesOf } from './setting.js';

/** CON-4: the only answers that let information be shared; answered otherwise they stop it also where nobody asked. */
export const harmAnswers = { mayHarm: false, necessary: true } as const;

type HarmQuestion = keyof typeof harmAnswers;

/** CON-5: what of every case may be shared under refusal. The person's identity is what the case is filed under and is not listed. */
export const sharedMinimum = ['register-data'] as const;

/** The settings that every kind of case has. Those of one kind stand with that kind. */
export const sharedSettings = {
  minimumUnderRefusal: setting<readonly string[]>({
    rule: 'CON-5',
    en: 'What is shared under a refusal. Nothing else is stored for sharing.',
    values: anyOf<string>(...sharedMinimum),
    strictest: [],
  }),
  secrecyBreakingRule: setting({
    rule: 'CON-2',
    en: 'Whether care under LPT or LRV may rest on the secrecy-breaking rule.',
    values: yesOrNo,
    strictest: false,
  }),
  harmQuestions: setting<readonly HarmQuestion[]>({
    rule: 'CON-4',
    en: 'The questions that a harm assessment must answer.',
    values: anyOf('mayHarm', 'necessary'),
    strictest: ['mayHarm', 'necessary'],
  }),
};

/** What the policy of any case says. */
export type SharedSettings = ValuesOf<typeof sharedSettings>;

/** What the policy of a case of one kind says: what all have, and the kind's own. */
export type PolicyOfKind<Own extends SettingsOfKind> = Omit<SharedSettings, 'minimumUnderRefusal'> & {
  readonly minimumUnderRefusal: readonly ((typeof sharedMinimum)[number] | Own['minimum'][number])[];
} & ValuesOf<Own['rows']>;
