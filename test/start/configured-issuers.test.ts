import { describe, expect, test } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { checkFiles } from '../../src/start/checks/check-files.js';
import { at, everything, issuers, put, refusal, useFolder } from '../support/configured-files.js';

useFolder();

const keySet = (...keys: readonly object[]) => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = publicKey.export({ format: 'jwk' });
  return put('jwks.json', JSON.stringify({ keys: keys.map((key) => ({ ...own, ...key })) }, null, 1));
};
const issuersFile = (change: object) => put('issuers.json', JSON.stringify(issuers(change), null, 2));

describe('TOKEN_ISSUERS_FILE', () => {
  test('without an audience it would take tokens for other services', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: issuersFile({ audience: undefined }) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line 2\): 0\.audience: /,
    );
  });

  test('without an issuer nobody would be let in', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: put('issuers.json', '\n[]') })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line 2\): the file: names no issuer/,
    );
  });

  const places = { client: 'client_id', user: 'employeeHsaId', unit: 'unit' };
  const claimed = (change: object): object => ({ claims: { ...places, ...change } });
  const credentials = 'https://user:hunter2@idp.example';
  test.each<[string, object, string]>([
    ['a claim of the token itself, for the user', claimed({ user: 'iss' }), '0\\.claims\\.user: '],
    ['the same on the way to it', claimed({ user: ['aud', '0'] }), '0\\.claims\\.user: '],
    ['the same for the client', claimed({ client: 'jti' }), '0\\.claims\\.client: '],
    ...['__proto__', 'constructor', 'toString'].map((name): [string, object, string] => [
      `a claim that every object has, ${name}`,
      claimed({ role: ['roles', name] }),
      '0\\.claims\\.role: ',
    ]),
    ['the unit where the user is', claimed({ unit: 'employeeHsaId' }), '0\\.claims\\.unit: .*`user`'],
    ['the client where the user is', claimed({ client: ['employeeHsaId'] }), '0\\.claims\\.user: .*`client`'],
    [
      'the assignment where the unit is',
      claimed({ assignment: 'unit' }),
      '0\\.claims\\.assignment: .*`unit`',
    ],
    ['the role where the client is', claimed({ role: 'client_id' }), '0\\.claims\\.role: .*`client`'],
    ['keys behind a user and a password', { keys: { url: `${credentials}/jwks` } }, '0\\.keys'],
    ['keys behind a user', { keys: { url: 'https://user@idp.example/jwks' } }, '0\\.keys'],
    ['a name with a password', { issuer: credentials }, '0\\.issuer: '],
    ['an audience with a password', { audience: credentials }, '0\\.audience: '],
  ])('%s, by its line', (_what, change, problem) => {
    const text = refusal({ TOKEN_ISSUERS_FILE: issuersFile(change) });
    expect(text).toMatch(new RegExp(`TOKEN_ISSUERS_FILE \\(.*issuers\\.json, line \\d+\\): ${problem}`));
    expect(text).not.toContain('hunter2');
  });

  test('a unit of users may stand where the units of systems stand', () => {
    const file = issuersFile({ kind: 'both', claims: { ...places, units: 'unit' } });
    const environment = { DATA_DIRECTORY: at(), ...everything, TOKEN_ISSUERS_FILE: file };
    expect(() => loadConfiguration(environment, checkFiles)).not.toThrow();
  });

  test('two keys of one id may be in its file where they are of different types (RFC 7517, 4.5)', () => {
    const n = Buffer.alloc(256, 255).toString('base64url');
    const file = keySet({ kid: 'a' }, { kid: 'a', kty: 'RSA', e: 'AQAB', n });
    const environment = {
      DATA_DIRECTORY: at(),
      ...everything,
      TOKEN_ISSUERS_FILE: issuersFile({ keys: { file } }),
    };
    expect(() => loadConfiguration(environment, checkFiles)).not.toThrow();
  });

  test('ORG-3: an organisation that the organisation file does not know', () => {
    expect(refusal({ TOKEN_ISSUERS_FILE: issuersFile({ organisations: ['2321000131'] }) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*issuers\.json, line \d+\): 0\.organisations\.0: is no organisation of ORGANISATION_FILE/,
    );
  });

  test('ORG-3: in production, an issuer that is tied to no organisation', () => {
    expect(refusal({ HEMGANG_ENVIRONMENT: 'production', TOKEN_ISSUERS_FILE: issuersFile({}) })).toMatch(
      /TOKEN_ISSUERS_FILE \(.*line 2\): 0: production needs the `organisations`/,
    );
  });

  test.each([
    ['is not there', () => at('none.json'), 'cannot be read'],
    [
      'holds a short key',
      () =>
        put(
          'jwks.json',
          JSON.stringify({
            keys: [{ kty: 'RSA', e: 'AQAB', n: Buffer.alloc(128, 255).toString('base64url') }],
          }),
        ),
      'less than 2048 bits',
    ],
    ['holds two keys of one id', () => keySet({ kid: 'a' }, { kid: 'b' }, { kid: 'a' }), 'keys.2: .*kid'],
    ['holds a key without an id beside others', () => keySet({ kid: 'a' }, {}), 'keys.1: .*kid'],
    ['holds a private key', () => put('jwks.json', '{"keys":[{"kty":"EC","d":"x"}]}'), 'holds a private key'],
    ['holds a shared secret', () => put('jwks.json', '{"keys":[{"kty":"oct","k":"x"}]}'), 'keys.0.kty'],
  ])('the file of keys that it names %s', (_what, make, problem) => {
    const file = make();
    const text = refusal({ TOKEN_ISSUERS_FILE: issuersFile({ keys: { file } }) });
    expect(text).toMatch(new RegExp(`TOKEN_ISSUERS_FILE \\(${file}.*${problem}`));
  });
});
