import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AccessContext } from '../../access/access-context.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { cursorOf, queryOf } from '../http/query.js';
import { fault } from '../outcome.js';
import { requireInteraction } from '../supported.js';
import { Search } from './search.js';

/** `GET [type]?…` and `POST [type]/_search`. @see https://hl7.org/fhir/R4/http.html#search */
@Controller('fhir')
export class SearchTypeController {
  constructor(@Inject(Search) private readonly search: Search) {}

  @Get(':type')
  @ReadsParameters()
  async get(
    @Param('type') type: string,
    @Req() request: FastifyRequest,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'search-type');
    const query = queryOf(request);
    const cursor = cursorOf(query);
    return cursor === undefined
      ? this.search.byParameters(access, type, query, false)
      : this.search.byCursor(access, type, cursor, query);
  }

  /** A person's number, which may be in a body alone, is in no link; the pages after the first are read by GET with their cursor. */
  @Post(':type/_search')
  @HttpCode(200)
  @ReadsParameters()
  async post(
    @Param('type') type: string,
    @Req() request: FastifyRequest,
    @Body() body: unknown,
    @Access() access: AccessContext,
  ): Promise<FhirAnswer> {
    requireInteraction(type, 'search-type');
    if (body !== undefined && !(body instanceof URLSearchParams)) throw fault('form-expected');
    const parameters = new URLSearchParams([...queryOf(request), ...(body ?? [])]);
    return this.search.byParameters(access, type, parameters, true);
  }
}
