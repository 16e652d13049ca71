import type { CodeableConcept, Coding } from 'fhir/r4.js';
import type { Concept } from '../../projection/codes/codes.js';
import type { Submitted } from './submitted.js';

/** A code system of which codes are taken, with the words that may stand beside them. */
export type TakenSystem<Code extends string> = {
  readonly system: string;
  readonly concepts: Readonly<Record<Code, Concept>>;
};

/**
 * The code of a concept with exactly one coding, of the system; undefined where it has not, which the caller refuses. Words beside the
 * code must be the code's own, in Swedish or English: other words say something that the hub would not keep.
 */
export function readConcept<Code extends string>(
  concept: Submitted<CodeableConcept> | undefined,
  of: TakenSystem<Code>,
): Code | undefined {
  const codings = concept?.children('coding') ?? [];
  const codes = codings.map((coding) => readCoding(coding, of));
  const text = concept?.value('text');
  const [code, ...more] = codes;
  if (code === undefined || more.length > 0) return undefined;
  if (text !== undefined && !isWordFor(text, of.concepts[code])) concept?.fault('element-not-taken', '.text');
  return code;
}

/** The code of a coding of the system; undefined for another. */
export function readCoding<Code extends string>(
  coding: Submitted<Coding> | undefined,
  of: TakenSystem<Code>,
): Code | undefined {
  if (coding === undefined) return undefined;
  const [system, code, display] = [coding.value('system'), coding.value('code'), coding.value('display')];
  if (system !== of.system || code === undefined || !Object.hasOwn(of.concepts, code)) return undefined;
  if (display !== undefined && !isWordFor(display, of.concepts[code as Code]))
    coding.fault('value-not-taken', '.display', { expected: of.concepts[code as Code].sv });
  return code as Code;
}

/** The codes of a system, as a fault lists them. */
export const codesOf = (of: TakenSystem<string>): string => Object.keys(of.concepts).join(', ');

const isWordFor = (text: string, { sv, en }: Concept): boolean =>
  [sv, en].some((word) => word.toLowerCase() === text.trim().toLowerCase());
