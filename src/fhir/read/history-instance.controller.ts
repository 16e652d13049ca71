import { Controller, Get, Inject, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid, versionVisible } from '../../access/choke-point.js';
import { GroupedReads } from '../../access/grouped-reads.js';
import type { SqlConnection } from '../../persistence/database.js';
import { etag } from '../answer.js';
import type { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import type { BundleEntry, BundleLink } from '../bundle.js';
import { DATABASE, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { cursorOf, formParameters, pageAddress, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { openCursor, sealCursor } from '../search/cursor.js';
import { unknownParameter } from '../search/parameter-name.js';
import { selfOf } from '../search/self-link.js';
import { requireInteraction } from '../supported.js';
import { touchedBy, Trail } from '../trail.js';
import { asVersion } from './as-version.js';

type VersionRow = {
  readonly version: number;
  readonly lastUpdated: Date;
  readonly deleted: boolean;
  readonly content: string;
  readonly first: boolean;
  readonly current: boolean;
};

/** Newest first, each version by its own flags: what a caller may not see now was never there (ACC-2, PAT-6). */
const versions = `
  select v.version, v.last_updated as "lastUpdated", v.deleted, v.content,
    not exists (select from resource_version as l where l.type = v.type and l.id = v.id and l.version > v.version) as current,
    not exists (select from resource_version as e where e.type = v.type and e.id = v.id and e.version < v.version) as first
  from resource_version as v
  where v.type = $1 and v.id = $2 and v.version < $4 and ${versionVisible('v', '$3')}
  order by v.version desc limit $5`;

const versionCount = `
  select count(*)::integer as total from resource_version as v
  where v.type = $1 and v.id = $2 and ${versionVisible('v', '$3')}`;

const latest = 2_147_483_647;

/** `GET [type]/[id]/_history`. @see https://hl7.org/fhir/R4/http.html#history */
@Controller('fhir')
export class HistoryInstanceController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(GroupedReads) private readonly reads: GroupedReads,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get(':type/:id/_history')
  @ReadsParameters()
  async history(
    @Param('type') type: string,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'history-instance');
    const query = queryOf(request);
    const { before, count } = this.#readQuery(query, `history ${type}/${id}`, access);
    if (count === 0) return this.#total(access, type, id, query);
    const found = isUuid(id)
      ? (
          await this.database.prepared<VersionRow>('history', versions, [
            type,
            id,
            access.units,
            before,
            count + 1,
          ])
        ).rows
      : [];
    const page = found.slice(0, count);
    await this.#record(access, type, id, page.length > 0, page);
    const address = `${this.settings.baseUrl}/${type}/${id}`;
    const links: BundleLink[] = [{ relation: 'self', url: selfOf(`${address}/_history`, query, count) }];
    const last = page.at(-1);
    if (found.length > count && last !== undefined) {
      const next = { before: last.version, count };
      const cursor = sealCursor(this.settings.cursorKey, `history ${type}/${id}`, access.units, next);
      links.push({ relation: 'next', url: pageAddress(`${address}/_history`, cursor, query) });
    }
    return bundleAnswer(
      'history',
      undefined,
      links,
      page.map((row) => entry(address, `${type}/${id}`, row)),
    );
  }

  /** How many versions the caller may see, and none of them, as a search with `_count=0`. */
  async #total(access: AccessContext, type: string, id: string, query: URLSearchParams): Promise<FhirAnswer> {
    const { rows } = isUuid(id)
      ? await this.database.prepared<{ total: number }>('history-total', versionCount, [
          type,
          id,
          access.units,
        ])
      : { rows: [] };
    const total = rows[0]?.total ?? 0;
    await this.#record(access, type, id, total > 0, []);
    const url = selfOf(`${this.settings.baseUrl}/${type}/${id}/_history`, query, 0);
    return bundleAnswer('history', total, [{ relation: 'self', url }], []);
  }

  #readQuery(query: URLSearchParams, purpose: string, { units }: AccessContext) {
    const cursor = cursorOf(query);
    if (cursor !== undefined)
      return openCursor<{ before: number; count: number }>(this.settings.cursorKey, purpose, units, cursor);
    const taken = (name: string) => name === '_count' || formParameters.has(name);
    const unknown = [...query.keys()].find((name) => !taken(name));
    if (unknown !== undefined) throw unknownParameter(unknown, '_history');
    const { defaultPageSize, maximumPageSize } = this.settings;
    const [count, ...more] = query.getAll('_count').filter((value) => value !== '');
    if (count === undefined) return { before: latest, count: defaultPageSize };
    if (more.length > 0 || !/^\d+$/.test(count))
      throw fault('bad-parameter', { values: { parameter: '_count' } });
    return { before: latest, count: Math.min(Number(count), maximumPageSize) };
  }

  /** Nothing to see is 404, and who tried is written down; the one query more happens whether the resource exists or not. */
  async #record(
    access: AccessContext,
    type: string,
    id: string,
    isSeen: boolean,
    page: readonly VersionRow[],
  ): Promise<void> {
    const resource = await this.reads.resource(access, type, id);
    const touched = touchedBy(type, resource);
    const detail = { resource: `${type}/${isUuid(id) ? id : 'not-an-id'}` };
    if (!isSeen) {
      await this.trail.record(access, 'history-instance', 'refused', touched, { ...detail, rule: 'ACC-1' });
      throw fault('not-found');
    }
    const shown = page.map(({ version }) => version);
    await this.trail.record(access, 'history-instance', 'success', touched, { ...detail, versions: shown });
  }
}

function entry(
  address: string,
  url: string,
  { version, lastUpdated, deleted, content, first, current }: VersionRow,
): BundleEntry {
  const method = deleted ? 'DELETE' : first ? 'POST' : 'PUT';
  return {
    fullUrl: address,
    ...(deleted ? {} : { resource: asVersion({ content, current }) }),
    request: { method, url: method === 'POST' ? (url.split('/')[0] ?? url) : url },
    response: {
      status: deleted ? '204' : first ? '201' : '200',
      etag: etag(version),
      lastModified: lastUpdated.toISOString(),
    },
  };
}
