import type { CaseState } from './state.js';

type Optional = {
  [Key in keyof CaseState]-?: undefined extends CaseState[Key] ? Key : never;
}[keyof CaseState];

/** The state without one of the optional fields that every case has. */
export function without<State extends CaseState>(state: State, key: Optional): State {
  const { [key]: _left, ...rest } = state;
  // What is left is a State still, because the field was optional; of a type parameter the compiler cannot see that.
  return rest as unknown as State;
}
