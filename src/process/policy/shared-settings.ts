import { anyOf, oneOf, setting, yesOrNo, type SettingsOfKind, type ValuesOf } from './setting.js';

/** CON-4: the only answers that let information be shared; answered otherwise they stop it also where nobody asked. */
export const harmAnswers = { mayHarm: false, necessary: true } as const;

type HarmQuestion = keyof typeof harmAnswers;

/** CON-5: what of every case may be shared under refusal. The person's identity is what the case is filed under and is not listed. */
export const sharedMinimum = ['register-data'] as const;

/** MSG-2: who is to acknowledge what a unit writes, from the freest to the strictest. */
const messageAcknowledgements = ['optional', 'always', 'all-addressees'] as const;
type MessageAcknowledgement = (typeof messageAcknowledgements)[number];
const strictness = (of: MessageAcknowledgement): number => messageAcknowledgements.indexOf(of);

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
  minors: setting({
    rule: 'PAT-11',
    en: 'Whether cases are opened of persons under 18: of all, or where the municipality handles minors.',
    values: oneOf('yes', 'where-switched-on'),
    strictest: 'where-switched-on',
  }),
  directedMessages: setting({
    rule: 'MSG-1',
    en: 'Who reads a message that a unit addressed to some of those who take part.',
    values: oneOf('all-read', 'addressees-read'),
    strictest: 'addressees-read',
  }),
  messageAcknowledgement: setting<MessageAcknowledgement>({
    rule: 'MSG-2',
    en: 'Whether a unit may ask nobody to acknowledge what it writes, or must ask somebody, or everybody who gets it.',
    values: oneOf(...messageAcknowledgements),
    strictest: 'all-addressees',
    // Always asked, as in Östra Göinge.
    local: {
      rule: 'MSG-2',
      isWithin: (own, ofPolicy) => strictness(own) >= strictness(ofPolicy),
      counts: { under: () => true, when: 'always' },
    },
  }),
  messagesOnlyDuringStay: setting({
    rule: 'MSG-9',
    en: 'Whether units write to each other only while the stay goes on.',
    values: yesOrNo,
    strictest: true,
  }),
  messagesOutsideStay: setting({
    rule: 'MSG-5',
    en: 'Whether units write to each other about a person outside every case, on a stated consent; and whether single home visits are ordered so.',
    values: oneOf('no', 'yes', 'and-home-visits'),
    strictest: 'no',
  }),
};

/** What the policy of any case says. */
export type SharedSettings = ValuesOf<typeof sharedSettings>;

/** What the policy of a case of one kind says: what all have, and the kind's own. */
export type PolicyOfKind<Own extends SettingsOfKind> = Omit<SharedSettings, 'minimumUnderRefusal'> & {
  readonly minimumUnderRefusal: readonly ((typeof sharedMinimum)[number] | Own['minimum'][number])[];
} & ValuesOf<Own['rows']>;
