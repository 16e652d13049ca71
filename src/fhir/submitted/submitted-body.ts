import type { FhirResource, Meta, Narrative, OperationOutcomeIssue } from 'fhir/r4.js';
import { windowAt } from '../../messaging/contracts/time-bounds.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { FhirError } from '../fhir-error.js';
import { requireStructure } from '../validation/structure.js';
import type { WritableType } from '../validation/structure.js';
import { moreFaults } from '../write/write-faults.js';
import { Submitted } from './submitted.js';
import type { Submission } from './submitted.js';

type Resource<Type extends WritableType> = Extract<FhirResource, { resourceType: Type }>;

/** The body of a request as a resource of the wanted type, of which nothing has been read yet. */
export class SubmittedBody<Type extends WritableType> {
  readonly id: string | undefined;
  readonly #issues: OperationOutcomeIssue[] = [];
  readonly #resource: Submitted<Resource<Type>>;

  /** @throws {FhirError} 400 for what is no such resource in R4 */
  constructor(type: Type, body: unknown, { baseUrl, window }: Pick<Submission, 'baseUrl' | 'window'>) {
    // An operation without required parameters may be called without a body.
    const sent = type === 'Parameters' ? (body ?? { resourceType: type }) : body;
    const resource: Resource<Type> = requireStructure(type, sent);
    this.id = (resource as { id?: string }).id;
    this.#resource = new Submitted(resource, type, { baseUrl, window, issues: this.#issues, faults: 0 });
  }

  /** Whether an element is left out: what kind of thing the body is, may hang on it. */
  lacks(name: keyof Resource<Type> & string): boolean {
    return !this.#resource.names.includes(name);
  }

  /**
   * What the reader makes of it. The reader notes faults with `fault`, and answers undefined where it cannot go on.
   * @throws {FhirError} 422 with every fault that the reader noted and every element it did not ask for, by path, up to a bound; the last issue says
   *   where there are more
   */
  async read<Input extends object>(
    reader: (resource: Submitted<Resource<Type>>) => Promise<Input | undefined> | Input | undefined,
  ): Promise<Input> {
    readBaseElements(this.#resource);
    const input = await reader(this.#resource);
    this.#resource.refuseUnread();
    const told = this.#issues.length;
    const isAll = this.#resource.submission.faults <= told;
    if (told > 0) throw new FhirError(422, isAll ? this.#issues : [...this.#issues, moreFaults(told)]);
    if (input === undefined) throw new Error(`a reader of ${this.#resource.path} gave up without a fault`);
    return input;
  }
}

/** What all that is sent to the facade now is read with. */
export function submissionTo(
  { baseUrl, timeBounds }: FacadeSettings,
  { now }: Clock,
): Pick<Submission, 'baseUrl' | 'window'> {
  return { baseUrl, window: windowAt(timeBounds, now()) };
}

type BaseElements = {
  resourceType: string;
  id?: string | undefined;
  meta?: Meta | undefined;
  text?: Narrative | undefined;
  language?: string | undefined;
};

/**
 * What every resource may carry and the hub need not keep: ids and versions are the server's to give, a profile is a claim about form, and a
 * narrative says again what the elements say, unless it says that it says more. Labels and tags are not among them.
 * @param place what is contained has no version and no time of its own (dom-4)
 * @see https://hl7.org/fhir/R4/http.html#create
 */
export function readBaseElements(
  resource: Submitted<BaseElements>,
  place: 'alone' | 'contained' = 'alone',
): void {
  resource.takeWhole('resourceType', 'id');
  const meta = resource.child('meta');
  meta?.takeWhole('profile');
  if (place === 'alone') meta?.takeWhole('versionId', 'lastUpdated');
  const narrative = resource.child('text');
  if (narrative?.value('status') === 'additional') narrative.fault('element-not-taken');
  narrative?.takeWhole('div');
  const language = resource.value('language');
  if (language !== undefined && language !== 'sv' && language !== 'sv-SE')
    resource.fault('value-not-taken', '.language', { expected: 'sv' });
}
