import type { SqlConnection } from '../persistence/database.js';
import { Grouped } from '../persistence/grouped.js';
import type { AccessContext } from './access-context.js';
import { findResources, findVersions, isUuid } from './choke-point.js';
import type { Sighting, Wanted } from './choke-point.js';

/**
 * Reads of many requests in few round trips (decision 0020). Each is decided by the choke point for its own caller, by a
 * statement that begins after the request came.
 */
export class GroupedReads {
  readonly #resources: Grouped<Wanted, Sighting | undefined>;
  readonly #versions: Grouped<Wanted & { readonly version: number }, Sighting | undefined>;

  constructor(database: Pick<SqlConnection, 'query' | 'prepared'>) {
    this.#resources = new Grouped((wanted) => findResources(database, wanted));
    this.#versions = new Grouped((wanted) => findVersions(database, wanted));
  }

  /** The current version. @returns undefined when there is no such resource; treat it like `visible: false` */
  async resource({ units }: AccessContext, type: string, id: string): Promise<Sighting | undefined> {
    return isUuid(id) ? this.#resources.ask({ type, id, units }) : undefined;
  }

  /** One version, current or earlier. */
  async version(
    { units }: AccessContext,
    type: string,
    id: string,
    version: number,
  ): Promise<Sighting | undefined> {
    return isUuid(id) ? this.#versions.ask({ type, id, version, units }) : undefined;
  }
}
