import { createParamDecorator, SetMetadata } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { AuthenticationFailureCode } from '../../access/authenticator.js';
import type { AccessContext } from '../../access/access-context.js';

/** A request after the authentication guard: it carries who asks, or why nobody could be established. */
export type AuthenticatedRequest = { access?: AccessContext; refusedFor?: AuthenticationFailureCode };

/** Parameter of a handler: who asks. Always there, because only routes marked `@Public()` pass the guard without it. */
export const Access = createParamDecorator((_: unknown, execution: ExecutionContext): AccessContext => {
  const access = execution.switchToHttp().getRequest<AuthenticatedRequest>().access;
  if (access === undefined) throw new Error('a public route asked who calls');
  return access;
});

export const PUBLIC = 'hemgang:public';

/** Marks a route that needs no token: the statement of capabilities, health. Everything else is denied without one. */
export const Public = () => SetMetadata(PUBLIC, true);
