import { answerBounds } from '../../common/answer-bounds.js';

const { list: longestList, parts: mostParts } = answerBounds.cosmic;

/**
 * Whether an answer is of a size that it may be looked at: each list and the whole. Counted before anything is, because what says why something is
 * no FHIR says it of each part, and costs far more than the part.
 * @param value parsed JSON
 */
export function isBounded(value: unknown): boolean {
  const waiting: unknown[] = [value];
  for (let parts = 1; waiting.length > 0;) {
    const each = waiting.pop();
    if (typeof each !== 'object' || each === null) continue;
    if (Array.isArray(each) && each.length > longestList) return false;
    const inside: readonly unknown[] = Array.isArray(each) ? each : Object.values(each);
    parts += inside.length;
    if (parts > mostParts) return false;
    for (const part of inside) if (typeof part === 'object' && part !== null) waiting.push(part);
  }
  return true;
}
