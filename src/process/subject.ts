import type { Decision } from './rejections/rejection.js';

type Typed = { readonly type: string };

/**
 * One subject of a process: what it decides on each of its commands, and how each of its events changes the state. `Any`: the
 * events its decisions may let happen, where they are more than its own.
 */
export type Subject<State, Command extends Typed, Event extends Typed, Any extends Typed = Event> = {
  readonly decide: {
    readonly [Type in Command['type']]: (
      command: Extract<Command, { readonly type: Type }>,
      state: State,
    ) => Decision<Any>;
  };
  readonly evolve: {
    readonly [Type in Event['type']]: (state: State, event: Extract<Event, { readonly type: Type }>) => State;
  };
};

/** Every command of the subjects. */
export type CommandOf<Whole extends { readonly decide: object }> = FirstOf<
  Whole['decide'][keyof Whole['decide']],
  0
>;

/** Every event of the subjects. */
export type EventOf<Whole extends { readonly evolve: object }> = FirstOf<
  Whole['evolve'][keyof Whole['evolve']],
  1
>;

type FirstOf<Function, At extends 0 | 1> = Function extends (...all: infer All) => unknown ? All[At] : never;

type AnySubject = { readonly decide: object; readonly evolve: object };
type Intersection<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

/**
 * The subjects as one. The compiler sees where the whole lacks a command or an event.
 *
 * @throws Error at start, when two subjects claim one type
 */
export function together<const Parts extends readonly AnySubject[]>(
  ...parts: Parts
): {
  readonly decide: Intersection<Parts[number]['decide']>;
  readonly evolve: Intersection<Parts[number]['evolve']>;
} {
  return {
    decide: unique(parts.map(({ decide }) => decide)) as Intersection<Parts[number]['decide']>,
    evolve: unique(parts.map(({ evolve }) => evolve)) as Intersection<Parts[number]['evolve']>,
  };
}

function unique(tables: readonly object[]): object {
  const entries = tables.flatMap((table) => Object.entries(table));
  const names = entries.map(([name]) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two subjects of a process deal with ${twice}`);
  return Object.fromEntries(entries);
}

/** What the subject of a command decides; undefined where none deals with it. */
export function decideBy<State, Command extends Typed, Event extends Typed>(
  { decide }: Pick<Subject<State, Command, Event>, 'decide'>,
  command: Command,
  state: State,
): Decision<Event> | undefined {
  const table = decide as unknown as Readonly<
    Record<string, (command: Command, state: State) => Decision<Event>>
  >;
  return Object.hasOwn(table, command.type) ? table[command.type]?.(command, state) : undefined;
}

/** The state after an event; one that no subject deals with, as of a newer program, changes nothing. */
export function evolveBy<State, Command extends Typed, Event extends Typed>(
  { evolve }: Pick<Subject<State, Command, Event>, 'evolve'>,
  state: State,
  event: Event,
): State {
  const table = evolve as unknown as Readonly<Record<string, (state: State, event: Event) => State>>;
  return (Object.hasOwn(table, event.type) ? table[event.type]?.(state, event) : undefined) ?? state;
}
