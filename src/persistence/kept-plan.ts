/**
 * Parameters that PostgreSQL plans without looking at their values. A plan made for a value (how long a list is, how small a limit) seems
 * cheaper to it than one for all values, so it keeps none and plans the statement anew each time, which costs more than running most of
 * them. For named statements that are right to run in one way whatever the values are (decision 69).
 * @param parameters each with its type, such as `$1::text[]`
 * @returns the same, separated by commas
 */
export const unseen = (...parameters: readonly string[]): string =>
  parameters.map((parameter) => `(select ${parameter})::${parameter.split('::')[1]}`).join(', ');
