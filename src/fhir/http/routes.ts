import type { FastifyRequest } from 'fastify';
import type { FhirError } from '../fhir-error.js';
import { formOperationsOn } from '../operations/of-forms.js';
import { operationsOnType } from '../operations/of-types.js';
import { isReadingOperation } from '../operations/reading.js';
import { readsOnly } from '../operations/reads-only.js';
import { fault } from '../outcome.js';
import { interactionsOf } from '../supported.js';

export const basePath = '/fhir';

const pathOf = ({ url }: Pick<FastifyRequest, 'url'>): string => url.split(/[?#]/, 1)[0] ?? '';

/** Whether a request is for the root of the server or of the facade. */
export const isRoot = (request: Pick<FastifyRequest, 'url'>): boolean =>
  pathOf(request) === '/' || pathOf(request) === basePath;

/** Whether a request is for the facade's base or something below it. */
export const isOfFacade = (request: Pick<FastifyRequest, 'url'>): boolean =>
  pathOf(request) === basePath || pathOf(request).startsWith(`${basePath}/`);

type Operations = ReadonlyMap<string, unknown>;

type Routed = Pick<FastifyRequest, 'method'> & {
  readonly routeOptions: { readonly url?: string | undefined };
};

/** Whether a request is a search by POST, whose body is a form. */
export const isSearchByPost = ({ routeOptions: { url } }: Pick<Routed, 'routeOptions'>): boolean =>
  url?.endsWith('/_search') === true;

/** Whether a request reads, by POST too: a search, and an operation that changes nothing. */
export function isReading({ method, routeOptions }: Routed): boolean {
  const last = routeOptions.url?.split('/').at(-1) ?? '';
  return (
    method === 'GET' ||
    method === 'HEAD' ||
    isSearchByPost({ routeOptions }) ||
    (last.startsWith('$') && readsOnly(last.slice(1)))
  );
}

/** The routes of what has versions: there alone a condition on one can be weighed. */
const versioned: ReadonlySet<string> = new Set(
  [
    ':type/:id',
    ':type/:id/_history/:version',
    'Task/:id',
    'Consent/:id',
    'Communication/:id',
    'CarePlan/:id/:operation',
    'CarePlan/:id/$open-form',
    'QuestionnaireResponse/:id/$save-answers',
  ].map((route) => `${basePath}/${route}`),
);

/** Whether a request is for what has no versions: a create, a search, a history, what the program itself renders. */
export const hasNoVersion = ({ routeOptions: { url } }: Routed): boolean =>
  url !== undefined && !versioned.has(url);

/**
 * Why there is no route: an address nobody knows, a type that is not served, or an interaction it does not have.
 * @param operations those that move a case, where the address may be one's
 */
export function nothingAt(request: FastifyRequest, operations: Operations = new Map()): FhirError {
  const path = pathOf(request);
  if (isRoot(request)) return fault('unknown-interaction', { headers: { Allow: 'GET, HEAD' } });
  if (!isOfFacade(request)) return fault('unknown-path');
  const [type = '', ...rest] = path.slice(basePath.length + 1).split('/');
  // An address with a slash too much is no other one.
  if (rest.includes('')) return fault('unknown-path');
  if (type === 'metadata' && rest.length === 0)
    return fault('unknown-interaction', { headers: { Allow: 'GET, HEAD' } });
  const interactions = interactionsOf(type);
  if (interactions === undefined)
    return fault(/^[A-Z][A-Za-z]{1,40}$/.test(type) ? 'unknown-type' : 'unknown-path');
  const allowed = methodsAt(type, rest, interactions, operations);
  return allowed === undefined
    ? fault('unknown-path')
    : fault('unknown-interaction', { headers: { Allow: allowed.join(', ') } });
}

/** Methods at the address below a type; undefined where nothing can be. */
function methodsAt(
  type: string,
  rest: readonly string[],
  interactions: readonly string[],
  operations: Operations,
): readonly string[] | undefined {
  const has = (interaction: string, ...methods: string[]) =>
    interactions.includes(interaction) ? methods : [];
  if (rest.length === 0) return [...has('search-type', 'GET', 'HEAD'), ...has('create', 'POST')];
  if (rest.length === 1 && rest[0] === '_search') return has('search-type', 'POST');
  // No id begins so; what has no meaning here is no resource that is missing.
  if (rest[0]?.startsWith('_')) return undefined;
  if (rest.length === 1 && rest[0]?.startsWith('$') && operationsOnType(type).has(rest[0].slice(1)))
    return ['POST'];
  if (rest.length === 1) return [...has('read', 'GET', 'HEAD'), ...has('update', 'PUT')];
  if (rest.length === 2 && rest[1]?.startsWith('$'))
    return methodsOfOperation(type, rest[1].slice(1), operations);
  if (rest[1] === '_history' && rest.length === 2) return has('history-instance', 'GET', 'HEAD');
  if (rest[1] === '_history' && rest.length === 3) return has('vread', 'GET', 'HEAD');
  return undefined;
}

function methodsOfOperation(
  type: string,
  name: string,
  operations: Operations,
): readonly string[] | undefined {
  const reads = formOperationsOn(type).get(name);
  if (reads !== undefined) return reads ? ['GET', 'HEAD', 'POST'] : ['POST'];
  if (type !== 'CarePlan') return undefined;
  if (isReadingOperation(name)) return ['GET', 'HEAD', 'POST'];
  return operations.has(name) ? ['POST'] : undefined;
}
