import type { JWTPayload } from 'jose';
import { isHsaId } from '../directory/hsa-id.js';
import { CatalogueUnavailable } from '../directory/seek.js';
import type { Directory } from '../directory/organisation.js';
import { mayHidePersonalNumber } from '../messaging/contracts/personal-number-shape.js';
import type { HsaId } from '../process/vocabulary.js';
import { clientKey } from './access-context.js';
import type { AccessContext } from './access-context.js';
import { AuthenticationFailure } from './authenticator.js';
import type { Authenticator, Claimed } from './authenticator.js';
import type { ClaimPath, IssuerConfiguration } from './issuers.js';
import type { TokenVerifier } from './token-verifier.js';

/**
 * Who asks, from a verified token and the directory: the token says person and unit, the directory says what the person
 * is there (ORG-1). Of somebody whom the organisation file does not name it knows what the catalogue says, and nobody gets in by
 * the token alone. The directory is asked on every request, so an assignment or a unit that ends ends at once (ACC-7).
 */
export class TokenAuthenticator implements Authenticator {
  /** @param directory the directory of the moment; asked for on every request, so that a new one takes over */
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly directory: () => Directory,
  ) {}

  async authenticate(authorization: string | undefined, requestId: string): Promise<AccessContext> {
    const { issuer, claims } = await this.verifier.verify(authorization);
    const client = text(claims, issuer.claims.client);
    // It is written to the log and the trail.
    if (client === undefined || !isWritable(client) || mayHidePersonalNumber(client))
      throw new AuthenticationFailure('token-claims', 401);
    return isUserToken(issuer, claims)
      ? this.#user(issuer, claims, client, requestId)
      : this.#system(issuer, claims, client, requestId);
  }

  async #user(
    issuer: IssuerConfiguration,
    claims: JWTPayload,
    client: string,
    requestId: string,
  ): Promise<AccessContext> {
    const user = hsaId(claims, issuer.claims.user);
    if (user === undefined) throw new AuthenticationFailure('token-claims', 401);
    const named = hsaId(claims, issuer.claims.unit);
    const claimed = { issuer: issuer.issuer, client, actor: user };
    const own = clientOrganisations(issuer, client, 'user');
    // Before the catalogue is asked: it is not asked on behalf of an issuer or a client about whom it cannot speak for.
    if (own?.length === 0) throw new AuthenticationFailure('organisation-not-of-issuer', 403, claimed);
    if (named !== undefined) this.#spokenFor(own, named, claimed);
    const directory = await this.#knowing(claimed);
    const unit = named ?? this.#unitOfAssignment(directory, user, issuer, claims);
    const role = text(claims, issuer.claims.role);
    const actor = unit === undefined ? undefined : directory.actor(user, unit, role);
    if (unit === undefined || actor === undefined)
      throw new AuthenticationFailure('unit-not-assigned', 403, {
        ...claimed,
        ...(unit === undefined ? {} : { unit }),
      });
    this.#spokenFor(own, unit, claimed);
    const licensed =
      actor.licensed && (issuer.claims.licence === undefined || isThere(claims, issuer.claims.licence));
    // A role without responsibilities (e.g. a log reviewer's) opens no case (ACC-1), so its unit's grants do not count.
    const units = actor.responsibilities.length === 0 ? [] : [unit];
    return { client, issuer: issuer.issuer, units, actor: { ...actor, licensed }, requestId };
  }

  /** The directory, after the catalogue was asked about somebody whom the organisation file does not name. */
  async #knowing(claimed: Claimed): Promise<Directory> {
    const directory = this.directory();
    try {
      await directory.seek(claimed.actor, clientKey(claimed));
    } catch (error) {
      if (!(error instanceof CatalogueUnavailable)) throw error;
      throw new AuthenticationFailure('catalogue-unavailable', 503, claimed, { cause: error });
    }
    return directory;
  }

  #unitOfAssignment(
    directory: Directory,
    user: HsaId,
    issuer: IssuerConfiguration,
    claims: JWTPayload,
  ): HsaId | undefined {
    const assignment = hsaId(claims, issuer.claims.assignment);
    if (assignment === undefined) throw new AuthenticationFailure('token-claims', 401);
    return directory.person(user)?.assignments.find(({ hsaId: id }) => id === assignment)?.unit;
  }

  #system(issuer: IssuerConfiguration, claims: JWTPayload, client: string, requestId: string): AccessContext {
    const claimed = list(claims, issuer.claims.units);
    if (claimed.length === 0 || !claimed.every(isHsaId)) throw new AuthenticationFailure('token-claims', 401);
    const directory = this.directory();
    const units = [...new Set(claimed)].filter((unit) => directory.unit(unit)?.active);
    const own = clientOrganisations(issuer, client, 'system');
    const self = { issuer: issuer.issuer, client, actor: client };
    for (const unit of claimed) this.#spokenFor(own, unit, self);
    if (units.length === 0) throw new AuthenticationFailure('unit-not-assigned', 403, self);
    return { client, issuer: issuer.issuer, units, requestId };
  }

  /**
   * ORG-3: an issuer, or a client of it, speaks for units of its own organisations alone. One token that names another is refused
   * as a whole. `organisations` undefined: for all of them.
   */
  #spokenFor(organisations: readonly string[] | undefined, unit: HsaId, claimed: Claimed): void {
    const organisation = this.directory().unit(unit)?.organisationNumber;
    if (organisations === undefined || organisation === undefined || organisations.includes(organisation))
      return;
    throw new AuthenticationFailure('organisation-not-of-issuer', 403, { ...claimed, unit });
  }
}

/** Whether a name stands on one line of a log: no control characters, no separators of lines, no half of a character. */
const isWritable = (name: string): boolean =>
  name.length <= 200 && name.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name);

/** Of a client that is not named where clients are, or not for tokens of this kind: none. */
function clientOrganisations(
  { organisations, clients }: IssuerConfiguration,
  client: string,
  kind: 'user' | 'system',
): readonly string[] | undefined {
  if (clients === undefined) return organisations;
  const named = Object.hasOwn(clients, client) ? clients[client] : undefined;
  return named === undefined || ![kind, 'both', undefined].includes(named.kind) ? [] : named.organisations;
}

function isUserToken(issuer: IssuerConfiguration, claims: JWTPayload): boolean {
  return (
    issuer.kind === 'user' || (issuer.kind === 'both' && valueAt(claims, issuer.claims.user) !== undefined)
  );
}

function valueAt(claims: JWTPayload, path: ClaimPath | undefined): unknown {
  if (path === undefined) return undefined;
  let value: unknown = claims;
  for (const name of typeof path === 'string' ? [path] : path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** @throws {AuthenticationFailure} where the claim is there and is no text: passed over, it would say nothing (a role, a unit) */
function text(claims: JWTPayload, path: ClaimPath | undefined): string | undefined {
  const value = valueAt(claims, path);
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw new AuthenticationFailure('token-claims', 401);
  return value;
}

/** Nothing but an HSA-id passes, so a personal number in its place never gets as far as the trail. */
function hsaId(claims: JWTPayload, path: ClaimPath | undefined): HsaId | undefined {
  const value = text(claims, path);
  if (value === undefined) return undefined;
  if (!isHsaId(value)) throw new AuthenticationFailure('token-claims', 401);
  return value;
}

function list(claims: JWTPayload, path: ClaimPath | undefined): string[] {
  const value = valueAt(claims, path);
  const values: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(' ') : [];
  return values.filter((one): one is string => typeof one === 'string' && one !== '');
}

function isThere(claims: JWTPayload, path: ClaimPath): boolean {
  const value = valueAt(claims, path);
  return Array.isArray(value)
    ? value.length > 0
    : value !== undefined && value !== null && value !== false && value !== '';
}
