import type { FastifyRequest } from 'fastify';
import { AuthenticationFailure } from '../../access/authenticator.js';
import type { FacadeDependencies } from '../dependencies.js';
import type { FhirError } from '../fhir-error.js';
import { fault } from '../outcome.js';
import type { AuthenticatedRequest } from './access.js';
import type { RequestLimits } from './limits.js';

type Parts = Pick<FacadeDependencies, 'authenticator' | 'audit' | 'clock'>;

/** Establishes who asks, once for each request. */
export class Authentication {
  constructor(
    private readonly parts: Parts,
    private readonly limits: RequestLimits,
  ) {}

  /** @throws {FhirError} where nobody could be established, with what goes into the trail written; 429 where the client asks too often */
  async establish(request: Pick<FastifyRequest, 'id' | 'headers'> & AuthenticatedRequest): Promise<void> {
    if (request.access !== undefined) return;
    try {
      request.access = await this.parts.authenticator.authenticate(request.headers.authorization, request.id);
    } catch (error) {
      if (!(error instanceof AuthenticationFailure)) throw error;
      request.refusedFor = error.code;
      // A client that is refused counts like any other: each refusal is sealed and written.
      if (error.claimed) await this.limits.client(error.claimed);
      await this.recordFault(error, request.id);
      throw answerTo(error);
    }
    await this.limits.client(request.access);
  }

  /** Only a verified token names somebody; without one there is nobody to write down, and the request log has the rest. */
  private async recordFault(failure: AuthenticationFailure, requestId: string): Promise<void> {
    const { claimed } = failure;
    if (claimed === undefined) return;
    await this.parts.audit.record([
      {
        context: {
          client: claimed.client,
          issuer: claimed.issuer,
          units: claimed.unit === undefined ? [] : [claimed.unit],
          requestId,
        },
        at: this.parts.clock.now(),
        action: 'authenticate',
        outcome: 'refused',
        detail: {
          code: failure.code,
          claimedActor: claimed.actor,
          rule: failure.code === 'organisation-not-of-issuer' ? 'ORG-3' : 'ORG-1',
        },
      },
    ]);
  }
}

function answerTo(failure: AuthenticationFailure): FhirError {
  switch (failure.status) {
    case 403:
      return fault(failure.code === 'organisation-not-of-issuer' ? 'not-of-the-issuer' : 'not-assigned');
    case 503:
      return fault(failure.code === 'catalogue-unavailable' ? 'catalogue-unavailable' : 'keys-unavailable', {
        headers: { 'Retry-After': '5' },
      });
    default: {
      // RFC 6750: no error code when the request carried no token at all.
      const challenge =
        failure.code === 'token-missing'
          ? 'Bearer realm="fhir"'
          : 'Bearer realm="fhir", error="invalid_token"';
      return fault('not-authenticated', { headers: { 'WWW-Authenticate': challenge } });
    }
  }
}
