import { createPrivateKey, randomUUID, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { fetch, type Response } from 'undici';
import { onceMore } from '../../../src/wire/once-more.js';
import { asItIs, type Connections } from './connections.js';
import { connectionFailure, FhirFailure, isPassing, readRetryAfter } from './failure.js';

/** How the client shows who it is; `privateKey` as PEM (PKCS#8, PKCS#1 or SEC 1). */
export type ClientCredentials = { readonly clientId: string } & (
  | { readonly secret: string; readonly method: 'client_secret_basic' | 'client_secret_post' }
  | {
      readonly privateKey: string;
      readonly method: 'private_key_jwt';
      readonly keyId?: string;
      /** `aud` of the assertion. Default: the token URL. */
      readonly audience?: string;
    }
);

export type TokenOptions = {
  readonly url: string;
  readonly credentials: ClientCredentials;
  readonly scope?: string;
  readonly connections: Connections;
  readonly timeoutMilliseconds: number;
  readonly clock: () => Date;
};

type Token = { readonly value: string; readonly useUntil: number };

const assertionSeconds = 240;
/** What a token without `expires_in` is taken to live. */
const unknownLifeSeconds = 60;

/** Access tokens by OAuth 2.0 client credentials (RFC 6749 section 4.4), kept until shortly before they expire. */
export class AccessTokens {
  private token: Token | undefined;
  private asking: Promise<Token> | undefined;
  private readonly key: KeyObject | undefined;

  /** @throws when the private key cannot be read or is of a kind that has no algorithm here. */
  constructor(private readonly options: TokenOptions) {
    const { credentials } = options;
    if (credentials.method !== 'private_key_jwt') return;
    this.key = createPrivateKey(credentials.privateKey);
    algorithmOf(this.key);
  }

  /** One that can be used now. @throws FhirFailure */
  async current(): Promise<string> {
    if (this.token && this.options.clock().getTime() < this.token.useUntil) return this.token.value;
    this.asking ??= this.ask().finally(() => {
      this.asking = undefined;
    });
    this.token = await this.asking;
    return this.token.value;
  }

  /** The server took this one for nothing: the next is asked for again. */
  refused(value: string): void {
    if (this.token?.value === value) this.token = undefined;
  }

  private async ask(): Promise<Token> {
    const { timeoutMilliseconds, clock } = this.options;
    const signal = AbortSignal.timeout(timeoutMilliseconds);
    try {
      const asked = clock();
      const response = await onceMore((fresh) => this.send(signal, fresh));
      const answer = asObject(await response.text());
      if (!response.ok) {
        const wait = readRetryAfter(response.headers.get('retry-after'), asked);
        const passing = isPassing(response.status);
        throw new FhirFailure(
          `token-${errorOf(answer) ?? `http-${response.status}`}`,
          passing ? 'passing' : 'ours',
          wait,
        );
      }
      const value = answer?.['access_token'];
      if (typeof value !== 'string' || value === '') throw new FhirFailure('token-not-json', 'theirs');
      const life = Number(answer?.['expires_in'] ?? unknownLifeSeconds);
      // Earlier than it says: by a tenth, half a minute at most.
      const margin = Math.min(30, life / 10);
      return { value, useUntil: asked.getTime() + (life - margin) * 1000 };
    } catch (error) {
      if (error instanceof FhirFailure) throw error;
      if (signal.aborted) throw new FhirFailure('token-timeout', 'passing');
      throw connectionFailure(error, 'token-');
    }
  }

  /** An assertion serves once, so each time has its own. */
  private async send(signal: AbortSignal, fresh: boolean): Promise<Response> {
    const { url, scope, connections } = this.options;
    const { headers, fields } = await this.authenticate();
    return fetch(url, {
      method: 'POST',
      dispatcher: fresh ? connections.fresh : connections.kept,
      signal,
      redirect: 'error',
      headers: { ...headers, ...asItIs, accept: 'application/json' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(scope && { scope }), ...fields }),
    });
  }

  private async authenticate(): Promise<{
    readonly headers: Record<string, string>;
    readonly fields: Record<string, string>;
  }> {
    const { credentials, url, clock } = this.options;
    const { clientId } = credentials;
    if (credentials.method === 'private_key_jwt') {
      const now = Math.floor(clock().getTime() / 1000);
      const key = this.key as KeyObject;
      const assertion = await new SignJWT()
        .setProtectedHeader({
          alg: algorithmOf(key),
          typ: 'JWT',
          ...(credentials.keyId !== undefined && { kid: credentials.keyId }),
        })
        .setIssuer(clientId)
        .setSubject(clientId)
        .setAudience(credentials.audience ?? url)
        .setJti(randomUUID())
        .setIssuedAt(now)
        .setExpirationTime(now + assertionSeconds)
        .sign(key);
      const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      return { headers: {}, fields: { client_assertion_type: type, client_assertion: assertion } };
    }
    if (credentials.method === 'client_secret_post')
      return { headers: {}, fields: { client_id: clientId, client_secret: credentials.secret } };
    // RFC 6749 section 2.3.1: both are form-encoded before they are joined.
    const pair = [clientId, credentials.secret].map((part) => encodeURIComponent(part)).join(':');
    return { headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, fields: {} };
  }
}

/** RS384 and ES384 are what SMART Backend Services asks every server to take; another curve has its own. */
function algorithmOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return 'RS384';
  const curve = key.asymmetricKeyDetails?.namedCurve;
  if (curve === 'secp384r1') return 'ES384';
  if (curve === 'prime256v1') return 'ES256';
  throw new Error('The private key of the client must be RSA, P-384 or P-256.');
}

function asObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** The error code of RFC 6749 section 5.2, never the description. */
function errorOf(answer: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const error = answer?.['error'];
  return typeof error === 'string' && /^[a-z_]{1,40}$/.test(error) ? error : undefined;
}
