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

/** What each kind of to-do asks. A kind that is not listed asks nothing, and takes no answer. */
const asked: Readonly<Partial<Record<TodoKind, readonly OutputName[]>>> = {
  'review-expected-discharge': ['handled-on'],
  'review-cancelled-admission': ['case-goes-on', 'handled-on'],
  'review-register-change': ['case-goes-on', 'handled-on'],
  'review-open-case-elsewhere': ['case-goes-on', 'handled-on'],
  'review-double-case': ['case-goes-on', 'handled-on'],
  'check-identity': ['identity-confirmed', 'handled-on'],
};

/** The type of an answer to a kind of to-do; undefined where it does not ask that. */
export function outputTypeOf(kind: TodoKind, name: string): OutputType | undefined {
  return asked[kind]?.find((each) => each === name) === undefined
    ? undefined
    : outputTypes[name as OutputName];
}
