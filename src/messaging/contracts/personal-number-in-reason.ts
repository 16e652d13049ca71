import {
  inPlainCharacters,
  isNumber,
  looksLikePersonalNumber,
  withoutCodes,
} from './personal-number-shape.js';

/**
 * Whether what an operator gives as a reason, which is kept, holds a personal number: anything shaped like one, and one that was
 * written apart ("1905 03 27 98 12"). An HSA-id begins with an organisation number, which is told from a personal one by its third
 * digit: 2 or more, where a month has 0 or 1.
 */
export function reasonHoldsPersonalNumber(text: string): boolean {
  const plain = inPlainCharacters(withoutCodes(text))
    .replaceAll(/\p{Pd}|\u2212/gu, '-')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, ' ')
    .replaceAll(/(?<![\dA-Za-z])SE(?:16)?\d{2}[2-9]\d{7}-/gi, ' ');
  if (looksLikePersonalNumber(plain) || /\d{6} ?[-+]? ?\d{4}/.test(plain)) return true;
  const runs = plain.match(/\d(?:[\s.\-+/]{0,2}\d)+/g) ?? [];
  return runs.some((run) => windows(run.replaceAll(/\D/g, '')).some(isNumber));
}

function windows(digits: string): readonly string[] {
  return Array.from({ length: Math.max(0, digits.length - 9) }, (_, from) => digits.slice(from, from + 10));
}
