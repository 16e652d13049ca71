import { z } from 'zod';
import { mayHidePersonalNumber } from '../messaging/contracts/personal-number-shape.js';
import { isOrganisationNumber } from '../directory/organisation-number.js';
import { isLoopback } from '../wire/loopback.js';
import { carriesCredentials } from '../wire/url-credentials.js';

/** Where a claim is in a token: its name, or the names on the way to it. Names are taken literally, dots and all. */
export type ClaimPath = string | readonly string[];

/** Signature algorithms with a public key. `none` and shared secrets (HS…) cannot be configured. */
const asymmetric = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
] as const;

const text = z
  .string()
  .min(1)
  .max(1_000)
  .refine((value) => value === value.trim(), 'begins or ends with a space');
const name = text.refine((value) => !carriesCredentials(value), 'has a user or a password before its host');
/** What a token says of itself (RFC 7519, section 4.1); `sub` may be whom it is for. */
const ofTheToken: ReadonlySet<string> = new Set(['iss', 'aud', 'exp', 'nbf', 'iat', 'jti']);
const claim = z
  .union([text, z.array(text).min(1)])
  .refine((path) => !ofTheToken.has([path].flat()[0] ?? ''), 'says something of the token, not of who asks')
  .refine((path) => ![path].flat().some((step) => step in Object.prototype), 'is no name of a claim');
/** ORG-3: whom an issuer or a client may speak for, by organisation number. */
const organisations = z
  .array(z.string().refine(isOrganisationNumber, 'is not an organisation number'))
  .min(1);
/** What tokens stand for: a person at a unit, a system and its units, or either. */
const kind = z.enum(['user', 'system', 'both']);

const client = z.strictObject({
  organisations,
  /** Which of the issuer's tokens it may have (ORG-2). Absent: all; production requires it where the issuer has both. */
  kind: kind.optional(),
});

const claims = z.strictObject({
  /** The client that got the token, e.g. `client_id` or `azp`. */
  client: claim,
  /** HSA-id of the person. */
  user: claim.optional(),
  /** HSA-id of the unit the person acts for. */
  unit: claim.optional(),
  /** HSA-id of the assignment (medarbetaruppdrag), where the token names that and not the unit. */
  assignment: claim.optional(),
  /** Role chosen by one who holds several (ORG-6). The directory decides whether it is held. */
  role: claim.optional(),
  /** The licence (legitimation): where mapped, a token without it never acts as licensed, whatever the role. */
  licence: claim.optional(),
  /** HSA-ids of the units of a system. */
  units: claim.optional(),
});

const issuer = z
  .strictObject({
    /** The `iss` claim, compared letter by letter. */
    issuer: name,
    /** The `aud` that means this hub. */
    audience: name,
    /** Public keys (JWK Set): an https address (http only on loopback), or a local file. */
    keys: z.union([
      z.strictObject({
        url: z.string().refine(isSafe, 'must be https (http only on loopback), without user and password'),
      }),
      z.strictObject({ file: text }),
    ]),
    /** Algorithms that are accepted; asymmetric ones only. */
    algorithms: z.array(z.enum(asymmetric)).min(1),
    /** What `typ` says in the header (RFC 9068, RFC 7519). A token without one counts as `JWT`. */
    types: z
      .array(z.enum(['at+jwt', 'JWT']))
      .min(1)
      .default(['at+jwt']),
    /** The longest time from `iat` to `exp` that is accepted. */
    longestLifeSeconds: z.number().int().min(30).max(86_400).default(3_600),
    /** How long keys that were had still hold when the issuer does not answer with new ones. */
    keysHoldMinutes: z.number().int().min(10).max(1_440).default(60),
    /** What the tokens stand for; `both`: a token with the user claim is a user's, one without a system's. */
    kind,
    /** The organisations whose units its tokens may name (ORG-3). Absent: all; production requires it. */
    organisations: organisations.optional(),
    /** The clients that may have its tokens, and the organisations of each (ORG-3). Absent: all; production requires it. */
    clients: z.record(text, client).optional(),
    claims,
  })
  .superRefine((configuration, context) => {
    const fault = (path: readonly (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path: [...path], message });
    const { kind, claims: mapped, organisations: own, clients } = configuration;
    if (kind !== 'system' && mapped.user === undefined)
      fault(['claims'], 'the claim of the user must be mapped');
    if (kind !== 'system' && mapped.unit === undefined && mapped.assignment === undefined)
      fault(['claims'], 'the claim of the unit or of the assignment must be mapped');
    if (kind !== 'user' && mapped.units === undefined) fault(['claims'], 'the claim of units must be mapped');
    for (const [one, other] of sharedIn(mapped)) fault(['claims', one], `is the claim of \`${other}\``);
    // A client is named in the log and in the trail, and a token of one that may hide a number is refused.
    if (Object.keys(clients ?? {}).some(mayHidePersonalNumber))
      fault(['clients'], 'has the number of a person for a name');
    const ofIssuer = own && new Set(own);
    for (const [client, { organisations: of, kind: tokens }] of Object.entries(clients ?? {})) {
      if (ofIssuer !== undefined && !of.every((one) => ofIssuer.has(one)))
        fault(['clients', client, 'organisations'], 'has an organisation that the issuer does not have');
      if (tokens !== undefined && kind !== 'both' && tokens !== kind)
        fault(['clients', client, 'kind'], `names tokens that an issuer of kind \`${kind}\` does not have`);
    }
  });

const issuers = z.array(issuer).superRefine((all, context) => {
  const seen = new Set<string>();
  for (const [index, { issuer: name }] of all.entries()) {
    if (seen.has(name))
      context.addIssue({ code: 'custom', path: [index, 'issuer'], message: 'is configured twice' });
    seen.add(name);
  }
});

/** Claims that are read from one place, though they mean different things. A token of a user may name its unit where a system's names its units. */
function sharedIn(mapped: z.output<typeof claims>): readonly (readonly [string, string])[] {
  const places = Object.entries(mapped).map(([name, path]) => [name, JSON.stringify([path].flat())] as const);
  return places.flatMap(([name, place], index) => {
    const [before] = places.slice(0, index).find(([, earlier]) => earlier === place) ?? [];
    return before === undefined || (before === 'unit' && name === 'units') ? [] : [[name, before] as const];
  });
}

/** How one issuer's tokens are to be read. Claim names differ between issuers, so they are configuration. */
export type IssuerConfiguration = z.output<typeof issuer>;
/** The same as it is written in a file: what has a default may be left out. */
export type WrittenIssuer = z.input<typeof issuer>;

/** A fault of an issuers file by its place in it. */
type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

/** The issuers would let in what they should not, or cannot be understood. */
export class IssuersUnusable extends Error {
  override readonly name = 'IssuersUnusable';
  constructor(readonly issues: readonly Issue[]) {
    super(issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('; '));
  }
}

/**
 * Checks issuers: nothing that is missing is made up, and nothing that is unknown is passed over.
 * @param production each issuer, and each client of it, must then be tied to organisations (ORG-3)
 * @throws {IssuersUnusable} with everything that is wrong
 */
export function readIssuers(
  value: unknown,
  { production = false }: { readonly production?: boolean } = {},
): readonly IssuerConfiguration[] {
  const result = issuers.safeParse(value);
  if (!result.success) throw new IssuersUnusable(result.error.issues);
  const untied = production ? untiedIn(result.data) : [];
  if (untied.length > 0) throw new IssuersUnusable(untied);
  return result.data;
}

function untiedIn(all: readonly IssuerConfiguration[]): readonly Issue[] {
  if (all.length === 0) return [{ path: [], message: 'production needs an issuer' }];
  return all.flatMap(({ organisations: own, clients, kind }, index) => [
    ...(own === undefined
      ? [{ path: [index], message: 'production needs the `organisations` it may speak for (ORG-3)' }]
      : []),
    ...(clients === undefined
      ? [{ path: [index], message: 'production needs the `clients` that have its tokens (ORG-3)' }]
      : []),
    // Else one that is named so that staff may use it would speak as a system too, and one of systems for staff.
    ...Object.entries(kind === 'both' ? (clients ?? {}) : {})
      .filter(([, { kind: tokens }]) => tokens === undefined)
      .map(([client]) => ({
        path: [index, 'clients', client],
        message: 'production needs the `kind` of tokens it may have, where its issuer has both (ORG-2)',
      })),
  ]);
}

/** Every organisation number that the issuers name, with its place. */
export function organisationsOf(
  all: readonly IssuerConfiguration[],
): readonly { readonly path: readonly (string | number)[]; readonly organisation: string }[] {
  const placed = (path: readonly (string | number)[], numbers: readonly string[] = []) =>
    numbers.map((organisation, place) => ({ path: [...path, place], organisation }));
  return all.flatMap(({ organisations: own, clients }, index) => [
    ...placed([index, 'organisations'], own),
    ...Object.entries(clients ?? {}).flatMap(([client, { organisations: of }]) =>
      placed([index, 'clients', client, 'organisations'], of),
    ),
  ]);
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  if (carriesCredentials(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
