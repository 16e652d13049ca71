import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import type { CosmicSettings } from '../configuration-file.js';
import type { Encounter } from '../fhir/resources.js';
import { Untranslatable, type Remembered } from '../kind.js';
import { placeOf } from './place.js';
import { endTime, plannedTime, readInstant, startTime } from '../times.js';

/**
 * An Encounter as a stay, at one moment. `none`: there is no stay (planned, cancelled, deleted, or of another class and never told as one).
 */
export type Observed = {
  readonly status: 'open' | 'ended' | 'none';
  /** Absent only where there is no stay. */
  readonly person?: PersonIdentifier;
  /** Which Patient it was read from; absent when the Encounter names the identity itself. */
  readonly patient?: string;
  /** Absent: at one that nobody here knows, or that the Encounter does not name. */
  readonly ward?: string;
  /** What would tell the ward may not be read: that there is none here says nothing. */
  readonly wardNotReadable?: true;
  /** Of another class, though it was told as a stay. */
  readonly otherCare?: true;
  /** What the Encounter names as its place (`placeOf`). */
  readonly place?: string;
  readonly admittedAt?: string;
  readonly dischargedAt?: string;
  readonly expectedDischarge?: string;
  /** `meta.lastUpdated` as an instant. */
  readonly updatedAt?: string;
};

/** Without `ward`: at none that is in the table, or at one of which nothing can be known now. */
export type WardFound = Pick<Observed, 'ward' | 'wardNotReadable'>;

/** What needs other resources to be known. */
export type Surroundings = {
  /** @throws Untranslatable when the Encounter leads to no identity; FhirFailure when it could not be read now. */
  person(
    encounter: Pick<Encounter, 'subject'>,
    told?: Pick<Remembered, 'person' | 'patient'>,
  ): Promise<{ readonly person: PersonIdentifier; readonly patient?: string }>;
  /** Forgets who Patients were read as. */
  beginSweep?(): void;
  /** Reads together whom many lead to. @throws FhirFailure */
  prepare?(encounters: readonly Pick<Encounter, 'subject'>[]): Promise<void>;
  /** @throws FhirFailure */
  ward(encounter: Encounter): Promise<WardFound>;
};

/**
 * From Encounter to stay. Undefined: its status says nothing.
 * @throws Untranslatable; FhirFailure when what it leads to could not be read now.
 */
export async function translate(
  encounter: Encounter,
  settings: CosmicSettings,
  surroundings: Surroundings,
  told?: Pick<Remembered, 'status' | 'person' | 'patient'> & Pick<Observed, 'ward' | 'place'>,
): Promise<Observed | undefined> {
  const updatedAt =
    encounter.meta?.lastUpdated === undefined ? {} : { updatedAt: readInstant(encounter.meta.lastUpdated) };
  const meaning = Object.hasOwn(settings.status, encounter.status)
    ? settings.status[encounter.status]
    : undefined;
  if (meaning === undefined) throw new Untranslatable('status-unknown');
  if (meaning === 'nothing') return undefined;
  const inpatient = encounter.class?.code !== undefined && settings.classes.includes(encounter.class.code);
  // Who it was of is on record already, where there was anything to take back.
  const wasTold = told !== undefined && told.status !== 'none';
  if (!inpatient && !wasTold) return { status: 'none', ...updatedAt };
  const otherCare = { ...(!inpatient && { otherCare: true as const }) };
  if (meaning === 'none') return { status: 'none', ...otherCare, ...updatedAt };
  const { person, patient } = await surroundings.person(encounter, told);
  const place = placeOf(encounter);
  const found = await surroundings.ward(encounter);
  // Who is at the place that the ward was told from has not moved: what is lost is where the place leads to.
  const ward = found.ward ?? (told?.place === place ? told.ward : undefined);
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
    ...found,
    ...(ward !== undefined && { ward }),
    ...otherCare,
    place,
    ...(admittedAt !== undefined && { admittedAt }),
    ...(dischargedAt !== undefined && { dischargedAt }),
    ...(planned !== undefined && { expectedDischarge: plannedTime(planned) }),
    ...updatedAt,
  };
}
