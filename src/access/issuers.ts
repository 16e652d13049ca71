/** Where a claim stands in a token: its name, or the names on the way to it. Names are taken literally, dots and all. */
export type ClaimPath = string | readonly string[];

/** How one issuer's tokens are to be read. Claim names differ between issuers, so they are configuration. */
export type IssuerConfiguration = {
  /** The `iss` claim, compared letter by letter. */
  readonly issuer: string;
  /** The `aud` that means this hub. */
  readonly audience: string;
  /** Public keys (JWK Set): an https address (http only on loopback), or a local file. */
  readonly keys: { readonly url: string } | { readonly file: string };
  /** Algorithms that are accepted; asymmetric ones only. */
  readonly algorithms: readonly string[];
  /** What the tokens stand for; `both`: a token with the user claim is a user's, one without a system's. */
  readonly kind: 'user' | 'system' | 'both';
  readonly claims: {
    /** The client that got the token, e.g. `client_id` or `azp`. */
    readonly client: ClaimPath;
    /** HSA-id of the person. */
    readonly user?: ClaimPath;
    /** HSA-id of the unit the person acts for. */
    readonly unit?: ClaimPath;
    /** HSA-id of the assignment (medarbetaruppdrag), where the token names that and not the unit. */
    readonly assignment?: ClaimPath;
    /** Role chosen by one who holds several (ORG-6). The directory decides whether it is held. */
    readonly role?: ClaimPath;
    /** The licence (legitimation): where mapped, a token without it never acts as licensed, whatever the role. */
    readonly licence?: ClaimPath;
    /** HSA-ids of the units of a system. */
    readonly units?: ClaimPath;
  };
};

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
];

/** @throws when a configured issuer could let in what it should not; names the issuer and the fault. */
export function checkIssuers(issuers: readonly IssuerConfiguration[]): void {
  const seen = new Set<string>();
  for (const configuration of issuers) {
    const fault =
      faultOf(configuration) ?? (seen.has(configuration.issuer) ? 'is configured twice' : undefined);
    if (fault !== undefined) throw new Error(`token issuer ${configuration.issuer}: ${fault}`);
    seen.add(configuration.issuer);
  }
}

function faultOf({
  issuer,
  audience,
  keys,
  algorithms,
  kind,
  claims,
}: IssuerConfiguration): string | undefined {
  if (issuer === '' || audience === '') return 'issuer and audience are needed';
  if (algorithms.length === 0) return 'no algorithm is allowed';
  const weak = algorithms.find((algorithm) => !asymmetric.includes(algorithm));
  if (weak !== undefined) return `algorithm ${weak} is not accepted`;
  if ('url' in keys && !isSafe(keys.url)) return 'keys must come over https (http only on loopback)';
  if (
    kind !== 'system' &&
    (claims.user === undefined || (claims.unit === undefined && claims.assignment === undefined))
  )
    return 'claims of user, and of unit or assignment, must be mapped';
  if (kind !== 'user' && claims.units === undefined) return 'the claim of units must be mapped';
  return undefined;
}

function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}

/** Whether a host name or address is this machine itself. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}
