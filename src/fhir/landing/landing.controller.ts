import { Controller, Get, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FhirAnswer } from '../answer.js';
import { SETTINGS } from '../dependencies.js';
import type { FacadeSettings } from '../dependencies.js';
import { Public } from '../http/access.js';
import { wantsPage } from '../http/content-negotiation.js';
import { ReadsParameters } from '../http/parameters.guard.js';
import { nothingAt } from '../http/routes.js';
import { operationOutcome } from '../outcome.js';
import { landingPage } from './landing-page.js';

/** What stands at the roots: for a person a page that says what this is, for a client where the CapabilityStatement is. */
@Controller()
export class LandingController {
  constructor(@Inject(SETTINGS) private readonly settings: FacadeSettings) {}

  @Public()
  @Get(['', 'fhir'])
  root(@Req() request: FastifyRequest): FhirAnswer {
    const { baseUrl, softwareVersion } = this.settings;
    const headers = { Link: `<${baseUrl}/metadata>; rel="service-desc"`, Vary: 'Accept' };
    if (!wantsPage(request)) return new FhirAnswer(200, operationOutcome([whereTo(baseUrl)]), headers);
    return new FhirAnswer(200, landingPage(baseUrl, softwareVersion), {
      ...headers,
      'content-type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    });
  }

  /** Nothing well-known is here, and whether it is must be asked without a token (RFC 8615; SMART App Launch, conformance). */
  @Public()
  @Get(['fhir/.well-known', 'fhir/.well-known/*'])
  @ReadsParameters()
  wellKnown(@Req() request: FastifyRequest): never {
    throw nothingAt(request);
  }
}

const whereTo = (baseUrl: string) =>
  ({
    severity: 'information',
    code: 'informational',
    details: { text: `Det här är roten till ett FHIR-gränssnitt. Vad det kan står i ${baseUrl}/metadata.` },
    diagnostics: `This is the base of a FHIR server. Its CapabilityStatement is ${baseUrl}/metadata.`,
  }) as const;
