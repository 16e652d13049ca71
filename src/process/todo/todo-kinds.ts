/** The type of an answer; free text is none, for every reader of the Task reads its answers. */
export type OutputType = 'boolean' | 'date';

/** Every answer there is, by name. */
const outputTypes = {
  'case-goes-on': 'boolean',
  'identity-confirmed': 'boolean',
  'handled-on': 'date',
} as const satisfies Readonly<Record<string, OutputType>>;

type OutputName = keyof typeof outputTypes;

/** What is true of every to-do of a kind. What is left out is no. */
type KindOfTodo = {
  /** Of the hospital, and concerning no receiver: a view shows it to the hospital side only (ACC-2, CON-5). */
  readonly hospitalsOwn?: true;
  /** It ends when its step is taken, and not by saying so. */
  readonly endsByItsStep?: true;
  /** About a case that is over: the only to-dos that such a case has open. */
  readonly afterEnd?: true;
  /** How long before its deadline it is told as due, in minutes. The sources name no such time. Left out: an hour. */
  readonly leadMinutes?: number;
  /** What it asks. A kind that asks nothing takes no answer. */
  readonly asks?: readonly OutputName[];
  /** It tells that the patient is or was ready: shown to the hospital side only where a refusal hides that (CON-5, SVU-33). */
  readonly aboutReady?: true;
  /** What it says to do. */
  readonly sv: string;
  readonly en: string;
};

const review = { hospitalsOwn: true, asks: ['case-goes-on', 'handled-on'] } as const;

/**
 * One row for each kind of to-do, above it the rule it stands for. The words are what staff read, and the codes of the code system `todo`; whose a to-do
 * is, and until when, its subject says when it opens it.
 */
export const todoKinds = rows({
  // SVU-5. Due half of a working shift before its time, so that those at work can still do it.
  'publish-admission-notice': {
    hospitalsOwn: true,
    endsByItsStep: true,
    leadMinutes: 4 * 60,
    sv: 'Publicera inskrivningsmeddelande',
    en: 'Publish the admission notice',
  },
  // SVU-7
  'acknowledge-admission-notice': {
    sv: 'Kvittera inskrivningsmeddelande',
    en: 'Acknowledge the admission notice',
  },
  // SVU-9
  'acknowledge-planned-discharge': {
    sv: 'Kvittera ändrat beräknat utskrivningsdatum',
    en: 'Acknowledge the changed planned discharge',
  },
  // SVU-13
  'acknowledge-ready': {
    aboutReady: true,
    sv: 'Kvittera meddelande om utskrivningsklar',
    en: 'Acknowledge ready for discharge',
  },
  // SVU-37: what was stated has lost its ground
  'state-homecoming': {
    endsByItsStep: true,
    sv: 'Ange tid för hemgång på nytt',
    en: 'State the time of going home anew',
  },
  // MSG-6
  'acknowledge-message': { sv: 'Kvittera generellt meddelande', en: 'Acknowledge a general message' },
  // ADR-13
  'address-by-hand': {
    hospitalsOwn: true,
    endsByItsStep: true,
    sv: 'Ärendet kunde inte adresseras: lägg till enheten manuellt',
    en: 'Address the case by hand',
  },
  // SVU-21, from A03
  'publish-discharge': {
    hospitalsOwn: true,
    endsByItsStep: true,
    sv: 'Publicera utskrivningsmeddelande',
    en: 'Publish the discharge notice',
  },
  // SVU-9, from A08
  'review-expected-discharge': {
    hospitalsOwn: true,
    asks: ['handled-on'],
    sv: 'Journalsystemet har ändrat beräknat utskrivningsdatum: granska ärendets datum',
    en: 'The journal system has changed the planned discharge: review the date of the case',
  },
  // SVU-6, from A11
  'annul-case': {
    hospitalsOwn: true,
    sv: 'Inskrivningen är återtagen i journalsystemet: makulera ärendet',
    en: 'The admission is cancelled in the journal system: annul the case',
  },
  // from A11, where the case can no longer be annulled
  'review-cancelled-admission': {
    ...review,
    afterEnd: true,
    sv: 'Inskrivningen är återtagen i journalsystemet, men ärendet kan inte längre makuleras: granska det',
    en: 'The admission is cancelled in the journal system, but the case can no longer be annulled: review it',
  },
  // SVU-24, from A13
  'undo-discharge': {
    hospitalsOwn: true,
    afterEnd: true,
    sv: 'Utskrivningen är återtagen i journalsystemet: ångra utskrivningen',
    en: 'The discharge is cancelled in the journal system: undo the discharge',
  },
  // PAT-7
  'review-register-change': {
    ...review,
    sv: 'Granska ändrade folkbokförings- eller listningsuppgifter',
    en: 'Review changed register data',
  },
  // ADR-7
  'forward-to-new-health-centre': {
    sv: 'Patienten har listats om: lägg till den nya vårdcentralen i ärendet',
    en: 'The patient is listed elsewhere now: forward the case to the new health centre',
  },
  // PAT-12: the person is another who has an open case too (SVU-2)
  'review-double-case': {
    ...review,
    sv: 'Patienten har ett öppet ärende också under ett annat personnummer: avsluta eller makulera ett av dem',
    en: 'The patient has an open case under another number as well: end or annul one of them',
  },
  // PAT-12, PAT-13: the journal merged numbers that the register keeps apart, or moved the stay to another person
  'check-identity': {
    hospitalsOwn: true,
    asks: ['identity-confirmed', 'handled-on'],
    sv: 'Journalsystemet säger något annat om vem patienten är än ärendet och folkbokföringen: kontrollera patientens identitet',
    en: 'The journal system says something else of who the patient is than the case and the population register: check it',
  },
  // A01 while a case is open elsewhere; or the case was opened while the journal had the patient in another stay
  'review-open-case-elsewhere': {
    ...review,
    sv: 'Journalsystemet har patienten inskriven i ett annat vårdtillfälle: granska det öppna ärendet',
    en: 'The journal system has the patient admitted in another stay: review the open case',
  },
  // SVU-42: the patient is at a ward of another organisation
  'hand-over-case': {
    hospitalsOwn: true,
    sv: 'Patienten har flyttats till en avdelning hos en annan vårdgivare: lämna över ärendet dit eller avsluta det',
    en: 'The patient was moved to a ward of another organisation: hand the case over or end it',
  },
  // SVU-42: for that ward; no personal data at all
  'agree-on-planning': {
    sv: 'Patienten har flyttats hit från en annan vårdgivare: kom överens med avdelningen där om vem som planerar utskrivningen',
    en: 'The patient was moved here from another organisation: agree with the ward there who plans the discharge',
  },
  // PAT-6
  'continue-by-telephone': { sv: 'Fortsätt planeringen per telefon', en: 'Continue by telephone' },
  // PAT-1, PAT-4, PAT-5: no personal data at all
  'plan-by-telephone': {
    sv: 'Planera per telefon enligt manuell rutin',
    en: 'Plan by telephone, by the manual routine',
  },
});

export type TodoKind = keyof typeof todoKinds;

function rows<Kind extends string>(kinds: Readonly<Record<Kind, KindOfTodo>>): typeof kinds {
  return kinds;
}

/** What is true of the to-do by its kind. */
export function kindOf({ kind }: { readonly kind: TodoKind }): KindOfTodo {
  return todoKinds[kind];
}

/** How long before its deadline a to-do of this kind is told as due, in milliseconds. */
export function leadTimeOf(todo: { readonly kind: TodoKind }): number {
  return (kindOf(todo).leadMinutes ?? 60) * 60_000;
}

/** Whether it is about a case that is over: the only to-dos that such a case has open. */
export function isAfterEnd(todo: { readonly kind: TodoKind }): boolean {
  return kindOf(todo).afterEnd === true;
}

/** The type of an answer to a kind of to-do; undefined where it does not ask that. */
export function outputTypeOf(kind: TodoKind, name: string): OutputType | undefined {
  return todoKinds[kind].asks?.find((each) => each === name) === undefined
    ? undefined
    : outputTypes[name as OutputName];
}
