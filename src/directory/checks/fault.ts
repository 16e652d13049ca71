/** Why an organisation file cannot be used: the rule, what it concerns (a unit by name and HSA-id), and what is wrong. */
export type Fault = {
  readonly rule: string;
  readonly about: string;
  readonly problem: string;
  /** Where in the file; absent: nowhere in particular. */
  readonly place?: Place;
};

/** Names and indexes on the way to a place in the file. */
export type Place = readonly (string | number)[];

/** One line for an operator. */
export function faultText({ rule, about, problem }: Fault): string {
  return `${rule}: ${about}: ${problem}`;
}

/** A unit or provider as faults name it: what people call it, and its HSA-id. */
export function named(one: { readonly name: string; readonly hsaId: string }): string {
  return `${one.name} (${one.hsaId})`;
}

/** The values that occur more than once, each once. */
export function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return [...new Set(values.filter((value) => seen.has(value) || !seen.add(value)))];
}
