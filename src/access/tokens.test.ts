import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { personAt, sample, sampleOrganisation } from '../../test/support/organisation.js';
import { buildDirectory } from '../directory/directory.js';
import { AuthenticationFailure } from './authenticator.js';
import { DemoIssuer, DemoIssuerRefused } from './demo-issuer.js';
import type { IssuerConfiguration } from './issuers.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './tokens.js';

const now = new Date('2026-03-02T10:00:00Z');
const seconds = now.getTime() / 1000;
const clock = { now: () => now };
const issuer = 'https://issuer.example';

let directory: string;
let key: CryptoKey;
let otherKey: CryptoKey;
let configuration: IssuerConfiguration;
const organisation = sampleOrganisation({
  people: [
    personAt(sample.ward, ['Sjuksköterska', 'Vårdplanerare']),
    personAt(sample.ward, ['Loggranskare'], 'P2'),
  ],
});
const units = buildDirectory(organisation);

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'hemgang-tokens-'));
  const pair = await generateKeyPair('ES256');
  key = pair.privateKey;
  otherKey = (await generateKeyPair('ES256')).privateKey;
  const file = path.join(directory, 'jwks.json');
  await writeFile(
    file,
    JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'ES256' }] }),
  );
  configuration = {
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
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const userClaims = { client_id: 'journal', employee: { 'hsa.id': sample.nurse }, unit: sample.ward };
type Token = {
  claims?: object;
  header?: object;
  with?: CryptoKey;
  issuer?: string;
  audience?: string;
  expires?: number;
};

async function token(change: Token = {}): Promise<string> {
  const jwt = new SignJWT({ ...(change.claims ?? userClaims) })
    .setProtectedHeader({ alg: 'ES256', kid: 'one', ...change.header })
    .setIssuer(change.issuer ?? issuer)
    .setAudience(change.audience ?? 'hub')
    .setExpirationTime(change.expires ?? seconds + 600);
  return `Bearer ${await jwt.sign(change.with ?? key)}`;
}

const authenticator = (changes: Partial<IssuerConfiguration> = {}) =>
  new TokenAuthenticator(new TokenVerifier([{ ...configuration, ...changes }], clock), () => units);

async function failure(authorization: string | undefined, by = authenticator()) {
  const error: unknown = await by.authenticate(authorization, 'r').then(
    () => undefined,
    (fault: unknown) => fault,
  );
  if (!(error instanceof AuthenticationFailure)) throw new Error('the token was accepted', { cause: error });
  return [error.status, error.code];
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token', () => {
  it('ORG-1: becomes the person at the unit, in the role that the directory gives', async () => {
    const context = await authenticator().authenticate(await token(), 'r1');
    expect(context).toMatchObject({ client: 'journal', units: [sample.ward], requestId: 'r1' });
    expect(context.actor).toMatchObject({
      user: sample.nurse,
      unit: sample.ward,
      role: 'nurse',
      licensed: true,
    });
  });

  it('ORG-6: may choose among the roles that the person holds there, and no other', async () => {
    const chosen = await authenticator().authenticate(
      await token({ claims: { ...userClaims, role: 'planner' } }),
      'r',
    );
    expect(chosen.actor).toMatchObject({ role: 'planner', licensed: false });
    expect(await failure(await token({ claims: { ...userClaims, role: 'reviewer' } }))).toEqual([
      403,
      'unit-not-assigned',
    ]);
  });

  it('ORG-1: may name the assignment instead of the unit', async () => {
    const { unit: _unit, ...claims } = userClaims;
    const assignment = organisation.people[0]?.assignments[0]?.hsaId;
    const context = await authenticator().authenticate(
      await token({ claims: { ...claims, assignment } }),
      'r',
    );
    expect(context.units).toEqual([sample.ward]);
  });

  it('ORG-9: never acts as licensed without the licence, where the issuer states licences', async () => {
    const strict = authenticator({ claims: { ...configuration.claims, licence: 'licence' } });
    expect((await strict.authenticate(await token(), 'r')).actor?.licensed).toBe(false);
    const licensed = await token({ claims: { ...userClaims, licence: ['SJ'] } });
    expect((await strict.authenticate(licensed, 'r')).actor?.licensed).toBe(true);
  });

  it('ACC-1: of a person whose role has no responsibility opens no case', async () => {
    const claims = { ...userClaims, employee: { 'hsa.id': `SE${sample.region}-P2` } };
    const context = await authenticator().authenticate(await token({ claims }), 'r');
    expect(context.actor?.role).toBe('reviewer');
    expect(context.units).toEqual([]);
  });

  it('of a system names its units, and never becomes a user', async () => {
    const claims = { client_id: 'municipal', units: [sample.inbox, sample.homeNursing] };
    const context = await authenticator().authenticate(await token({ claims }), 'r');
    expect(context).toEqual({
      client: 'municipal',
      units: [sample.inbox, sample.homeNursing],
      requestId: 'r',
    });
  });

  it('ACC-7: of a system loses the unit that is no longer active', async () => {
    const closed = buildDirectory({
      ...organisation,
      units: organisation.units.map((unit) =>
        unit.hsaId === sample.inbox ? { ...unit, active: false } : unit,
      ),
    });
    const by = new TokenAuthenticator(new TokenVerifier([configuration], clock), () => closed);
    const both = await token({ claims: { client_id: 'm', units: [sample.inbox, sample.homeNursing] } });
    expect((await by.authenticate(both, 'r')).units).toEqual([sample.homeNursing]);
    const one = await token({ claims: { client_id: 'm', units: [sample.inbox] } });
    expect(await failure(one, by)).toEqual([403, 'unit-not-assigned']);
  });
});

describe('a token is refused', () => {
  const cases: readonly [
    what: string,
    authorization: () => Promise<string | undefined>,
    answer: [number, string],
  ][] = [
    ['when there is none', () => Promise.resolve(undefined), [401, 'token-missing']],
    ['when it is of another scheme', () => Promise.resolve('Basic abc'), [401, 'token-malformed']],
    ['when it is no JWT', () => Promise.resolve('Bearer a.b.c'), [401, 'token-malformed']],
    [
      'when it is longer than any token',
      () => Promise.resolve(`Bearer ${'a'.repeat(9000)}.b.c`),
      [401, 'token-malformed'],
    ],
    ['of an unknown issuer', () => token({ issuer: 'https://other.example' }), [401, 'token-wrong-issuer']],
    ['for another audience', () => token({ audience: 'other' }), [401, 'token-wrong-audience']],
    ['after its time, leeway included', () => token({ expires: seconds - 11 }), [401, 'token-expired']],
    [
      'before its time',
      () => token({ claims: { ...userClaims, nbf: seconds + 60 } }),
      [401, 'token-not-yet-valid'],
    ],
    [
      'when it was issued in the future',
      () => token({ claims: { ...userClaims, iat: seconds + 60 } }),
      [401, 'token-not-yet-valid'],
    ],
    ['signed with an unknown key', () => token({ header: { kid: 'two' } }), [401, 'token-unknown-key']],
    ['signed by somebody else', () => token({ with: otherKey }), [401, 'token-wrong-signature']],
    [
      'with the algorithm none',
      () => Promise.resolve(`Bearer ${encoded({ alg: 'none' })}.${encoded({ iss: issuer, ...userClaims })}.`),
      [401, 'token-wrong-algorithm'],
    ],
    [
      'with a shared secret, though it be the public key',
      async () => {
        const secret = new TextEncoder().encode(await readFile(path.join(directory, 'jwks.json'), 'utf8'));
        const jwt = new SignJWT(userClaims).setProtectedHeader({ alg: 'HS256', kid: 'one' });
        return `Bearer ${await jwt
          .setIssuer(issuer)
          .setAudience('hub')
          .setExpirationTime(seconds + 600)
          .sign(secret)}`;
      },
      [401, 'token-wrong-algorithm'],
    ],
    [
      'without its client',
      () => token({ claims: { ...userClaims, client_id: undefined } }),
      [401, 'token-claims'],
    ],
    [
      'with something else where the HSA-id should be',
      () => token({ claims: { ...userClaims, employee: { 'hsa.id': '190503279812' } } }),
      [401, 'token-claims'],
    ],
    [
      'ORG-1: for a unit where the person has no assignment',
      () => token({ claims: { ...userClaims, unit: sample.healthCentre } }),
      [403, 'unit-not-assigned'],
    ],
  ];
  it.each(cases)('%s', async (_what, authorization, answer) => {
    expect(await failure(await authorization())).toEqual(answer);
  });

  it('from the moment it ends, though it was remembered', async () => {
    let time = now;
    const by = new TokenAuthenticator(new TokenVerifier([configuration], { now: () => time }), () => units);
    const short = await token({ expires: seconds + 5 });
    await by.authenticate(short, 'r');
    time = new Date((seconds + 16) * 1000);
    expect(await failure(short, by)).toEqual([401, 'token-expired']);
  });
});

describe('keys of an issuer', () => {
  let server: Server;
  let url: string;
  let requests = 0;
  let answer = 200;
  beforeAll(async () => {
    const body = await readFile(path.join(directory, 'jwks.json'), 'utf8');
    server = createServer((_request, response) => {
      requests++;
      response.writeHead(answer, { 'content-type': 'application/json' }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('are fetched once, not for each token', async () => {
    const by = authenticator({ keys: { url } });
    for (const jti of ['1', '2', '3'])
      await by.authenticate(await token({ claims: { ...userClaims, jti } }), 'r');
    expect(requests).toBe(1);
  });

  it('that cannot be had are 503, not a wrong token', async () => {
    answer = 500;
    expect(await failure(await token(), authenticator({ keys: { url } }))).toEqual([503, 'keys-unavailable']);
    const nobody = authenticator({ keys: { url: 'http://127.0.0.1:9/jwks' } });
    expect(await failure(await token(), nobody)).toEqual([503, 'keys-unavailable']);
    const noFile = authenticator({ keys: { file: path.join(directory, 'not-there') } });
    expect(await failure(await token(), noFile)).toEqual([503, 'keys-unavailable']);
  });
});

describe('the configuration of issuers', () => {
  it.each([
    ['the algorithm none', { algorithms: ['none'] }],
    ['a shared secret', { algorithms: ['HS256'] }],
    ['no algorithm', { algorithms: [] }],
    ['keys over plain http', { keys: { url: 'http://issuer.example/jwks' } }],
    ['a user without unit', { claims: { client: 'c', user: 'u', units: 'us' } }],
  ])('refuses %s', (_what, changes) => {
    expect(() => new TokenVerifier([{ ...configuration, ...changes }], clock)).toThrow(issuer);
  });

  it('refuses one issuer twice', () => {
    expect(() => new TokenVerifier([configuration, configuration], clock)).toThrow('twice');
  });
});

describe('the demo issuer', () => {
  const options = () => ({
    dataDirectory: path.join(directory, 'demo'),
    audience: 'hub',
    addresses: ['127.0.0.1'],
    development: true,
  });

  it('makes its key at the first start, readable by its owner alone, and keeps it', async () => {
    const [first, second] = await Promise.all([DemoIssuer.open(options()), DemoIssuer.open(options())]);
    const { mode } = await stat(path.join(directory, 'demo', 'demo-issuer-key.json'));
    expect(mode & 0o777).toBe(0o600);
    const published = await readFile(path.join(directory, 'demo', 'demo-issuer-jwks.json'), 'utf8');
    expect(JSON.parse(published)).toMatchObject({
      keys: [expect.not.objectContaining({ d: expect.anything() })],
    });
    const by = new TokenAuthenticator(new TokenVerifier([first.configuration], clock), () => units);
    const signed = await second.userToken({ user: sample.nurse, unit: sample.ward }, now);
    expect((await by.authenticate(`Bearer ${signed}`, 'r')).actor?.user).toBe(sample.nurse);
  });

  it('refuses to run where others could reach it, or outside development', async () => {
    const outside = { ...options(), addresses: ['127.0.0.1', '0.0.0.0'] };
    await expect(DemoIssuer.open(outside)).rejects.toThrow(DemoIssuerRefused);
    await expect(DemoIssuer.open({ ...options(), development: false })).rejects.toThrow(DemoIssuerRefused);
  });
});
