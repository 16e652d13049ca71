import { Body, Controller, Get, HttpCode, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessContext } from '../../access/access-context.js';
import { askTrail } from '../../access/audit/audit-query.js';
import type { AuditQuestion } from '../../access/audit/audit-query.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { FhirAnswer } from '../answer.js';
import { bundleAnswer } from '../bundle.js';
import type { BundleLink } from '../bundle.js';
import { DATABASE, DIRECTORY, SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { refusal } from '../outcome.js';
import { openCursor, sealCursor } from '../search/cursor.js';
import { queryOf } from '../search/query-of.js';
import { readCriteria } from '../search/search-input.js';
import { Trail } from '../trail.js';
import { renderAuditEvent } from './audit-event.js';
import { readQuestion } from './audit-question.js';
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
  async get(@Req() request: FastifyRequest, @Access() access: AccessContext): Promise<FhirAnswer> {
    const query = queryOf(request);
    const cursor = query.get('page');
    if (cursor === null) return this.#answer(access, readQuestion(readCriteria(query), this.settings));
    if (query.size > 1) throw refusal('bad-cursor');
    return this.#answer(
      access,
      openCursor<AuditQuestion>(this.settings.cursorKey, purpose, cursorUnits(access), cursor),
    );
  }

  @Post('_search')
  @HttpCode(200)
  async post(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    if (body !== undefined && !(body instanceof URLSearchParams)) throw refusal('form-expected');
    const criteria = readCriteria(queryOf(request), body ?? new URLSearchParams());
    return this.#answer(access, readQuestion(criteria, this.settings));
  }

  async #answer(access: AccessContext, question: AuditQuestion): Promise<FhirAnswer> {
    const units = reviewedUnits(access, this.directory);
    const touched = { personId: question.personId ?? null };
    const detail = { type: 'AuditEvent', parameters: Object.keys(question), ...about(question) };
    if (units === undefined) {
      await this.trail.record(access, 'search-type', 'refused', touched, { ...detail, rule: 'ACC-5' });
      throw refusal('not-reviewer');
    }
    const found = await askTrail(this.database, units, { ...question, limit: question.limit + 1 });
    const page = found.slice(0, question.limit);
    await this.trail.record(access, 'search-type', 'success', touched, { ...detail, count: page.length });
    const address = `${this.settings.baseUrl}/AuditEvent`;
    const links: BundleLink[] = [{ relation: 'self', url: address }];
    const last = page.at(-1);
    if (found.length > page.length && last !== undefined) {
      const next: AuditQuestion = {
        ...question,
        after: { recordedAt: last.recordedAt.toISOString(), id: last.id },
      };
      const cursor = sealCursor(this.settings.cursorKey, purpose, cursorUnits(access), next);
      links.push({ relation: 'next', url: `${address}?page=${cursor}` });
    }
    const entries = page.map((record) => ({
      fullUrl: `${address}/${record.id}`,
      resource: JSON.stringify(renderAuditEvent(record)),
      search: { mode: 'match' as const },
    }));
    return bundleAnswer('searchset', undefined, links, entries);
  }
}

/** Whom the question is about: the trail says who reviewed whom. */
const about = ({ actor }: AuditQuestion) => (actor === undefined ? {} : { agent: actor });

/** A reviewer's cursor is theirs alone; their role has no units that open cases. */
const cursorUnits = ({ actor, client }: AccessContext) => [actor?.user ?? client];
