import type { RuleId } from '../rules/rules.js';
import type { Responsibility } from '../vocabulary.js';
import type { Carried } from './carried.js';

/** The type of an answer; free text is none, for every reader of the Task reads its answers. */
export type OutputType = 'boolean' | 'date';

/** What a to-do asks: the type of the answer, and what it is called where staff read it. */
export type Question = { readonly type: OutputType; readonly sv: string; readonly en: string };

/** What is true of every to-do of a kind. What is left out is no. */
export type KindOfTodo = {
  /** The rules that it stands for. */
  readonly rules: readonly [RuleId, ...RuleId[]];
  /** What a role of its unit must be able to do for it (ORG-4). Which unit that is, the subject says that opens it. */
  readonly responsibility: Responsibility;
  /**
   * What a role of a unit of the side that opened the case must be able to do, where such units are told it too. To which of them is then
   * nothing for the others: it is shown to that side only (CON-5).
   */
  readonly ofOpeners?: Responsibility;
  /** It tells the unit what concerns it alone, where it carries something: no other unit reads it then (PAT-6). */
  readonly unitsAloneWithInput?: true;
  /** To do it is to acknowledge what was sent: the sender reads that (SVU-7, SVU-9, SVU-13). */
  readonly acknowledges?: true;
  /** Of the side that opened the case, and concerning no other: a view shows it to that side only (ACC-2, CON-5). */
  readonly openersOwn?: true;
  /** The step of the case that it belongs to, by its code (VIEW-2). Left out: none. */
  readonly step?: string;
  /** It ends when its step is taken, and not by saying so. */
  readonly endsByItsStep?: true;
  /** About a case that is over: the only to-dos that such a case has open. */
  readonly afterEnd?: true;
  /** CON-5: where a case shares a minimum alone, only the side that opened it sees the to-do. */
  readonly hiddenUnderRefusal?: true;
  /**
   * The field of the case that says until when it is to be done: an instant. The deadline moves with it. Left out: none, or what its subject
   * gives `openTodo`.
   */
  readonly deadline?: string;
  /** How long before its deadline it is told as due, in minutes. The sources name no such time. Left out: an hour. */
  readonly leadMinutes?: number;
  /** What it asks, by the code of the answer. A kind that asks nothing takes no answer. */
  readonly asks?: Readonly<Record<string, Question>>;
  /** What it may carry, by name. */
  readonly carries?: Readonly<Record<string, Carried>>;
  /** What it says to do. */
  readonly sv: string;
  readonly en: string;
};

/** Rows of kinds of to-do, by their code. */
export type TodoKinds = Readonly<Record<string, KindOfTodo>>;

/** Ties a table to its codes, so that the kinds are exact. */
export function todoRows<Kind extends string>(
  kinds: Readonly<Record<Kind, KindOfTodo>>,
): Readonly<Record<Kind, KindOfTodo>> {
  return kinds;
}

/**
 * What is true of the to-do by its kind.
 * @param kinds the rows of the kind of case that the to-do belongs to
 * @throws Error where they lack it: another program opened the to-do
 */
export function kindOf<Row extends KindOfTodo>(
  kinds: Readonly<Record<string, Row>>,
  { kind }: { readonly kind: string },
): Row {
  const row = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (row === undefined) throw new Error(`There is no kind of to-do ${kind}`);
  return row;
}

/** How long before its deadline a to-do of this kind is told as due, in milliseconds. */
export function leadTimeOf(kinds: TodoKinds, todo: { readonly kind: string }): number {
  return (kindOf(kinds, todo).leadMinutes ?? 60) * 60_000;
}

/** Whether it is about a case that is over: the only to-dos that such a case has open. */
export function isAfterEnd(kinds: TodoKinds, todo: { readonly kind: string }): boolean {
  return kindOf(kinds, todo).afterEnd === true;
}

/** The type of an answer to a kind of to-do; undefined where it does not ask that. */
export function outputTypeOf(
  kinds: TodoKinds,
  todo: { readonly kind: string },
  name: string,
): OutputType | undefined {
  const { asks = {} } = kindOf(kinds, todo);
  return Object.hasOwn(asks, name) ? asks[name]?.type : undefined;
}
