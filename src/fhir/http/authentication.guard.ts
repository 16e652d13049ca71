import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthenticationFailure } from '../../access/authenticator.js';
import type { Authenticator } from '../../access/authenticator.js';
import type { AuditTrail } from '../../access/access-context.js';
import { AUDIT_TRAIL, AUTHENTICATOR, CLOCK } from '../dependencies.js';
import type { Clock } from '../dependencies.js';
import { refusal } from '../outcome.js';
import { PUBLIC } from './access.js';
import type { AuthenticatedRequest } from './access.js';

/** Lets a request in when somebody could be established, or the route is public. Everything else is denied. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean>(PUBLIC, [execution.getHandler(), execution.getClass()]))
      return true;
    const request = execution
      .switchToHttp()
      .getRequest<AuthenticatedRequest & { id: string; headers: { authorization?: string } }>();
    try {
      request.access = await this.authenticator.authenticate(request.headers.authorization, request.id);
      return true;
    } catch (error) {
      if (!(error instanceof AuthenticationFailure)) throw error;
      await this.recordRefusal(error, request.id);
      throw answerTo(error);
    }
  }

  /** Only a verified token names somebody; without one there is nobody to write down, and the request log has the rest. */
  private async recordRefusal(failure: AuthenticationFailure, requestId: string): Promise<void> {
    const { claimed } = failure;
    if (claimed === undefined) return;
    await this.audit.record([
      {
        context: {
          client: claimed.client,
          units: claimed.unit === undefined ? [] : [claimed.unit],
          requestId,
        },
        at: this.clock.now(),
        action: 'authenticate',
        outcome: 'refused',
        detail: { code: failure.code, claimedActor: claimed.actor, rule: 'ORG-1' },
      },
    ]);
  }
}

function answerTo(failure: AuthenticationFailure) {
  switch (failure.status) {
    case 403:
      return refusal('not-assigned');
    case 503:
      return refusal(
        failure.code === 'catalogue-unavailable' ? 'catalogue-unavailable' : 'keys-unavailable',
        { headers: { 'Retry-After': '5' } },
      );
    default: {
      // RFC 6750: no error code when the request carried no token at all.
      const challenge =
        failure.code === 'token-missing'
          ? 'Bearer realm="fhir"'
          : 'Bearer realm="fhir", error="invalid_token"';
      return refusal('not-authenticated', { headers: { 'WWW-Authenticate': challenge } });
    }
  }
}
