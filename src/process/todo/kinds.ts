import type { TodoKind } from '../vocabulary.js';

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
};

const review = { hospitalsOwn: true, asks: ['case-goes-on', 'handled-on'] } as const;

/** One row for each kind of to-do. */
const kinds: Readonly<Record<TodoKind, KindOfTodo>> = {
  // Half of a working shift, so that those at work can still do it.
  'publish-admission-notice': { hospitalsOwn: true, endsByItsStep: true, leadMinutes: 4 * 60 },
  'acknowledge-admission-notice': {},
  'acknowledge-planned-discharge': {},
  'acknowledge-ready': {},
  'acknowledge-message': {},
  'address-by-hand': { hospitalsOwn: true, endsByItsStep: true },
  'publish-discharge': { hospitalsOwn: true, endsByItsStep: true },
  'review-expected-discharge': { hospitalsOwn: true, asks: ['handled-on'] },
  'annul-case': { hospitalsOwn: true },
  'review-cancelled-admission': { ...review, afterEnd: true },
  'undo-discharge': { hospitalsOwn: true, afterEnd: true },
  'review-register-change': review,
  'forward-to-new-health-centre': {},
  'review-double-case': review,
  'check-identity': { hospitalsOwn: true, asks: ['identity-confirmed', 'handled-on'] },
  'review-open-case-elsewhere': review,
  'hand-over-case': { hospitalsOwn: true },
  'agree-on-planning': {},
  'continue-by-telephone': {},
  'plan-by-telephone': {},
};

/** What is true of the to-do by its kind. */
export function kindOf({ kind }: { readonly kind: TodoKind }): KindOfTodo {
  return kinds[kind];
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
  return kinds[kind].asks?.find((each) => each === name) === undefined
    ? undefined
    : outputTypes[name as OutputName];
}
