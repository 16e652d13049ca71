/**
 * One of these personal numbers as people and systems write them: with or without the century, with or without a sign. For saying
 * that a text holds none: ten digits that are known stand in no uuid, hash or time by chance; four, or any that fit, do.
 */
export const anyWrittenAs = (numbers: readonly string[]): RegExp =>
  new RegExp(numbers.map((number) => `${number.slice(2, 8)}[-+]?${number.slice(8)}`).join('|'));

const byChance = new Set(['requestId', 'time', 'pid', 'hostname', 'durationMs']);

/** Lines of the request log without what holds any four digits by chance, for saying that they hold no part of a number. */
export const withoutChance = (lines: readonly Readonly<Record<string, unknown>>[]): string =>
  JSON.stringify(lines, (name, value: unknown) => (byChance.has(name) ? undefined : value));
