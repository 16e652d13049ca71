import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { AuthenticationFailure } from './authenticator.js';
import { issuerKeys, KeysUnavailable } from './issuer-keys.js';
import { readIssuers } from './issuers.js';
import type { IssuerConfiguration, WrittenIssuer } from './issuers.js';

/** A token whose signature, issuer, audience and time are right; what it claims is still to be held against the directory. */
export type VerifiedToken = { readonly issuer: IssuerConfiguration; readonly claims: JWTPayload };

/** How far the clocks of issuer and hub may be apart, in seconds. */
const leewaySeconds = 10;
/** For how long a verified token is not verified again. A key that the issuer withdraws works no longer than this. */
const rememberedMs = 60_000;
const rememberedTokens = 10_000;
const longestToken = 8_192;

/**
 * Verifies JWTs (RFC 7519, RFC 8725) of the configured issuers.
 */
export class TokenVerifier {
  readonly #issuers = new Map<string, { configuration: IssuerConfiguration; keys: JWTVerifyGetKey }>();
  readonly #remembered = new Map<string, { readonly token: VerifiedToken; readonly until: number }>();

  /** @throws {IssuersUnusable} when the configuration of an issuer is not safe */
  constructor(
    issuers: readonly WrittenIssuer[],
    private readonly clock: { readonly now: () => Date },
  ) {
    for (const configuration of readIssuers(issuers))
      this.#issuers.set(configuration.issuer, { configuration, keys: issuerKeys(configuration) });
  }

  /**
   * @param authorization the header as received, `Bearer <token>`
   * @throws {AuthenticationFailure} telling apart what is wrong
   */
  async verify(authorization: string | undefined): Promise<VerifiedToken> {
    const token = bearerToken(authorization);
    const now = this.clock.now();
    const remembered = this.#remembered.get(token);
    if (remembered !== undefined && now.getTime() < remembered.until) return remembered.token;
    const verified = await this.#verify(token, now);
    this.#remember(token, verified, now);
    return verified;
  }

  async #verify(token: string, now: Date): Promise<VerifiedToken> {
    const { algorithm, type, issuer } = unverified(token);
    const known = issuer === undefined ? undefined : this.#issuers.get(issuer);
    if (known === undefined) throw new AuthenticationFailure('token-wrong-issuer', 401);
    const { configuration, keys } = known;
    if (algorithm === undefined || !configuration.algorithms.some((accepted) => accepted === algorithm))
      throw new AuthenticationFailure('token-wrong-algorithm', 401);
    if (!configuration.types.some((accepted) => accepted.toLowerCase() === type))
      throw new AuthenticationFailure('token-wrong-type', 401);
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer: configuration.issuer,
        audience: configuration.audience,
        algorithms: configuration.algorithms,
        currentDate: now,
        clockTolerance: leewaySeconds,
        requiredClaims: ['exp', 'iat'],
      });
      const { exp = Infinity, iat = 0 } = payload;
      if (iat > now.getTime() / 1000 + leewaySeconds)
        throw new AuthenticationFailure('token-not-yet-valid', 401);
      // Fractions and infinities do not add up to a longer life.
      if (!(exp - iat <= configuration.longestLifeSeconds))
        throw new AuthenticationFailure('token-lives-too-long', 401);
      return { issuer: configuration, claims: payload };
    } catch (error) {
      throw failureOf(error);
    }
  }

  #remember(token: string, verified: VerifiedToken, now: Date): void {
    const expires = (verified.claims.exp ?? 0) * 1000 + leewaySeconds * 1000;
    this.#remembered.delete(token);
    this.#remembered.set(token, { token: verified, until: Math.min(expires, now.getTime() + rememberedMs) });
    if (this.#remembered.size <= rememberedTokens) return;
    const [oldest] = this.#remembered.keys();
    if (oldest !== undefined) this.#remembered.delete(oldest);
  }
}

function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined || authorization === '')
    throw new AuthenticationFailure('token-missing', 401);
  const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(authorization)?.[1];
  if (token === undefined || token.length > longestToken)
    throw new AuthenticationFailure('token-malformed', 401);
  return token;
}

type Unverified = { algorithm: string | undefined; type: string; issuer: string | undefined };

function unverified(token: string): Unverified {
  try {
    const { alg, typ } = decodeProtectedHeader(token);
    return { algorithm: alg, type: typeOf(typ), issuer: decodeJwt(token).iss };
  } catch (error) {
    throw new AuthenticationFailure('token-malformed', 401, undefined, { cause: error });
  }
}

/** In lower case, without the `application/` that may stand before it (RFC 7515, section 4.1.9); without one, a JWT. */
function typeOf(typ: unknown = 'jwt'): string {
  return String(typ)
    .toLowerCase()
    .replace(/^application\//, '');
}

function failureOf(error: unknown): AuthenticationFailure {
  if (error instanceof AuthenticationFailure) return error;
  const because = { cause: error };
  if (error instanceof KeysUnavailable)
    return new AuthenticationFailure('keys-unavailable', 503, undefined, because);
  const failure = (code: AuthenticationFailure['code']) =>
    new AuthenticationFailure(code, 401, undefined, because);
  if (error instanceof errors.JWTExpired) return failure('token-expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return failure('token-wrong-audience');
    if (error.claim === 'nbf') return failure('token-not-yet-valid');
    return failure('token-claims');
  }
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
    return failure('token-unknown-key');
  if (error instanceof errors.JWSSignatureVerificationFailed) return failure('token-wrong-signature');
  if (error instanceof errors.JOSEAlgNotAllowed) return failure('token-wrong-algorithm');
  return failure('token-malformed');
}
