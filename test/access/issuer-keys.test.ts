import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { failure, makeIssuer, userClaims } from '../support/test-issuer.js';
import { issuerKeys } from '../../src/access/issuer-keys.js';

const { directory, token, authenticator, remove } = await makeIssuer();
afterAll(remove);

describe('keys of an issuer', () => {
  let server: Server;
  let url: string;
  let requests = 0;
  let answer = 200;
  let body = '';
  let waits: Promise<unknown> = Promise.resolve();
  beforeAll(async () => {
    server = createServer((_request, response) => {
      requests++;
      void waits.then(() => response.writeHead(answer, { 'content-type': 'application/json' }).end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  beforeEach(async () => {
    body = await readFile(path.join(directory, 'jwks.json'), 'utf8');
    answer = 200;
    requests = 0;
    waits = Promise.resolve();
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

  const keysOf = (now: () => number, keysHoldMinutes = 60) => {
    const getKey = issuerKeys({ keys: { url }, keysHoldMinutes }, now);
    return (kid = 'one') =>
      Promise.resolve(getKey({ alg: 'ES256', kid }, { payload: '', signature: '' })).then(
        () => 'had',
        (error: Error) => error.name,
      );
  };
  const minutes = (many: number) => many * 60_000;

  it('are asked for by one question at a time, however many tokens wait', async () => {
    let release = (): void => undefined;
    waits = new Promise<void>((resolve) => (release = resolve));
    const ask = keysOf(() => 0);
    const asked = Promise.all(Array.from({ length: 50 }, () => ask()));
    release();
    expect(new Set(await asked)).toEqual(new Set(['had']));
    expect(requests).toBe(1);
  });

  it('of an issuer that does not answer are not asked for by every token', async () => {
    answer = 500;
    let time = 0;
    const ask = keysOf(() => time);
    for (let tokens = 0; tokens < 20; tokens++) expect(await ask()).toBe('KeysUnavailable');
    expect(requests).toBe(1);
    time += 15_000;
    answer = 200;
    expect(await ask()).toBe('had');
    expect(requests).toBe(2);
  });

  it('that are known hold for the stated time while the issuer does not answer, and no longer', async () => {
    let time = 0;
    const ask = keysOf(() => time, 30);
    expect(await ask()).toBe('had');
    answer = 500;
    for (time = minutes(10); time < minutes(30); time += minutes(1)) expect(await ask()).toBe('had');
    expect(await ask()).toBe('KeysUnavailable');
    answer = 200;
    time += 15_000;
    expect(await ask()).toBe('had');
  });

  it('hold nobody up whose key is known while the issuer is silent', async () => {
    let time = 0;
    const ask = keysOf(() => time);
    await ask();
    answer = 500;
    time = minutes(10);
    await ask();
    waits = new Promise(() => undefined);
    time += 15_000;
    expect(await ask()).toBe('had');
  });

  it('that the issuer withdrew are not taken after ten minutes', async () => {
    let time = 0;
    const ask = keysOf(() => time);
    expect(await ask()).toBe('had');
    body = body.replace('"kid":"one"', '"kid":"next"');
    time = minutes(10);
    expect(await ask('one')).toBe('JWKSNoMatchingKey');
    expect(await ask('next')).toBe('had');
  });

  it('that tokens make up are asked for once in fifteen seconds', async () => {
    let time = 0;
    const ask = keysOf(() => time);
    await ask();
    for (let made = 0; made < 20; made++) expect(await ask(`made-up-${made}`)).toBe('JWKSNoMatchingKey');
    expect(requests).toBe(1);
    time = 15_000;
    for (let made = 0; made < 20; made++) await ask(`made-up-${made}`);
    expect(requests).toBe(2);
  });

  it.each([
    ['no key set', () => '{}'],
    ['an empty one', () => '{"keys":[]}'],
    ['a shared secret', () => '{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}'],
    ['a private key', (given: string) => given.replace('"kty"', '"d":"x","kty"')],
    ['more than a key set needs', (given: string) => given.padEnd(300_000)],
    ['no JSON', () => '<html></html>'],
  ])('that are %s are none', async (_what, spoil) => {
    body = spoil(body);
    expect(await keysOf(() => 0)()).toBe('KeysUnavailable');
  });
});
