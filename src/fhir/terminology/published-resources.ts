import type { CodeSystem, Questionnaire } from 'fhir/r4.js';
import { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import { formParameters, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { unknownParameter } from '../search/parameter-name.js';
import { readCriteria, unescape } from '../search/search-input.js';
import { selfOf } from '../search/self-link.js';

/** What a search parameter compares with, exactly. */
export type Criteria<Resource> = Readonly<Record<string, (of: Resource) => string | undefined>>;

/**
 * Resources that the program or the configuration publishes and no database holds. To everybody, as the CapabilityStatement, because they tell of
 * nobody; so no record is left of who reads them.
 */
export class PublishedResources<Resource extends CodeSystem | Questionnaire> {
  constructor(
    private readonly type: Resource['resourceType'],
    private readonly all: readonly Resource[],
    private readonly criteriaOf: Criteria<Resource>,
    private readonly baseUrl: string,
  ) {}

  /** @throws {FhirError} 404 */
  read(id: string): FhirAnswer {
    const found = this.all.find((each) => each.id === id);
    if (found === undefined) throw fault('not-found');
    return new FhirAnswer(200, found);
  }

  /** By GET. @throws {FhirError} 400 for a parameter that is not known */
  search(request: Parameters<typeof queryOf>[0]): FhirAnswer {
    return this.#found(queryOf(request));
  }

  /** By POST: parameters in the address and in a form. @throws as `search`, and 415 for a body that is no form */
  searchByPost(request: Parameters<typeof queryOf>[0], body: unknown): FhirAnswer {
    if (body !== undefined && !(body instanceof URLSearchParams)) throw fault('form-expected');
    return this.#found(new URLSearchParams([...queryOf(request), ...(body ?? [])]));
  }

  #found(parameters: URLSearchParams): FhirAnswer {
    const { type, criteriaOf } = this;
    const criteria = readCriteria(parameters).filter(
      ({ name, modifier }) => modifier !== undefined || !formParameters.has(name),
    );
    const unknown = criteria.find(
      ({ name, modifier }) => !Object.hasOwn(criteriaOf, name) || modifier !== undefined,
    );
    if (unknown !== undefined) throw unknownParameter(unknown.name, type);
    const found = criteria
      .filter(({ values }) => values.length > 0)
      .reduce(
        (left, { name, values }) =>
          left.filter((each) => values.map(unescape).includes(criteriaOf[name]?.(each) ?? '')),
        this.all,
      );
    const address = `${this.baseUrl}/${type}`;
    return bundleAnswer(
      'searchset',
      found.length,
      [{ relation: 'self', url: selfOf(address, parameters, found.length) }],
      found.map((resource) => ({
        fullUrl: `${address}/${resource.id}`,
        resource: JSON.stringify(resource),
        search: { mode: 'match' },
      })),
    );
  }
}
