import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessContext } from '../../access/access-context.js';
import type { FhirAnswer } from '../answer.js';
import { SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { refusal } from '../outcome.js';
import { requireInteraction } from '../supported.js';
import { queryOf } from './query-of.js';
import { Search } from './search.js';
import { readCriteria } from './search-input.js';

/** `GET [type]?…` and `POST [type]/_search`. @see https://hl7.org/fhir/R4/http.html#search */
@Controller('fhir')
export class SearchTypeController {
  constructor(
    @Inject(Search) private readonly search: Search,
    @Inject(SETTINGS) private readonly settings: FacadeSettings,
  ) {}

  @Get(':type')
  async get(
    @Param('type') type: string,
    @Req() request: FastifyRequest,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'search-type');
    const query = queryOf(request);
    const cursors = query.getAll('page');
    if (cursors.length > 0) {
      const alone = [...query.keys()].every((name) => name === 'page' || name === '_format');
      if (cursors.length > 1 || !alone) throw refusal('bad-cursor');
      return this.search.byCursor(access, type, cursors[0] ?? '');
    }
    const self = `${this.settings.baseUrl}/${type}${query.size > 0 ? `?${query.toString()}` : ''}`;
    return this.search.byParameters(access, type, readCriteria(query), false, self);
  }

  /** What was in the body is in no link; the pages after the first are read by GET with their cursor. */
  @Post(':type/_search')
  @HttpCode(200)
  async post(
    @Param('type') type: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'search-type');
    if (body !== undefined && !(body instanceof URLSearchParams)) throw refusal('form-expected');
    const criteria = readCriteria(queryOf(request), body ?? new URLSearchParams());
    return this.search.byParameters(access, type, criteria, true, `${this.settings.baseUrl}/${type}/_search`);
  }
}
