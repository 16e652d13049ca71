import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { AuthenticationFailureCode } from '../../access/authenticator.js';
import type { AccessContext } from '../../access/access-context.js';

/** A request once it is known who asks: it carries who asks, or why nobody could be established. */
export type AuthenticatedRequest = { access?: AccessContext; refusedFor?: AuthenticationFailureCode };

/** Who asks. Always there, because only routes marked `@Public()` are reached without it. */
export function accessOf({ access }: AuthenticatedRequest): AccessContext {
  if (access === undefined) throw new Error('a public route asked who calls');
  return access;
}

/** Parameter of a handler: who asks. */
export const Access = createParamDecorator((_: unknown, execution: ExecutionContext) =>
  accessOf(execution.switchToHttp().getRequest<AuthenticatedRequest>()),
);

/** Marks a handler that needs no token: the statement of capabilities, health. Everything else is denied without one. */
export const Public = () => RouteConfig({ public: true });

/** What the route of a request says of itself. */
type Routed = { readonly routeOptions: { readonly config?: object } };

/** Whether a request is for a handler marked `@Public()`. */
export const isPublic = ({ routeOptions: { config } }: Routed): boolean =>
  config !== undefined && 'public' in config && config.public === true;
