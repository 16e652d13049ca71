import type { Decider } from '../../../src/process/decider.js';
import type { Rejection } from '../../../src/process/rejections/rejection.js';

type Fact = { readonly type: string; readonly data: unknown };

/** Stored states come back from the database as JSON, so every state a test sees has made that journey. */
export function stored<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

/**
 * Specification of a process: given what has happened, when something is asked, then this happens or is refused.
 * `given(svu, …events).when(command).thenRejected('svu-already-open')`.
 */
export function given<State, Command, Event extends Fact>(
  decider: Decider<State, Command, Event>,
  ...events: readonly Event[]
) {
  const state = events.reduce<State | undefined>(
    (before, event) => stored(decider.evolve(before, event)),
    undefined,
  );
  return {
    state,
    when(command: Command) {
      const decision = decider.decide(command, state);
      return {
        /** The events, in order, by type and data; data may be given in part. */
        thenEvents(...expected: readonly Fact[]) {
          expect(decision.rejection).toBeUndefined();
          expect(decision.events?.map(({ type, data }) => ({ type, data }))).toMatchObject(expected);
          expect(decision.events).toHaveLength(expected.length);
        },
        /** Accepted, and nothing happened: a repeat. */
        thenNothing() {
          expect(decision).toEqual({ events: [] });
        },
        thenAccepted() {
          expect(decision.rejection).toBeUndefined();
        },
        thenRejected(code: string, detail: Pick<Rejection, 'field' | 'values'> = {}) {
          expect(decision.rejection).toMatchObject({ code, ...detail });
        },
      };
    },
  };
}

/** Runs commands one after the other through a process, keeping what happened. A refusal on the way fails the test. */
export class Course<State, Command, Event extends Fact> {
  constructor(
    private readonly decider: Decider<State, Command, Event>,
    readonly events: readonly Event[] = [],
  ) {}

  get state(): State {
    const state = given(this.decider, ...this.events).state;
    if (state === undefined) throw new Error('nothing has happened yet');
    return state;
  }

  after(...commands: readonly Command[]): Course<State, Command, Event> {
    return commands.reduce<Course<State, Command, Event>>((before, command) => {
      const state = given(before.decider, ...before.events).state;
      const decision = before.decider.decide(command, state);
      if (decision.rejection !== undefined) {
        throw new Error(`${JSON.stringify(command)} was refused: ${decision.rejection.code}`);
      }
      return new Course(before.decider, [...before.events, ...decision.events]);
    }, this);
  }

  /** Asks without going on. */
  when(command: Command) {
    return given(this.decider, ...this.events).when(command);
  }
}
