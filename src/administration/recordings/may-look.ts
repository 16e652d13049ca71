import { reasonHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-reason.js';

/**
 * Why nothing may be shown; undefined when it may. Who looks and why stands in the trail of accesses, which holds no personal
 * number.
 */
export function mayNotLook(user: string, reason: string): string | undefined {
  if (!/^SE\d{10}-[\w-]{1,31}$/.test(user)) return 'Say who looks: --user <HSA-id>.';
  if (reason.trim() === '') return 'Say why: --reason <why>.';
  return reasonHoldsPersonalNumber(reason) ? 'A reason must not hold a personal number.' : undefined;
}
