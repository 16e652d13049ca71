/** In the outcome of a fact that names no ward, or one that the hub does not know: its operators are told. */
export const wardUnknown = 'ward-unknown';
/** The same of a fact about somebody who may not be known here, so that there is nobody to tell of it. */
export const noWardToTell = 'not-shareable, and no ward to tell';

/** Whether an outcome is one that the hub's operators have to mend: the ward or its mapping is missing. */
export function asksOperator(outcome: string): boolean {
  return outcome === noWardToTell || outcome.split(', ').includes(wardUnknown);
}
