import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { AuthenticationFailure } from '../../src/access/authenticator.js';
import type { WrittenIssuer } from '../../src/access/issuers.js';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import { buildDirectory } from '../../src/directory/directory.js';
import { personAt, sample, sampleOrganisation } from './organisation.js';

/** What differs from a right token. */
export type Token = {
  readonly issuedAt?: number | null;
  readonly claims?: object;
  readonly header?: object;
  readonly with?: CryptoKey;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: number;
};

export const now = new Date('2026-03-02T10:00:00Z');
export const seconds = now.getTime() / 1000;
export const clock = { now: () => now };
export const issuer = 'https://issuer.example';
export const userClaims = {
  client_id: 'journal',
  employee: { 'hsa.id': sample.nurse },
  unit: sample.ward,
};
export const organisation = sampleOrganisation({
  people: [
    personAt(sample.ward, ['Sjuksköterska', 'Vårdplanerare']),
    personAt(sample.ward, ['Loggranskare'], 'P2'),
  ],
});
export const units = buildDirectory(organisation);

/** An issuer with a key of its own, which signs whatever it is asked to. */
export async function makeIssuer() {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-tokens-'));
  const pair = await generateKeyPair('ES256');
  const file = path.join(directory, 'jwks.json');
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' };
  await writeFile(file, JSON.stringify({ keys: [jwk] }));
  const configuration: WrittenIssuer = {
    issuer,
    audience: 'hub',
    keys: { file },
    algorithms: ['ES256'],
    kind: 'both',
    claims: {
      client: 'client_id',
      user: ['employee', 'hsa.id'],
      unit: 'unit',
      assignment: 'assignment',
      role: 'role',
      units: 'units',
    },
  };
  return {
    directory,
    key: pair.privateKey,
    configuration,
    token: async (change: Token = {}): Promise<string> => {
      const issuedAt = change.issuedAt === undefined ? seconds : change.issuedAt;
      const jwt = new SignJWT({
        ...(issuedAt === null ? {} : { iat: issuedAt }),
        ...(change.claims ?? userClaims),
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt', ...change.header })
        .setIssuer(change.issuer ?? issuer)
        .setAudience(change.audience ?? 'hub')
        .setExpirationTime(change.expires ?? seconds + 600);
      return `Bearer ${await jwt.sign(change.with ?? pair.privateKey)}`;
    },
    authenticator: (changes: Partial<WrittenIssuer> = {}) =>
      new TokenAuthenticator(new TokenVerifier([{ ...configuration, ...changes }], clock), () => units),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** Status and code of a refusal. Throws when the token was taken. */
export async function failure(
  authorization: string | undefined,
  by: TokenAuthenticator,
): Promise<[status: number, code: string]> {
  const error: unknown = await by.authenticate(authorization, 'r').then(
    () => undefined,
    (fault: unknown) => fault,
  );
  if (!(error instanceof AuthenticationFailure)) throw new Error('the token was accepted', { cause: error });
  return [error.status, error.code];
}
