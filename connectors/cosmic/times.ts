import { orNearest, readXmlTime, startOfDay, UnreadableTime } from '../common/stockholm-time.js';
import { Untranslatable } from './kind.js';

/** An instant of FHIR in UTC. @throws Untranslatable */
export function readInstant(text: string): string {
  return checked(() => readXmlTime(text).instant);
}

/** When something begins, in UTC; a day alone is its start in Stockholm, as in HL7 v2. @throws Untranslatable */
export function startTime(text: string): string {
  return isDay(text) ? checked(() => startOfDay(text)) : readInstant(text);
}

/** When something is to be, which may be a placeholder outside the years 1 to 9999: then the nearest. @throws Untranslatable */
export function plannedTime(text: string): string {
  const read = () => (isDay(text) ? { instant: startOfDay(text), ambiguous: false } : readXmlTime(text));
  return checked(() => orNearest(read).instant);
}

/** A day alone is, in FHIR, all of that day; but no later than when the journal said it. @throws Untranslatable */
export function endTime(text: string, updatedAt: string | undefined): string {
  if (!isDay(text)) return readInstant(text);
  const next = new Date(`${text}T12:00:00Z`);
  if (Number.isNaN(next.getTime())) throw new Untranslatable('time-unreadable');
  next.setUTCDate(next.getUTCDate() + 1);
  const end = checked(() => startOfDay(next.toISOString().slice(0, 10)));
  const start = checked(() => startOfDay(text));
  return updatedAt !== undefined && updatedAt > start && updatedAt < end ? updatedAt : end;
}

/** A day as it stands, an instant in UTC; undefined for what is coarser than a day. @throws Untranslatable */
export function dayOrInstant(text: string): string | undefined {
  if (/^\d{4}(?:-\d{2})?$/.test(text)) return undefined;
  if (!isDay(text)) return readInstant(text);
  checked(() => startOfDay(text));
  return text;
}

/** The later of two instants; they may be written with different precision. */
export function latest(one: string | undefined, other: string): string {
  return one !== undefined && Date.parse(one) > Date.parse(other) ? one : other;
}

export function earliest(one: string | undefined, other: string): string {
  return one !== undefined && Date.parse(one) < Date.parse(other) ? one : other;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function checked(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (error instanceof UnreadableTime) throw new Untranslatable('time-unreadable');
    throw error;
  }
}
