import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { AccessContext } from '../../access/access-context.js';
import { isUuid } from '../../access/choke-point.js';
import type { CaseKinds } from '../../cases/kinds/case-kind.js';
import type { Directory } from '../../directory/organisation.js';
import type { SqlConnection } from '../../persistence/database.js';
import { FhirAnswer } from '../answer.js';
import { CLOCK, DATABASE, DIRECTORY, KINDS, SETTINGS } from '../dependencies.js';
import type { Clock, FacadeSettings } from '../dependencies.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import { Trail } from '../trail.js';
import { readNoParameters } from './no-parameters.js';
import type { ReadingOperation } from './reading-operation.js';

/**
 * `GET CarePlan/[id]/$<name>`: an operation that reads. By POST too, which is how clients call an operation whose definition they have
 * not read.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
export function readingController(name: string, operation: ReadingOperation): Type {
  const path = `CarePlan/:id/$${name}`;

  @Controller('fhir')
  class ReadingController {
    constructor(
      @Inject(DATABASE) private readonly database: SqlConnection,
      @Inject(KINDS) private readonly kinds: CaseKinds,
      @Inject(DIRECTORY) private readonly directory: Directory,
      @Inject(CLOCK) private readonly clock: Clock,
      @Inject(SETTINGS) private readonly settings: FacadeSettings,
      @Inject(Trail) private readonly trail: Trail,
    ) {}

    @Get(path)
    get(@Param('id') id: string, @Access() access: AccessContext): Promise<FhirAnswer> {
      return this.#answer(id, access);
    }

    @Post(path)
    @HttpCode(200)
    async post(
      @Param('id') id: string,
      @Body() body: unknown,
      @Access() access: AccessContext,
    ): Promise<FhirAnswer> {
      await readNoParameters(body, this.settings, this.clock);
      return this.#answer(id, access);
    }

    /** What the caller may not see is 404, as everywhere, and who asked is written down. */
    async #answer(id: string, access: AccessContext): Promise<FhirAnswer> {
      const { database, kinds, directory } = this;
      const found = isUuid(id)
        ? await operation.read({ database, kinds, directory, access, caseId: id, now: this.clock.now() })
        : undefined;
      const touched = { personId: found?.personId ?? null, caseId: found === undefined ? null : id };
      const detail = { resource: `CarePlan/${isUuid(id) ? id : 'not-an-id'}` };
      if (found?.answer === undefined) {
        const { rule, fault: code } = found ?? { rule: 'ACC-1', fault: 'not-found' };
        await this.trail.record(access, `$${name}`, 'refused', touched, { ...detail, rule });
        throw fault(code);
      }
      await this.trail.record(access, `$${name}`, 'success', touched, { ...detail, ...found.detail });
      return new FhirAnswer(200, found.answer);
    }
  }

  return ReadingController;
}
