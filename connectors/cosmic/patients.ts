import type { CosmicSettings } from './configuration-file.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import { FhirFailure } from './fhir/failure.js';
import { ReadTogether } from './fhir/read-together.js';
import { readPatient, type AnyResource, type Patient } from './fhir/resources.js';
import { Untranslatable } from './kind.js';
import { KeptFor } from './kept-for.js';

/** Without `pages` each is read by its id. */
export type PatientReader = Pick<FhirReader, 'read'> & Partial<Pick<FhirReader, 'pages'>>;

const longestMilliseconds = 10 * 60 * 1000;
const mostKept = 20_000;

/**
 * Patients as they were read last: brought along by a page (`_include`), read together or one by one. They are kept until the next sweep,
 * which has to see whose number was corrected since (PAT-13), and ten minutes at most.
 */
export class Patients {
  private readonly kept: KeptFor<Patient | undefined>;
  private readonly together: ReadTogether;

  constructor(
    private readonly reader: PatientReader,
    settings: Pick<CosmicSettings, 'patientsTogether' | 'sweepSeconds'>,
    clock: () => Date,
  ) {
    this.together = new ReadTogether(reader, 'Patient', settings.patientsTogether);
    const milliseconds = Math.min(longestMilliseconds, settings.sweepSeconds * 1000);
    this.kept = new KeptFor(milliseconds, mostKept, clock);
  }

  /** What a page brought along. */
  learn(resource: AnyResource): void {
    const patient = readPatient(resource);
    if (patient) this.kept.set(patient.id, patient);
  }

  forget(): void {
    this.kept.clear();
  }

  /** Undefined when there is none. @throws Untranslatable; FhirFailure when it could not be read now. */
  get(id: string): Promise<Patient | undefined> {
    return this.kept.get(id, () => this.read(id));
  }

  /** As its id says that it is now, whatever is kept. @throws as `get` */
  async getAnew(id: string): Promise<Patient | undefined> {
    const patient = await this.read(id);
    this.kept.set(id, patient);
    return patient;
  }

  /** Reads those that are not kept, many by one search. What a search does not show is left to `get`. @throws FhirFailure that is no answer to a search */
  async prepare(ids: readonly string[]): Promise<void> {
    const missing = ids.filter((id) => !this.kept.has(id));
    for (const each of await this.together.read(missing)) this.learn(each);
  }

  private async read(id: string): Promise<Patient | undefined> {
    try {
      const answer = await this.reader.read('Patient', id);
      if ('gone' in answer) return undefined;
      const patient = readPatient(answer.resource);
      if (!patient) throw new Untranslatable('patient-malformed');
      return patient;
    } catch (error) {
      if (error instanceof FhirFailure && error.code === 'http-403')
        throw new Untranslatable('patient-not-readable');
      throw error;
    }
  }
}
