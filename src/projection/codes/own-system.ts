import { canonicalBase } from './canonicals.js';

/** A concept in the two languages of the hub. */
export type Concept = { readonly sv: string; readonly en: string };

/** One of the project's own code systems: code → Swedish and English. Of a row that holds more than its words only these are taken. */
export const own = <Code extends string>(
  name: string,
  title: string,
  concepts: Readonly<Record<Code, Concept>>,
) => ({
  system: `${canonicalBase}/CodeSystem/${name}`,
  name,
  title,
  concepts: Object.fromEntries(
    Object.entries<Concept>(concepts).map(([code, { sv, en }]) => [code, { sv, en }]),
  ) as Readonly<Record<Code, Concept>>,
});
