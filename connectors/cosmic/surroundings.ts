import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { identifyPerson, isNational } from '../common/identify-person.js';
import type { CosmicSettings } from './configuration-file.js';
import {
  relativeReference,
  type AnyResource,
  type Encounter,
  type Identifier,
  type Patient,
  type Reference,
} from './fhir/resources.js';
import { isSamePerson } from './is-same-person.js';
import { Untranslatable, type Remembered } from './kind.js';
import { Patients, type PatientReader } from './patients.js';
import { hsaIdOf, keysOf, lookUp, type Places } from './places.js';
import { currentLocation } from './stays/place.js';
import type { Surroundings, WardFound } from './stays/translate.js';

const mostUnknownWards = 1000;
/** Bed, room, corridor, ward, clinic. */
const mostParents = 5;

/**
 * Whose a resource is, and at which ward a stay is, where the resource only refers to it.
 */
export class ReadSurroundings implements Surroundings {
  private readonly patients: Patients;
  /** References to wards that the mapping does not hold, since the start. */
  readonly unknownWards = new Set<string>();

  constructor(
    reader: PatientReader,
    private readonly places: Places,
    private readonly settings: CosmicSettings,
    private readonly clock: () => Date,
    /** Is told once of each reference to a ward that the mapping does not hold. */
    private readonly onUnknownWard: (reference: string) => void = () => undefined,
  ) {
    this.patients = new Patients(reader, settings, clock);
  }

  /** What a page brought along. */
  learn(resource: AnyResource): void {
    this.patients.learn(resource);
    this.places.learn(resource);
  }

  /** A sweep has to see whose number was corrected since (PAT-13). */
  beginSweep(): void {
    this.patients.forget();
  }

  /** Reads together whom many resources lead to. @throws FhirFailure */
  async prepare(all: readonly Referring[]): Promise<void> {
    const ids = all.flatMap(({ subject }) => (this.named(subject) ? [] : (patientOf(subject) ?? [])));
    await this.patients.prepare(ids);
  }

  /** @param told who it was told of before: that the same Patient is somebody else now is believed when a read by its id says so */
  async person(
    { subject }: Referring,
    told?: Pick<Remembered, 'person' | 'patient'>,
  ): Promise<{ person: PersonIdentifier; patient?: string }> {
    const named = this.named(subject);
    const patient = patientOf(subject);
    if (named) return { person: named, ...(patient !== undefined && { patient }) };
    if (patient === undefined) throw new Untranslatable('no-subject');
    const found = this.identityOf(await this.patients.get(patient));
    const isOther = told?.person && told.patient === patient && !isSamePerson(told.person, found);
    return { person: isOther ? this.identityOf(await this.patients.getAnew(patient)) : found, patient };
  }

  /**
   * The ward by the first rule of the mapping that finds one. A rule that leads to what may not be read may be the one that would have,
   * so none after it is asked.
   */
  async ward(encounter: Encounter): Promise<WardFound> {
    const references = this.settings.ward.from.flatMap((from) => {
      const reference = from === 'location' ? currentLocation(encounter) : encounter.serviceProvider;
      return reference ? [reference] : [];
    });
    for (const reference of references) {
      const found = await this.wardOf(reference);
      if (found.ward !== undefined || found.wardNotReadable) return found;
    }
    const [first] = references;
    if (first) this.noteUnknownWard(first.reference ?? first.identifier?.value ?? 'without reference');
    return {};
  }

  private noteUnknownWard(reference: string): void {
    if (this.unknownWards.has(reference) || this.unknownWards.size >= mostUnknownWards) return;
    this.unknownWards.add(reference);
    this.onUnknownWard(reference);
  }

  private named(subject: Reference | undefined): PersonIdentifier | undefined {
    return subject?.identifier && this.identify([subject.identifier]);
  }

  private identityOf(patient: Patient | undefined): PersonIdentifier {
    if (!patient) throw new Untranslatable('patient-not-found');
    const person = this.identify(patient.identifier ?? []);
    if (!person) throw new Untranslatable('no-identity');
    return person;
  }

  private identify(identifiers: readonly Identifier[]): PersonIdentifier | undefined {
    const { personnummer, samordningsnummer, reserve } = this.settings.person;
    const now = this.clock().getTime();
    const current = identifiers.filter(
      ({ use, period }) => use !== 'old' && !(Date.parse(period?.end ?? '') < now),
    );
    const valueOf = (systems: readonly string[]): string | undefined =>
      current.find((each) => each.value && each.system !== undefined && systems.includes(each.system))?.value;
    const value = valueOf(personnummer) ?? valueOf(samordningsnummer);
    if (value !== undefined) {
      const person = identifyPerson(value, []);
      // A number that is none is passed on as sent, as every connector does (PAT-3).
      if (isNational(person) || valueOf(reserve) === undefined) return person;
    }
    const reserved = valueOf(reserve);
    return reserved === undefined
      ? undefined
      : { type: 'reserve', value: reserved.trim().replaceAll('-', '').toUpperCase() };
  }

  private async wardOf(reference: Reference): Promise<WardFound> {
    const { table, hsaSystems, read } = this.settings.ward;
    const { identifier } = reference;
    const named = hsaIdOf(identifier ? [identifier] : [], hsaSystems);
    if (named !== undefined) return { ward: named };
    let at: Reference | undefined = reference;
    for (let level = 0; at !== undefined && level <= mostParents; level += 1) {
      const relative = relativeReference(at.reference ?? '');
      const known = lookUp(table, [
        relative && `${relative.type}/${relative.id}`,
        ...keysOf(at.identifier ? [at.identifier] : []),
      ]);
      if (known !== undefined) return { ward: known };
      if (!read || !relative) return {};
      const { type, id } = relative;
      if (type !== 'Location' && type !== 'Organization') return {};
      const place = await this.places.place(type, id);
      if (place === 'not-readable') return { wardNotReadable: true };
      const identifiers = place?.identifier ?? [];
      const mapped = lookUp(table, keysOf(identifiers));
      if (mapped !== undefined) return { ward: mapped };
      // What a ward is part of is a hospital, not a ward: only the table says otherwise.
      const own = level === 0 ? hsaIdOf(identifiers, hsaSystems) : undefined;
      if (own !== undefined) return { ward: own };
      at = place?.partOf;
    }
    return {};
  }
}

type Referring = { readonly subject?: Reference | undefined };

function patientOf(subject: Reference | undefined): string | undefined {
  const reference = relativeReference(subject?.reference ?? '');
  return reference?.type === 'Patient' ? reference.id : undefined;
}
