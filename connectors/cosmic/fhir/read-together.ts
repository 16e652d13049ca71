import { forLog } from '../../common/log-text.js';
import { FhirFailure } from './failure.js';
import type { FhirReader } from './fhir-reader.js';
import type { AnyResource } from './resources.js';

/** Resources of one type by their ids, many in one search (`_id`), until the server shows that it cannot do that. */
export class ReadTogether {
  private isPossible = true;

  /**
   * @param reader without `pages` nothing is searched for
   * @param most ids in one search; 1: the server cannot search for several
   */
  constructor(
    private readonly reader: Partial<Pick<FhirReader, 'pages'>>,
    private readonly resourceType: string,
    private readonly most: number,
  ) {}

  /**
   * What searches show, which may lag behind what a read says. What they do not show is to be read by its id; so is one alone, and one whose
   * id may be a number, which is in no URL.
   * @throws FhirFailure that is no answer to a search
   */
  async read(ids: readonly string[]): Promise<readonly AnyResource[]> {
    const { most } = this;
    if (most < 2) return [];
    const askable = [...new Set(ids)].filter((id) => forLog(id) === id);
    const found: AnyResource[] = [];
    for (let from = 0; this.isPossible && askable.length - from > 1; from += most)
      found.push(...(await this.search(askable.slice(from, from + most))));
    return found;
  }

  private async search(ids: readonly string[]): Promise<readonly AnyResource[]> {
    const { resourceType, reader } = this;
    try {
      const query = { _id: ids.join(','), _count: String(ids.length) };
      for await (const { resources } of reader.pages?.(resourceType, query) ?? []) {
        const own = resources.filter((each) => each.resourceType === resourceType);
        // A server that passes over a parameter that it does not know would show every one there is.
        if (own.every(({ id }) => id !== undefined && ids.includes(id))) return own;
        this.isPossible = false;
        return [];
      }
      return [];
    } catch (error) {
      if (!(error instanceof FhirFailure) || !mayBeOfSearch(error.code)) throw error;
      if (error.blame !== 'passing') this.isPossible = false;
      return [];
    }
  }
}

/** Whether a server that fails so may still answer a read. */
function mayBeOfSearch(code: string): boolean {
  return /^(?:http-(?!401|429)\d+|not-fhir|too-large|too-many-parts)$/.test(code);
}
