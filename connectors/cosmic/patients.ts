import { forLog } from '../common/log-text.js';
import type { CosmicSettings } from './configuration-file.js';
import type { FhirReader } from './fhir/fhir-reader.js';
import { FhirFailure } from './fhir/failure.js';
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
  /** Until the server shows that it cannot search for several by `_id`. */
  private together = true;

  constructor(
    private readonly reader: PatientReader,
    private readonly settings: Pick<CosmicSettings, 'patientsTogether' | 'sweepSeconds'>,
    clock: () => Date,
  ) {
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

  /**
   * Reads those that are not kept, `patientsTogether` by one search. What a search does not show is left to `get`. A number that is used
   * as an id is in no URL, so it is left to `get` too.
   * @throws FhirFailure that is no answer to a search
   */
  async prepare(ids: readonly string[]): Promise<void> {
    const missing = [...new Set(ids)].filter((id) => !this.kept.has(id) && forLog(id) === id);
    const { patientsTogether: most } = this.settings;
    if (most < 2) return;
    for (let from = 0; this.together && missing.length - from > 1; from += most)
      await this.readTogether(missing.slice(from, from + most));
  }

  private async readTogether(ids: readonly string[]): Promise<void> {
    try {
      const query = { _id: ids.join(','), _count: String(ids.length) };
      for await (const { resources } of this.reader.pages?.('Patient', query) ?? []) {
        // A server that passes over a parameter that it does not know would show every Patient there is.
        const asked = ({ resourceType, id }: AnyResource) =>
          resourceType !== 'Patient' || (id !== undefined && ids.includes(id));
        if (!resources.every(asked)) this.together = false;
        else for (const each of resources) this.learn(each);
        return;
      }
    } catch (error) {
      if (!(error instanceof FhirFailure) || !mayBeOfSearch(error.code)) throw error;
      if (error.blame !== 'passing') this.together = false;
    }
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

/** Whether a server that fails so may still answer a read. */
function mayBeOfSearch(code: string): boolean {
  return /^(?:http-(?!401|429)\d+|not-fhir|too-large|too-many-parts)$/.test(code);
}
