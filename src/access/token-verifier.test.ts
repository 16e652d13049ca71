import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { sample } from '../../test/support/organisation.js';
import {
  clock,
  failure as failureOf,
  issuer,
  makeIssuer,
  now,
  organisation,
  seconds,
  units,
  userClaims,
} from '../../test/support/test-issuer.js';
import { buildDirectory } from '../directory/directory.js';
import { DemoIssuer, DemoIssuerRefused } from './demo-issuer.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './token-verifier.js';

const { directory, configuration, token, authenticator, remove } = await makeIssuer();
const failure = (authorization: string | undefined, by = authenticator()) => failureOf(authorization, by);
let otherKey: CryptoKey;
beforeAll(async () => {
  otherKey = (await generateKeyPair('ES256')).privateKey;
});
afterAll(remove);

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
      issuer: configuration.issuer,
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
    ...['\u0000', '\n', '\u001b[2J', '\u0085', '\u2028', '\ud800'].map(
      (character) =>
        [
          `of a client named with ${JSON.stringify(character)}, which would be written to the log`,
          () => token({ claims: { ...userClaims, client_id: `journal${character}` } }),
          [401, 'token-claims'],
        ] as (typeof cases)[number],
    ),
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
    ...['193406129829', '3406x12x9829', 'journal-340612-9829'].map(
      (client): [string, () => Promise<string>, [number, string]] => [
        `of a client named ${client}, which would stand in the log`,
        () => token({ claims: { ...userClaims, client_id: client } }),
        [401, 'token-claims'],
      ],
    ),
    ...['client_id', 'unit', 'role'].map((claim): [string, () => Promise<string>, [number, string]] => [
      `with a list where one ${claim} should be`,
      () => token({ claims: { ...userClaims, [claim]: ['nurse'] } }),
      [401, 'token-claims'],
    ]),
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
