import { afterAll, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { sample } from '../../test/support/organisation.js';
import {
  clock,
  failure as failureOf,
  issuer,
  makeIssuer,
  organisation,
  seconds,
  units,
  userClaims,
} from '../../test/support/test-issuer.js';
import type { Token } from '../../test/support/test-issuer.js';
import { buildDirectory } from '../directory/directory.js';
import { IssuersUnusable, readIssuers } from './issuers.js';
import type { WrittenIssuer } from './issuers.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './token-verifier.js';

const { key, configuration, token, authenticator, remove } = await makeIssuer();
const failure = (authorization: string | undefined, by = authenticator()) => failureOf(authorization, by);
afterAll(remove);

describe('the life and kind of a token', () => {
  it.each<[string, Token, Partial<WrittenIssuer>, string]>([
    [
      'longer than the longest life',
      { issuedAt: seconds - 10, expires: seconds + 3_591 },
      {},
      'token-lives-too-long',
    ],
    [
      'longer than the one configured',
      { expires: seconds + 301 },
      { longestLifeSeconds: 300 },
      'token-lives-too-long',
    ],
    ['for ever', { expires: Number.MAX_SAFE_INTEGER }, {}, 'token-lives-too-long'],
    ['without a beginning', { issuedAt: null }, {}, 'token-claims'],
    ['with a beginning that is no number', { claims: { ...userClaims, iat: 'now' } }, {}, 'token-claims'],
    ['of another type: a plain JWT, such as an ID token', { header: { typ: 'JWT' } }, {}, 'token-wrong-type'],
    ['without a type, which is a plain JWT too', { header: { typ: undefined } }, {}, 'token-wrong-type'],
    [
      'of a type that means something else',
      { header: { typ: 'logout+jwt' } },
      { types: ['at+jwt', 'JWT'] },
      'token-wrong-type',
    ],
    ['of the other type than the one configured', {}, { types: ['JWT'] }, 'token-wrong-type'],
  ])('%s is refused', async (_what, change, settings, code) => {
    expect(await failure(await token(change), authenticator(settings))).toEqual([401, code]);
  });

  it.each<[string, Token, Partial<WrittenIssuer>]>([
    ['the longest life to the second', { expires: seconds + 3_600 }, {}],
    ['the type as a media type, in capitals', { header: { typ: 'application/AT+JWT' } }, {}],
    ['a plain JWT where that is configured', { header: { typ: 'JWT' } }, { types: ['JWT'] }],
    ['no type where a plain JWT is configured', { header: { typ: undefined } }, { types: ['JWT'] }],
  ])('%s is taken', async (_what, change, settings) => {
    const context = await authenticator(settings).authenticate(await token(change), 'r');
    expect(context.actor?.user).toBe(sample.nurse);
  });

  it('that never ends is refused', async () => {
    const jwt = new SignJWT({ ...userClaims, iat: seconds })
      .setProtectedHeader({ alg: 'ES256', kid: 'one', typ: 'at+jwt' })
      .setIssuer(issuer)
      .setAudience('hub');
    expect(await failure(`Bearer ${await jwt.sign(key)}`)).toEqual([401, 'token-claims']);
  });
});

describe('ORG-3: an issuer speaks for its own organisations alone', () => {
  const system = (...claimed: string[]) => ({ claims: { client_id: 'municipal', units: claimed } });
  const ofMunicipality = { organisations: [sample.municipality] };
  const refused = [403, 'organisation-not-of-issuer'];
  const assigned = organisation.people[0]?.assignments[0]?.hsaId;
  const { unit: _unit, ...byAssignment } = { ...userClaims, assignment: assigned };

  it.each<[string, Token, Partial<WrittenIssuer>]>([
    ['a nurse of the region at her ward', {}, ofMunicipality],
    ['the same by her assignment', { claims: byAssignment }, ofMunicipality],
    ['a ward as a unit of a system', system(sample.ward), ofMunicipality],
    ['a ward among units of its own', system(sample.inbox, sample.ward), ofMunicipality],
    [
      'a unit that the client may not have, though the issuer may',
      system(sample.ward),
      {
        organisations: [sample.region, sample.municipality],
        clients: { municipal: { organisations: [sample.municipality] } },
      },
    ],
    [
      'a client that nobody named, where clients are named',
      system(sample.inbox),
      { clients: { other: { organisations: [sample.municipality] } } },
    ],
    [
      'a client whose name every object has',
      { claims: { client_id: 'constructor', units: [sample.inbox] } },
      { clients: {} },
    ],
    [
      'a nurse at her ward, with the client of a municipality',
      { claims: { ...userClaims, client_id: 'municipal' } },
      {
        organisations: [sample.region, sample.municipality],
        clients: { municipal: { organisations: [sample.municipality] } },
      },
    ],
    [
      'the same by her assignment',
      { claims: { ...byAssignment, client_id: 'municipal' } },
      { clients: { municipal: { organisations: [sample.municipality] } } },
    ],
    [
      'a nurse with a client that nobody named, where clients are named',
      {},
      { clients: { municipal: { organisations: [sample.region] } } },
    ],
    [
      'a nurse with a client that is named for systems alone',
      {},
      { clients: { journal: { organisations: [sample.region], kind: 'system' } } },
    ],
    [
      'a ward of a system whose client is named for staff alone',
      { claims: { client_id: 'journal', units: [sample.ward] } },
      { clients: { journal: { organisations: [sample.region], kind: 'user' } } },
    ],
    [
      'the same by her assignment, before anybody is looked up',
      { claims: { ...byAssignment, client_id: 'toString' } },
      { clients: {} },
    ],
  ])('%s is refused', async (_what, change, settings) => {
    expect(await failure(await token(change), authenticator(settings))).toEqual(refused);
  });

  it('a nurse at her ward is heard through a client that has her organisation', async () => {
    const clients = { journal: { organisations: [sample.region] } };
    for (const claims of [userClaims, byAssignment]) {
      const change = { claims: { ...claims, client_id: 'journal' } };
      const context = await authenticator({ clients }).authenticate(await token(change), 'r');
      expect([context.client, context.actor?.unit]).toEqual(['journal', sample.ward]);
    }
  });

  it.each(['user', 'system', 'both', undefined] as const)(
    'a client that is named for %s is heard in those tokens, and in no other',
    async (kind) => {
      const by = authenticator({ clients: { journal: { organisations: [sample.region], kind } } });
      const ofSystem = { client_id: 'journal', units: [sample.ward] };
      for (const [of, claims] of [['user', userClaims] as const, ['system', ofSystem] as const]) {
        const heard = by.authenticate(await token({ claims }), 'r').then(
          () => true,
          () => false,
        );
        expect([of, await heard]).toEqual([of, kind === undefined || kind === 'both' || kind === of]);
      }
    },
  );

  it('with two issuers each is heard about its own, and about nothing of the other', async () => {
    const other = { ...configuration, issuer: 'https://municipality.example', ...ofMunicipality };
    const region = { ...configuration, organisations: [sample.region] };
    const by = new TokenAuthenticator(new TokenVerifier([region, other], clock), () => units);
    const context = await by.authenticate(await token(), 'r');
    expect(context.actor?.unit).toBe(sample.ward);
    expect(await failure(await token({ issuer: other.issuer }), by)).toEqual(refused);
    const own = await by.authenticate(await token({ issuer: other.issuer, ...system(sample.inbox) }), 'r');
    expect(own.units).toEqual([sample.inbox]);
    expect(await failure(await token(system(sample.inbox)), by)).toEqual(refused);
  });

  it('from the moment that the unit belongs to another organisation', async () => {
    const moved = {
      ...organisation,
      units: organisation.units.map((unit) =>
        unit.hsaId === sample.inbox ? { ...unit, organisationNumber: sample.region } : unit,
      ),
    };
    let current = units;
    const by = new TokenAuthenticator(
      new TokenVerifier([{ ...configuration, ...ofMunicipality }], clock),
      () => current,
    );
    const known = await token(system(sample.inbox));
    await by.authenticate(known, 'r');
    current = buildDirectory(moved);
    expect(await failure(known, by)).toEqual(refused);
  });

  it('and the catalogue is not asked about somebody whom it does not speak for', async () => {
    let asked = 0;
    const asking = {
      ...units,
      unit: (id: string) => units.unit(id),
      seek: () => Promise.resolve(void (asked += 1)),
    };
    const by = new TokenAuthenticator(
      new TokenVerifier([{ ...configuration, ...ofMunicipality }], clock),
      () => asking,
    );
    expect(await failure(await token(), by)).toEqual(refused);
    expect(asked).toBe(0);
  });
});

describe('the configuration of issuers', () => {
  const faults = (value: unknown, production = false): string => {
    try {
      readIssuers(value, { production });
    } catch (error) {
      if (error instanceof IssuersUnusable) return error.message;
      throw error;
    }
    return '';
  };
  type Unusable = readonly [string, (one: Record<string, unknown>) => unknown, RegExp];
  /** Each a change that would let in what should be kept out, or end in an error much later. */
  const unusable: readonly Unusable[] = [
    ['the algorithm none', (one) => ({ ...one, algorithms: ['none'] }), /0\.algorithms\.0/],
    ['a shared secret', (one) => ({ ...one, algorithms: ['HS256'] }), /0\.algorithms\.0/],
    ['no algorithm', (one) => ({ ...one, algorithms: [] }), /0\.algorithms/],
    ['keys over plain http', (one) => ({ ...one, keys: { url: 'http://issuer.example/jwks' } }), /0\.keys/],
    ['two places of keys', (one) => ({ ...one, keys: { url: 'https://a.example', file: 'b' } }), /0\.keys/],
    ['an unknown setting', (one) => ({ ...one, ignoreExpiry: true }), /ignoreExpiry/],
    ['an unknown claim', (one) => ({ ...one, claims: { ...configuration.claims, licens: 'l' } }), /licens/],
    ['an organisation that is none', (one) => ({ ...one, organisations: ['Region'] }), /0\.organisations\.0/],
    ['no organisation', (one) => ({ ...one, organisations: [] }), /0\.organisations/],
    ['a life without end', (one) => ({ ...one, longestLifeSeconds: 1e9 }), /0\.longestLifeSeconds/],
    ['keys that hold for ever', (one) => ({ ...one, keysHoldMinutes: 1e9 }), /0\.keysHoldMinutes/],
    ['any type', (one) => ({ ...one, types: ['anything'] }), /0\.types\.0/],
    ['an audience of spaces', (one) => ({ ...one, audience: ' ' }), /0\.audience/],
    ['an issuer that ends with a space', (one) => ({ ...one, issuer: 'https://a.example ' }), /0\.issuer/],
    [
      'user and units in one claim',
      (one) => ({ ...one, claims: { ...configuration.claims, user: ['a', 'b'], units: ['a', 'b'] } }),
      /0\.claims\.units/,
    ],
    [
      'a client named by a number of a person',
      (one) => ({ ...one, clients: { '196311909847': { organisations: [sample.region] } } }),
      /^0\.clients: (?!.*1963)/,
    ],
    [
      'a client named by a UUID that may hide one: its tokens would be refused',
      (one) => ({
        ...one,
        clients: { '79861172-1237-4c2d-a722-2cf45293b089': { organisations: [sample.region] } },
      }),
      /^0\.clients: (?!.*1172)/,
    ],
    [
      'a user without unit',
      (one) => ({ ...one, claims: { client: 'c', user: 'u', units: 'us' } }),
      /0\.claims/,
    ],
    ...(['user', 'system'] as const).flatMap((kind) =>
      (['user', 'system', 'both'] as const)
        .filter((other) => other !== kind)
        .map((other): Unusable => [
          `a client for ${other} tokens of an issuer of ${kind} tokens`,
          (one) => ({ ...one, kind, clients: { journal: { organisations: [sample.region], kind: other } } }),
          /0\.clients\.journal\.kind/,
        ]),
    ),
    [
      'a client with more than its issuer',
      (one) => ({
        ...one,
        organisations: [sample.municipality],
        clients: { journal: { organisations: [sample.region] } },
      }),
      /0\.clients\.journal\.organisations/,
    ],
  ];
  it.each(unusable)('refuses %s, by its place', (_what, change, place) => {
    expect(faults([change({ ...configuration })])).toMatch(place);
  });

  it('refuses a part of one, whichever part is missing', () => {
    const optional = ['types', 'longestLifeSeconds', 'keysHoldMinutes'];
    for (const name of Object.keys(configuration).filter((each) => !optional.includes(each)))
      expect(faults([{ ...configuration, [name]: undefined }])).toContain(`0.${name}`);
  });

  it.each([
    ['nothing', null],
    ['an issuer without its list', {}],
    ['a text', 'issuer'],
    ['a number in the list', [1]],
  ])('refuses %s', (_what, value) => {
    expect(faults(value)).not.toBe('');
  });

  it('refuses one issuer twice', () => {
    expect(faults([configuration, configuration])).toContain('twice');
    expect(() => new TokenVerifier([configuration, configuration], clock)).toThrow('twice');
  });

  it('ORG-3: in production each issuer, and each client of it, is tied to organisations', () => {
    expect(faults([configuration], true)).toMatch(/organisations.*clients/s);
    expect(faults([], true)).toContain('needs an issuer');
    const tied = { ...configuration, organisations: [sample.region] };
    expect(faults([tied], true)).toMatch(/clients/);
    for (const kind of ['user', 'system', 'both'] as const) {
      expect([kind, faults([{ ...tied, kind }], true)]).toEqual([kind, expect.stringMatching(/clients/)]);
      const clients = { journal: { organisations: [sample.region], kind } };
      expect([kind, faults([{ ...tied, kind, clients }], true)]).toEqual([kind, '']);
    }
  });

  it('ORG-2, ORG-3: in production each client of an issuer of both kinds says which tokens it may have', () => {
    const clients = {
      journal: { organisations: [sample.region], kind: 'user' },
      other: { organisations: [sample.region] },
    };
    const tied = { ...configuration, organisations: [sample.region], clients };
    expect(faults([tied], true)).toMatch(/^0\.clients\.other: .*`kind`(?!.*journal)/);
    for (const kind of ['user', 'system'] as const)
      expect(faults([{ ...tied, kind, clients: { other: clients.other } }], true)).toBe('');
    expect(faults([tied])).toBe('');
  });
});
