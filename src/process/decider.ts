import type { Decision } from './rejections/rejection.js';

/**
 * The shape of every process: pure, total and deterministic. `decide` may refuse; `evolve` never does.
 * `State` is `undefined` before the first event.
 */
export type Decider<State, Command, Event> = {
  decide(command: Command, state: State | undefined): Decision<Event>;
  evolve(state: State | undefined, event: Event): State;
};
