import { createPublicKey, randomUUID } from 'node:crypto';
import { jwtVerify } from 'jose';
import type { StandInFile } from './file.js';

type Answer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The token endpoint: client credentials by secret (header or body) or by a signed assertion. */
export class IssuedTokens {
  private readonly valid = new Map<string, number>();
  private readonly usedAssertions = new Set<string>();
  issued = 0;

  constructor(private readonly lifeSeconds: number) {}

  isValid(token: string): boolean {
    return (this.valid.get(token) ?? 0) > Date.now();
  }

  /** Every token so far is worth nothing. */
  revoke(): void {
    this.valid.clear();
  }

  async answer(
    form: URLSearchParams,
    authorization: string | undefined,
    clients: StandInFile['clients'],
    url: string,
  ): Promise<Answer> {
    if (form.get('grant_type') !== 'client_credentials') return refusal(400, 'unsupported_grant_type');
    const known =
      form.get('client_assertion_type') === assertionType
        ? await this.isAsserted(form.get('client_assertion') ?? '', clients, url)
        : hasSecret(form, authorization, clients);
    if (!known) return refusal(401, 'invalid_client');
    const token = randomUUID();
    this.issued += 1;
    this.valid.set(token, Date.now() + this.lifeSeconds * 1000);
    return { status: 200, body: { access_token: token, token_type: 'Bearer', expires_in: this.lifeSeconds } };
  }

  /** RFC 7523: issuer and subject are the client, the audience is this endpoint, and no assertion counts twice. */
  private async isAsserted(
    assertion: string,
    clients: StandInFile['clients'],
    url: string,
  ): Promise<boolean> {
    for (const { id, publicKey } of clients) {
      if (publicKey === undefined) continue;
      try {
        const { payload } = await jwtVerify(assertion, createPublicKey(publicKey), {
          issuer: id,
          subject: id,
          audience: url,
          requiredClaims: ['exp', 'jti'],
          algorithms: ['RS384', 'ES384', 'ES256'],
        });
        const jti = String(payload.jti);
        if (this.usedAssertions.has(jti)) return false;
        this.usedAssertions.add(jti);
        return true;
      } catch {
        // It belongs to another client, or to none.
      }
    }
    return false;
  }
}

function hasSecret(
  form: URLSearchParams,
  authorization: string | undefined,
  clients: StandInFile['clients'],
): boolean {
  const encoded = /^Basic (.+)$/.exec(authorization ?? '')?.[1];
  const [id, secret] =
    encoded === undefined
      ? [form.get('client_id'), form.get('client_secret')]
      : Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  return clients.some((each) => each.id === id && each.secret !== undefined && each.secret === secret);
}

function refusal(status: number, error: string): Answer {
  return { status, body: { error } };
}
