type Merged<Tables extends readonly object[]> = {
  readonly [Key in { [At in keyof Tables]: keyof Tables[At] }[number]]: Extract<
    Tables[number],
    { readonly [Each in Key]: unknown }
  >[Key];
};

/**
 * Tables of several areas as one, in their order.
 *
 * @param what what a key stands for, as the error says it
 * @throws Error at start, when two tables have one key
 */
export function mergedTables<const Tables extends readonly object[]>(
  what: string,
  ...tables: Tables
): Merged<Tables> {
  const entries = tables.flatMap((each) => Object.entries(each));
  const keys = entries.map(([key]) => key);
  const twice = keys.find((key, at) => keys.indexOf(key) !== at);
  if (twice !== undefined) throw new Error(`two ${what} are called ${twice}`);
  return Object.fromEntries(entries) as Merged<Tables>;
}
