import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { readXmlTime, startOfDay, UnreadableTime } from '../frame/stockholm-time.js';
import type { CosmicSettings } from './configuration-file.js';
import type { Encounter } from './fhir/resources.js';

/** An Encounter as a stay, at one moment. `none`: there is no stay (planned, cancelled, deleted, of another class). */
export type Seen = {
  readonly status: 'open' | 'ended' | 'none';
  /** Absent only where there is no stay. */
  readonly person?: PersonIdentifier;
  /** Which Patient it was read from; absent when the Encounter names the identity itself. */
  readonly patient?: string;
  readonly ward?: string;
  readonly admittedAt?: string;
  readonly dischargedAt?: string;
  readonly expectedDischarge?: string;
  /** `meta.lastUpdated` as an instant. */
  readonly updatedAt?: string;
};

/** One Encounter that cannot be told as a stay; the others go on. `code` never holds anything of the Encounter. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
  constructor(readonly code: string) {
    super(code);
  }
}

/** What needs other resources to be known. */
export type Surroundings = {
  /** @throws Untranslatable when the Encounter leads to no identity; FhirFailure when it could not be read now. */
  person(encounter: Encounter): Promise<{ readonly person: PersonIdentifier; readonly patient?: string }>;
  /** @throws FhirFailure */
  ward(encounter: Encounter): Promise<string | undefined>;
};

/**
 * From Encounter to stay. Undefined: its status says nothing.
 * @throws Untranslatable; FhirFailure when what it leads to could not be read now.
 */
export async function translate(
  encounter: Encounter,
  settings: CosmicSettings,
  surroundings: Surroundings,
): Promise<Seen | undefined> {
  const updatedAt =
    encounter.meta?.lastUpdated === undefined ? {} : { updatedAt: read(encounter.meta.lastUpdated) };
  const meaning = settings.status[encounter.status];
  if (meaning === undefined) throw new Untranslatable('status-unknown');
  if (meaning === 'nothing') return undefined;
  const inpatient = encounter.class?.code !== undefined && settings.classes.includes(encounter.class.code);
  // Who it was of is on record already, where there was anything to take back.
  if (meaning === 'none' || !inpatient) return { status: 'none', ...updatedAt };
  const { person, patient } = await surroundings.person(encounter);
  const ward = await surroundings.ward(encounter);
  const admittedAt = encounter.period?.start === undefined ? undefined : startTime(encounter.period.start);
  const dischargedAt =
    meaning !== 'ended' || encounter.period?.end === undefined
      ? undefined
      : endTime(encounter.period.end, updatedAt.updatedAt);
  const planned = encounter.extension?.find(({ url }) => settings.plannedEnd.includes(url))?.valueDateTime;
  return {
    status: meaning,
    person,
    ...(patient !== undefined && { patient }),
    ...(ward !== undefined && { ward }),
    ...(admittedAt !== undefined && { admittedAt }),
    ...(dischargedAt !== undefined && { dischargedAt }),
    ...(planned !== undefined && { expectedDischarge: startTime(planned) }),
    ...updatedAt,
  };
}

/** A day alone is its start in Stockholm, as in HL7 v2. */
function startTime(text: string): string {
  return isDay(text) ? checked(() => startOfDay(text)) : read(text);
}

/** A day alone is, in FHIR, all of that day; but no later than when the journal said it. */
function endTime(text: string, updatedAt: string | undefined): string {
  if (!isDay(text)) return read(text);
  const next = new Date(`${text}T12:00:00Z`);
  if (Number.isNaN(next.getTime())) throw new Untranslatable('time-unreadable');
  next.setUTCDate(next.getUTCDate() + 1);
  const end = checked(() => startOfDay(next.toISOString().slice(0, 10)));
  const start = checked(() => startOfDay(text));
  return updatedAt !== undefined && updatedAt > start && updatedAt < end ? updatedAt : end;
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function read(text: string): string {
  return checked(() => readXmlTime(text).instant);
}

function checked(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (error instanceof UnreadableTime) throw new Untranslatable('time-unreadable');
    throw error;
  }
}
