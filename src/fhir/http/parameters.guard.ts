import { Inject, Injectable, SetMetadata } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { repeatable, unknownParameter } from '../search/parameter-name.js';
import { formParameters, queryOf } from './query.js';
import { basePath } from './routes.js';

const READS_PARAMETERS = 'hemgang:reads-parameters';

/** Marks a handler that reads the parameters of its address itself, and refuses those it does not know. */
export const ReadsParameters = () => SetMetadata(READS_PARAMETERS, true);

type Addressed = FastifyRequest<{ Params: { readonly type?: string } }>;

/**
 * Refuses a parameter where none is taken: one that is ignored would leave the client believing that it was obeyed
 * (`_summary` on a read, a condition on an update). Those of the answer's form are taken everywhere.
 * @throws {FhirError} 400
 */
export function refuseParameters(request: Addressed): void {
  if (!request.url.includes('?')) return;
  const unknown = [...queryOf(request).keys()].find((name) => !formParameters.has(name));
  if (unknown === undefined) return;
  const route = request.routeOptions.url ?? '';
  const address = route.slice(basePath.length + 1).replace(/^:type/, repeatable(request.params.type ?? ''));
  throw unknownParameter(unknown, address || '/');
}

/** `refuseParameters` for every handler of the facade that is not marked. */
@Injectable()
export class ParametersGuard implements CanActivate {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  canActivate(execution: ExecutionContext): boolean {
    const request = execution.switchToHttp().getRequest<Addressed>();
    const route = request.routeOptions.url ?? '';
    if (!route.startsWith(basePath) || this.reflector.get<boolean>(READS_PARAMETERS, execution.getHandler()))
      return true;
    refuseParameters(request);
    return true;
  }
}
