import { Inject, Injectable } from '@nestjs/common';
import { askerOf } from '../../access/access-context.js';
import type { AccessContext } from '../../access/access-context.js';
import { hasMoreScopesThan, isUuid } from '../../access/choke-point.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { Directory } from '../../directory/organisation.js';
import { publishedSystems } from '../../projection/codes/published-systems.js';
import type { SearchedSystem } from '../../projection/search-parameters.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import type { BundleEntry, BundleLink } from '../bundle.js';
import { DATABASE, DIRECTORY, KINDS, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Trail } from '../trail.js';
import { openCursor, sealCursor } from './cursor.js';
import { PersonIdentities } from './person-identities.js';
import { readPlan } from './read-plan.js';
import { readCriteria } from './search-input.js';
import type { Position, SearchPlan } from './search-plan.js';
import { countStatement, includeStatement, pageStatement, startOf } from './search-sql.js';
import type { FoundRow, Start } from './search-sql.js';
import { staffNamed, unchained } from './staff-search.js';
import { pageAddress } from '../http/query.js';
import { recordSearch } from './search-trail.js';
import { selfOf } from './self-link.js';
import type { ShownRow } from './search-trail.js';

/** What a cursor carries: the search as understood, and where the page before ended. */
type Continuation = { readonly plan: SearchPlan; readonly after: Position };
type IncludedRow = ShownRow & { readonly content: string };

/** So many scopes are looked through one by one, some milliseconds in all; with more, the latest fill a page sooner. */
const fewScopes = 5_000;

/** Runs searches: by parameters, or on from a cursor. Every row shown has passed the choke point in SQL. */
@Injectable()
export class Search {
  readonly #published: readonly SearchedSystem[];

  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
    @Inject(PersonIdentities) private readonly identities: PersonIdentities,
    @Inject(KINDS) kinds: CaseKinds,
  ) {
    this.#published = Object.values(publishedSystems(kinds));
  }

  /** @param post whether it came by POST, where a body may name a person by number */
  async byParameters(
    access: AccessContext,
    type: string,
    parameters: URLSearchParams,
    post: boolean,
  ): Promise<FhirAnswer> {
    const criteria = readCriteria(parameters);
    const asked = unchained(type, criteria);
    const plan = await readPlan(asked, {
      type,
      post,
      settings: this.settings,
      directory: this.directory,
      published: this.#published,
      organisations: this.#organisationsOf(access),
      personsOf: (identifiers, parameter) => this.identities.personsOf(identifiers, parameter),
    });
    // Somebody whom nobody has asked for before: what the catalogue says is shown like everybody else. Not before the search is known to be one.
    const asker = askerOf(access);
    await Promise.all(staffNamed(type, asked).map((person) => this.directory.seek(person, asker)));
    const names = criteria.map(({ name, modifier }) =>
      modifier === undefined ? name : `${name}:${modifier}`,
    );
    const self = selfOf(`${this.settings.baseUrl}/${type}`, parameters, plan.count);
    return this.#answer(access, plan, undefined, self, names, parameters);
  }

  /** @param parameters those of the address, beside the cursor: how the answer is written */
  async byCursor(
    access: AccessContext,
    type: string,
    cursor: string,
    parameters: URLSearchParams,
  ): Promise<FhirAnswer> {
    const { plan, after } = openCursor<Continuation>(
      this.settings.cursorKey,
      `search ${type}`,
      access.units,
      cursor,
    );
    const self = this.#pageUrl(type, cursor, parameters);
    return this.#answer(access, plan, after, self, ['page'], parameters);
  }

  #organisationsOf({ actor, units }: AccessContext): readonly string[] {
    const numbers = units.flatMap((unit) => this.directory.unit(unit)?.organisationNumber ?? []);
    return [...new Set(actor === undefined ? numbers : [actor.organisation])];
  }

  async #answer(
    access: AccessContext,
    plan: SearchPlan,
    after: Position | undefined,
    self: string,
    names: readonly string[],
    parameters: URLSearchParams,
  ): Promise<FhirAnswer> {
    const start = await this.#start(plan, access);
    const [found, counted] = await Promise.all([
      plan.count === 0 ? [] : this.#rows<FoundRow>(pageStatement(plan, start, access.units, after)),
      plan.total ? this.#rows<{ total: number }>(countStatement(plan, start, access.units)) : undefined,
    ]);
    const page = found.slice(0, plan.count);
    const included = await this.#included(access, plan, page);
    const more = found.length > page.length;
    const total =
      counted?.[0]?.total ?? (after === undefined && !more && plan.count > 0 ? page.length : undefined);
    const shown = [...page.map((row) => ({ ...row, type: plan.type })), ...included];
    await recordSearch(this.trail, access, plan.type, names, shown, total);
    const links: BundleLink[] = [{ relation: 'self', url: self }];
    const last = page.at(-1);
    if (more && last !== undefined)
      links.push({ relation: 'next', url: this.#nextUrl(access, plan, last, parameters) });
    return bundleAnswer('searchset', total, links, [
      ...page.map((row) => this.#entry(plan.type, row, 'match')),
      ...included.map((row) => this.#entry(row.type, row, 'include')),
    ]);
  }

  async #start(plan: SearchPlan, { units }: AccessContext): Promise<Start> {
    return (
      startOf(plan) ?? ((await hasMoreScopesThan(this.database, units, fewScopes)) ? 'latest' : 'scopes')
    );
  }

  /** What the page refers to by the parameters of `_include`, read off the index entries of its rows. */
  async #included(
    access: AccessContext,
    plan: SearchPlan,
    page: readonly FoundRow[],
  ): Promise<readonly IncludedRow[]> {
    if (plan.includes.length === 0 || page.length === 0) return [];
    const onPage = new Set(page.map(({ id }) => `${plan.type}/${id}`));
    const references = new Set(
      page.flatMap(({ tokens }) =>
        plan.includes.flatMap(({ parameter, target }) => {
          const prefix = `${parameter}|${target === undefined ? '' : `${target}/`}`;
          return tokens
            .filter((token) => token.startsWith(prefix))
            .map((token) => token.slice(parameter.length + 1));
        }),
      ),
    );
    const wanted = [...references]
      .filter((reference) => !onPage.has(reference))
      .map((reference) => ({ type: reference.split('/')[0] ?? '', id: reference.split('/')[1] ?? '' }))
      .filter(({ id }) => isUuid(id));
    return wanted.length === 0 ? [] : this.#rows<IncludedRow>(includeStatement(wanted, access.units));
  }

  async #rows<Row extends object>({
    text,
    values,
  }: {
    text: string;
    values: readonly unknown[];
  }): Promise<Row[]> {
    return (await this.database.query<Row>(text, values)).rows;
  }

  #entry(
    type: string,
    { id, content }: { id: string; content: string },
    mode: 'match' | 'include',
  ): BundleEntry {
    return { fullUrl: `${this.settings.baseUrl}/${type}/${id}`, resource: content, search: { mode } };
  }

  #nextUrl(
    access: AccessContext,
    plan: SearchPlan,
    { position, id }: FoundRow,
    parameters: URLSearchParams,
  ): string {
    const continuation: Continuation = { plan: { ...plan, total: false }, after: { value: position, id } };
    return this.#pageUrl(
      plan.type,
      sealCursor(this.settings.cursorKey, `search ${plan.type}`, access.units, continuation),
      parameters,
    );
  }

  #pageUrl(type: string, cursor: string, parameters: URLSearchParams): string {
    return pageAddress(`${this.settings.baseUrl}/${type}`, cursor, parameters);
  }
}
