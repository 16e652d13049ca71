/** In the outcome of a fact that names no ward, or one that the hub does not know: its operators are told. */
export const wardUnknown = 'ward-unknown';

/** Whether an outcome is one that the hub's operators have to mend: the ward or its mapping is missing. */
export function asksOperator(outcome: string): boolean {
  return outcome.split(', ').includes(wardUnknown);
}
