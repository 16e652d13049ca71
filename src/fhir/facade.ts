import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FacadeDependencies } from './dependencies.js';
import { FhirModule } from './fhir.module.js';
import type { FacadeSteps } from './fhir.module.js';
import { requireNamesApart } from './operations/definitions.js';
import { addBodyParsers } from './http/body-parsers.js';
import { Authentication } from './http/authentication.js';
import { canonicalUrl } from './http/canonical-url.js';
import { clientAddress } from './http/client-address.js';
import { limitConnections } from './http/connection-limits.js';
import { frameworkErrorAnswer } from './http/framework-errors.js';
import { addHooks } from './http/hooks.js';
import { RequestLimits } from './http/limits.js';
import { requestId } from './http/request-id.js';
import { RequestLog } from './http/request-log.js';
import { FhirAdapter } from './http/send.js';
import { UnreadRequests } from './http/unread-request.js';
import { ReadRoute } from './read/read-route.js';
import { answerHalfClosed } from '../wire/half-closed.js';

/** How often Node looks for connections whose time is over, in milliseconds. */
const lookEvery = 1_000;

/**
 * The FHIR facade as an application, not yet listening: `await (await createFacade(…)).listen(port, host)`. `close()`
 * lets requests under way finish and refuses new ones.
 * @param steps controllers of the writing side
 */
export async function createFacade(
  dependencies: FacadeDependencies,
  steps: FacadeSteps = { controllers: [], providers: [] },
): Promise<NestFastifyApplication> {
  requireNamesApart(dependencies.kinds);
  const { bodyLimit, bodyBounds, limits } = dependencies.settings;
  const requestLimits = new RequestLimits(limits);
  const parts = {
    authentication: new Authentication(dependencies, requestLimits),
    limits: requestLimits,
    addressOf: clientAddress(limits.trustedProxies),
    log: new RequestLog(dependencies),
  };
  const unread = new UnreadRequests(parts.limits, parts.log, parts.addressOf);
  const adapter = new FhirAdapter({
    logger: false,
    bodyLimit,
    requestTimeout: limits.requestMilliseconds,
    connectionTimeout: limits.idleMilliseconds,
    keepAliveTimeout: limits.idleMilliseconds,
    http: {
      headersTimeout: limits.headerMilliseconds,
      connectionsCheckingInterval: lookEvery,
      // Whether it is there is looked at with the rest of the request's form, and answered in the hub's words.
      requireHostHeader: false,
    },
    genReqId: requestId,
    requestIdHeader: false,
    forceCloseConnections: 'idle',
    frameworkErrors: frameworkErrorAnswer(parts, dependencies),
    clientErrorHandler: (error, socket) => unread.answer(error, socket),
    rewriteUrl: ({ url = '/' }) => canonicalUrl(url),
    routerOptions: { maxParamLength: 200 },
  });
  const fastify = adapter.getInstance();
  addBodyParsers(fastify, bodyBounds);
  limitConnections(fastify.server, limits, unread);
  unread.follow(fastify.server);
  answerHalfClosed(fastify.server);
  addHooks(fastify, parts, dependencies);
  const facade = await NestFactory.create<NestFastifyApplication>(
    FhirModule.register(dependencies, steps),
    adapter,
    {
      bodyParser: false,
      logger: false,
      abortOnError: false,
    },
  );
  await facade.init();
  facade.get(ReadRoute).addTo(fastify);
  await fastify.ready();
  return facade;
}
