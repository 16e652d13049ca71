import type { CodeableConcept, Coding } from 'fhir/r4.js';
import { mergedTables } from '../../process/merged-tables.js';
import { caseCodeSystems } from './case-codes.js';
import { decisionCodeSystems } from './decision-codes.js';
import { directoryCodeSystems } from './directory-codes.js';
import { homeVisitCodeSystems } from './home-visit-codes.js';
import { noticeCodeSystems } from './notice-codes.js';
import type { Concept } from './own-system.js';
import { todoCodeSystems } from './todo-codes.js';

/** The one place with every code, canonical URL and identifier system that the hub writes or reads. */
export * from './canonicals.js';
export * from './foreign-codes.js';
export type { Concept };

/** The project's own code systems, one file for each area. They are published from `fhir-profiles`, made by `npm run docs`. */
export const codeSystems = mergedTables(
  'code systems',
  caseCodeSystems,
  todoCodeSystems,
  noticeCodeSystems,
  decisionCodeSystems,
  directoryCodeSystems,
  homeVisitCodeSystems,
);

type System = { readonly system: string; readonly concepts: Readonly<Record<string, Concept>> };

/** A coding of one of the hub's own systems, with its Swedish display. */
export function coding<Of extends System>(of: Of, code: keyof Of['concepts'] & string): Coding {
  const concept = of.concepts[code];
  return { system: of.system, code, ...(concept ? { display: concept.sv } : {}) };
}

/** A concept whose words stand in a row of a kind of case. */
export function conceptOfRow(
  { system }: Pick<System, 'system'>,
  code: string,
  { sv }: Concept,
): CodeableConcept & { coding: Coding[] } {
  return { coding: [{ system, code, display: sv }], text: sv };
}

/** A concept with one coding of the hub's own and the Swedish text staff read. */
export function concept<Of extends System>(
  of: Of,
  code: keyof Of['concepts'] & string,
): CodeableConcept & { coding: Coding[] } {
  const text = of.concepts[code]?.sv;
  return { coding: [coding(of, code)], ...(text === undefined ? {} : { text }) };
}
