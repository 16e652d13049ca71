import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { clientKey } from '../../access/access-context.js';
import type { AccessContext } from '../../access/access-context.js';
import { askTrail, countTrail } from '../../access/audit/audit-query.js';
import type { AuditQuestion } from '../../access/audit/audit-query.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import type { BundleLink } from '../bundle.js';
import { DATABASE, DIRECTORY, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { cursorOf, pageAddress, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { openCursor, sealCursor } from '../search/cursor.js';
import { readCriteria } from '../search/search-input.js';
import { selfOf } from '../search/self-link.js';
import { Trail } from '../trail.js';
import { renderAuditEvent } from './audit-event.js';
import { nobody, readQuestion } from './audit-question.js';
import { reviewedUnits } from './review.js';

const purpose = 'search AuditEvent';

/** `GET AuditEvent?patient=…|agent=…` and `POST AuditEvent/_search` (ACC-5). @see https://hl7.org/fhir/R4/http.html#search */
@Controller('fhir/AuditEvent')
export class AuditEventSearchController {
  constructor(
    @Inject(DATABASE) private readonly database: SqlConnection,
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
    @Inject(Trail) private readonly trail: Trail,
  ) {}

  @Get()
  @ReadsParameters()
  async get(@Req() request: FastifyRequest, @Access() access: AccessContext): Promise<FhirAnswer> {
    const query = queryOf(request);
    const cursor = cursorOf(query);
    if (cursor === undefined) return this.#byParameters(access, query);
    const { cursorKey } = this.settings;
    const question = openCursor<AuditQuestion>(cursorKey, purpose, cursorUnits(access), cursor);
    const self = pageAddress(this.#address(), cursor, query);
    return this.#answer(access, question, { self, total: false, parameters: query });
  }

  @Post('_search')
  @HttpCode(200)
  @ReadsParameters()
  async post(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    if (body !== undefined && !(body instanceof URLSearchParams)) throw fault('form-expected');
    return this.#byParameters(access, new URLSearchParams([...queryOf(request), ...(body ?? [])]));
  }

  #address(): string {
    return `${this.settings.baseUrl}/AuditEvent`;
  }

  #byParameters(access: AccessContext, parameters: URLSearchParams): Promise<FhirAnswer> {
    const { question, total } = readQuestion(readCriteria(parameters), this.settings);
    return this.#answer(access, question, {
      self: selfOf(this.#address(), parameters, question.limit),
      total,
      parameters,
    });
  }

  /** @param total whether the number of all records is told */
  async #answer(
    access: AccessContext,
    question: AuditQuestion,
    {
      self,
      total,
      parameters,
    }: { readonly self: string; readonly total: boolean; readonly parameters: URLSearchParams },
  ): Promise<FhirAnswer> {
    const units = reviewedUnits(access, this.directory);
    const touched = {
      personId: question.personId === nobody ? null : (question.personId ?? null),
      ground: 'review',
    } as const;
    const detail = { type: 'AuditEvent', parameters: Object.keys(question), ...about(question) };
    if (units === undefined) {
      await this.trail.record(access, 'search-type', 'refused', touched, { ...detail, rule: 'ACC-5' });
      throw fault('not-reviewer');
    }
    const { limit } = question;
    const found = limit === 0 ? [] : await askTrail(this.database, units, { ...question, limit: limit + 1 });
    const counted = total ? await countTrail(this.database, units, question) : undefined;
    const page = found.slice(0, limit);
    await this.trail.record(access, 'search-type', 'success', touched, { ...detail, count: page.length });
    const address = this.#address();
    const links: BundleLink[] = [{ relation: 'self', url: self }];
    const last = page.at(-1);
    if (found.length > page.length && last !== undefined) {
      const next: AuditQuestion = {
        ...question,
        after: { recordedAt: last.recordedAt.toISOString(), id: last.id },
      };
      const cursor = sealCursor(this.settings.cursorKey, purpose, cursorUnits(access), next);
      links.push({ relation: 'next', url: pageAddress(address, cursor, parameters) });
    }
    const entries = page.map((record) => ({
      fullUrl: `${address}/${record.id}`,
      resource: JSON.stringify(renderAuditEvent(record)),
      search: { mode: 'match' as const },
    }));
    return bundleAnswer('searchset', counted, links, entries);
  }
}

/** Whom the question is about: the trail says who reviewed whom. */
const about = ({ actor }: AuditQuestion) => (actor === undefined ? {} : { agent: actor });

/** A reviewer's cursor is theirs alone; their role has no units that open cases. */
const cursorUnits = (access: AccessContext) => [access.actor?.user ?? clientKey(access)];
