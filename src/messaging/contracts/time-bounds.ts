import type { PersonIdentifier, StayFactKind } from './facts.js';

/** How far from now a time of a case may lie. The sources give no bounds: they are configuration (decision 86). */
export type TimeBounds = { readonly yearsBack: number; readonly daysAhead: number };

/** What holds where nobody says otherwise: long enough for the longest care, and for what is planned in earnest. */
export const defaultTimeBounds: TimeBounds = { yearsBack: 30, daysAhead: 1096 };

/** The first and the last day that is taken, `YYYY-MM-DD`. */
export type TimeWindow = { readonly first: string; readonly last: string };

/** What is taken at a moment. */
export function windowAt({ yearsBack, daysAhead }: TimeBounds, now: Date): TimeWindow {
  const first = new Date(now);
  first.setUTCFullYear(now.getUTCFullYear() - yearsBack);
  const last = new Date(now.getTime() + daysAhead * 86_400_000);
  return { first: dayOf(first), last: dayOf(last) };
}

const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Whether a day, or a moment in UTC, lies in the window. Of a moment its day in UTC counts: a bound is no matter of hours. */
export function isWithin({ first, last }: TimeWindow, time: string): boolean {
  const day = time.slice(0, 10);
  // A year of more than four digits is written with its sign.
  return /^\d{4}-/.test(time) && day >= first && day <= last;
}

/** The kinds of facts of which the time of admission is read. */
const tellingAdmission: ReadonlySet<StayFactKind> = new Set(['admitted', 'transferred', 'changed']);

/**
 * By which of its times a fact of a stay is refused where they make no sense. An expected discharge is none of them: the fact is taken
 * without it, for journals write 9999 for "not known" and the ward has to learn of the stay (decision 86).
 */
export function timesThatRefuse(
  kind: StayFactKind,
): readonly ('occurredAt' | 'admittedAt' | 'dischargedAt')[] {
  return tellingAdmission.has(kind)
    ? ['occurredAt', 'admittedAt', 'dischargedAt']
    : ['occurredAt', 'dischargedAt'];
}

/** The day of birth that is written in a personal number or coordination number; undefined where it is no such number. */
export function birthDateIn({ value }: Pick<PersonIdentifier, 'value'>): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})\d{4}$/.exec(value);
  if (match === null) return undefined;
  const [, year = '', month = '', day = ''] = match;
  const born = Number(day) > 60 ? String(Number(day) - 60).padStart(2, '0') : day;
  return `${year}-${month}-${born}`;
}

/** Whether a day, or a moment in UTC, lies before the birth, by more than a zone can make of a day. */
export function isBeforeBirth(born: string, time: string): boolean {
  const before = new Date(`${born}T00:00:00Z`);
  before.setUTCDate(before.getUTCDate() - 1);
  return !Number.isNaN(before.getTime()) && time.slice(0, 10) < dayOf(before);
}
