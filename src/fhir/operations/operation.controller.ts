import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import { askerOf } from '../../access/access-context.js';
import type { AccessContext } from '../../access/access-context.js';
import { hasOperation } from '../../cases/has-operation.js';
import type { Operation } from '../../cases/operations/operation.js';
import type { CasesDependencies } from '../../cases/dependencies.js';
import type { FhirAnswer } from '../answer.js';
import { Access } from '../http/access.js';
import { fault } from '../outcome.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { writeRequest } from '../write/http-request.js';
import type { HttpRequest } from '../write/http-request.js';
import { writeFault } from '../write/write-faults.js';
import { stepOnCase } from '../write/step-on-case.js';
import { requireTarget } from '../write/target.js';
import { CASES, CATALOGUE } from '../write/injection-tokens.js';
import { Writer } from '../write/writer.js';
import { expressionOfParameter, readParameters } from './parameters-input.js';

/**
 * `POST CarePlan/[id]/$…` takes a step on a case; the answer is the CarePlan as it now is. A warning that can be confirmed
 * (SVU-21) is a 422 whose code the client sends back in `confirmedWarning`.
 * @see https://hl7.org/fhir/R4/operations.html#executing
 */
@Controller('fhir')
export class OperationController {
  constructor(
    @Inject(Writer) private readonly writer: Writer,
    @Inject(CASES) private readonly cases: CasesDependencies,
    @Inject(CATALOGUE) private readonly catalogue: CatalogueReferences,
  ) {}

  @Post('CarePlan/:id/:operation')
  @HttpCode(200)
  operate(
    @Param('id') id: string,
    @Param('operation') called: string,
    @Req() http: HttpRequest,
    @Access() context: AccessContext,
  ): Promise<FhirAnswer> {
    if (!called.startsWith('$')) throw fault('unknown-path');
    const name = called.slice(1);
    const operation = this.cases.kinds.operations.get(name);
    if (operation === undefined) throw writeFault('unknown-operation');
    const request = writeRequest(context, 'POST', http, `$${name}`, `CarePlan/${id}`);
    return this.writer.run(request, async (step) => {
      const authorize = ({ sql }: Pick<CasesDependencies, 'sql'>) =>
        requireTarget(sql, request, 'CarePlan', id, step);
      const { personId, streamId } = await authorize(this.cases);
      if (personId === null) throw fault('not-found');
      if (!(await hasOperation(this.cases, streamId, operation))) throw writeFault('unknown-operation');
      const asker = askerOf(context);
      const given = await step
        .body('Parameters')
        .read((sent) => readParameters(operation, sent, this.catalogue, asker));
      const command = operation.step(given, this.cases.directory);
      if ('unknown' in command) {
        const expression = expressionOf(operation, command.unknown);
        throw writeFault('reference-unknown', expression === undefined ? {} : { expression });
      }
      await stepOnCase(this.cases, request, step, {
        caseId: id,
        personId,
        command: () => command,
        authorize,
        answer: { status: 200, type: 'CarePlan', id },
        expressionOf: (field) => expressionOf(operation, field),
      });
    });
  }
}

function expressionOf(operation: Operation, field: string): string | undefined {
  const parameter = operation.parameters.find((each) => each.field === field);
  return parameter === undefined ? undefined : expressionOfParameter(parameter.name);
}
