import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import { identifyPerson, isNational } from '../../../connectors/common/identify-person.js';

/**
 * Why nothing may be shown; undefined when it may. Who looks and why stands in the trail of accesses, which holds no personal
 * number.
 */
export function mayNotLook(user: string, reason: string): string | undefined {
  if (!/^SE\d{10}-[\w-]{1,31}$/.test(user)) return 'Say who looks: --user <HSA-id>.';
  if (reason.trim() === '') return 'Say why: --reason <why>.';
  return holdsPersonalNumber(reason) ? 'A reason must not hold a personal number.' : undefined;
}

/**
 * True for anything shaped like a personal number, and for one that was written apart ("1905 03 27 98 12"). An HSA-id begins with
 * an organisation number, which is told from a personal one by its third digit: 2 or more, where a month has 0 or 1.
 */
export function holdsPersonalNumber(text: string): boolean {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/\p{Pd}|\u2212/gu, '-')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, ' ')
    .replaceAll(/(?<![\dA-Za-z])SE(?:16)?\d{2}[2-9]\d{7}-/gi, ' ');
  if (looksLikePersonalNumber(plain) || /\d{6} ?[-+]? ?\d{4}/.test(plain)) return true;
  const runs = plain.match(/\d(?:[\s.\-+/]{0,2}\d)+/g) ?? [];
  return runs.some((run) => windows(run.replaceAll(/\D/g, '')).some(isPersonalNumber));
}

function windows(digits: string): readonly string[] {
  return Array.from({ length: Math.max(0, digits.length - 9) }, (_, from) => digits.slice(from, from + 10));
}

function isPersonalNumber(digits: string): boolean {
  return isNational(identifyPerson(digits, []));
}
