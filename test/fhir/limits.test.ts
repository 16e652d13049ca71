import { afterEach, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import type { FacadeLimits } from '../../src/fhir/http/limits.js';
import { startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { sample, sampleOrganisation } from '../support/organisation.js';
import { makeIssuer, now, organisation } from '../support/test-issuer.js';
import { waitFor } from '../support/wait-for.js';

/** No client and no address takes the places of all others; a connection that says nothing does not stay. */

let facade: TestFacade;
afterEach(() => facade.stop());

async function listening(limits: Partial<FacadeLimits>): Promise<number> {
  facade = await startFacade(sampleOrganisation(), {
    replace: ({ settings }) => ({
      settings: { ...settings, limits: { ...settings.limits, ...limits } },
    }),
  });
  await facade.app.listen(0, '127.0.0.1');
  return (facade.app.getHttpServer().address() as AddressInfo).port;
}

/** A connection that has sent some bytes, and all that came back once it is closed. */
function open(port: number, text: string): { readonly socket: Socket; readonly answer: Promise<string> } {
  const socket = connect(port, '127.0.0.1');
  const answer = new Promise<string>((resolve) => {
    let all = '';
    socket.on('data', (chunk) => (all += chunk.toString()));
    // A connection that is reset after its answer has been answered all the same.
    socket.on('error', () => resolve(all));
    socket.on('close', () => resolve(all));
  });
  if (text !== '') socket.write(text);
  return { socket, answer };
}

const outcomeIn = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n') + 4));

describe('requests', () => {
  const get = (token: string, from?: string) => {
    const request = facade.http().get('/fhir/CarePlan').set('Authorization', token);
    return from === undefined ? request : request.set('X-Forwarded-For', from);
  };
  /** Sends one after another until one is refused. */
  const untilRefused = (token: string, from?: string) =>
    waitFor('a refusal', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(token, from)));
      return answers.find(({ status }) => status !== 200);
    });

  it('of one client are as many as it may send, and its 429 says when to ask again; another goes on', async () => {
    await listening({ requestsPerClient: 10 });
    const nurse = await facade.user(sample.nurse, sample.ward);
    const refused = await untilRefused(nurse);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '1']);
    expect(refused.body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'throttled', details: { coding: [{ code: 'too-many-requests' }] } }],
    });
    expect((await get(await facade.system(sample.ward))).status).toBe(200);
    await waitFor('the next second', async () => ((await get(nurse)).status === 200 ? true : undefined));
  });

  it.each<[string, () => Promise<string>]>([
    ['of a person who is not assigned there', () => facade.user(sample.nurse, sample.inbox)],
    ['of a person nobody knows', () => facade.user('SE2321000016-P999', sample.ward)],
    ['of a system without an active unit', () => facade.system('SE2321000016-W999')],
  ])('%s are limited as those of others: a refusal is sealed and written each time', async (_what, token) => {
    await listening({ requestsPerClient: 10 });
    const refused = await token();
    expect((await get(refused)).status).toBe(403);
    const limited = await waitFor('the limit', async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => get(refused)));
      const count = (status: number) => answers.filter((each) => each.status === status).length;
      expect(count(403) + count(429)).toBe(20);
      return answers.find(({ status }) => status === 429);
    });
    expect(limited.headers['retry-after']).toBe('1');
  });

  it('of one address are as many, with a token or without, whatever it forwards', async () => {
    await listening({ requestsPerAddress: 10 });
    expect((await untilRefused('Bearer x', '10.0.0.1')).status).toBe(401);
    await waitFor('a refusal', async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => get('Bearer x', `10.0.0.${n}`)));
      return answers.some(({ status }) => status === 429);
    });
  });

  it('of many behind a proxy that is trusted are counted by whom it names', async () => {
    await listening({ requestsPerAddress: 10, trustedProxies: ['127.0.0.0/8'] });
    const nurse = await facade.user(sample.nurse, sample.ward);
    expect((await untilRefused(nurse, '192.0.2.1')).status).toBe(429);
    expect((await get(nurse, '192.0.2.2')).status).toBe(200);
  });

  it.each<[string, (n: number) => string]>([
    ['with the port it came from', (n) => `192.0.2.1:${1_000 + n}`],
    ['of IPv6 with a port', (n) => `[2001:db8:1:2::${n}]:${1_000 + n}`],
    ['that is none', (n) => `unknown-${n}`],
  ])('behind a trusted proxy by an address %s are as many', async (_what, from) => {
    await listening({ requestsPerAddress: 10, trustedProxies: ['127.0.0.0/8'] });
    let sent = 0;
    const refused = await waitFor('a refusal', async () => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => get('Bearer x', from((sent += 1)))));
      return answers.find(({ status }) => status === 429);
    });
    expect(refused.headers['retry-after']).toBe('1');
  });

  it('of a client leave those of another issuer, who names its client the same, alone', async () => {
    const [one, other] = [await makeIssuer(), await makeIssuer()];
    const name = 'https://other.example';
    try {
      facade = await startFacade(organisation, {
        replace: ({ settings, directory, clock }) => ({
          settings: { ...settings, limits: { ...settings.limits, requestsPerClient: 10 } },
          authenticator: new TokenAuthenticator(
            new TokenVerifier([one.configuration, { ...other.configuration, issuer: name }], clock),
            () => directory,
          ),
        }),
      });
      facade.time.now = now;
      expect((await untilRefused(await one.token())).status).toBe(429);
      expect((await get(await other.token({ issuer: name }))).status).toBe(200);
    } finally {
      await Promise.all([one.remove(), other.remove()]);
    }
  });
});

describe('connections', () => {
  it.each<[string, Partial<FacadeLimits>]>([
    ['from one address', { connectionsPerAddress: 3 }],
    ['in all', { connections: 3 }],
    ['in all, from a proxy', { connections: 3, connectionsPerAddress: 1, trustedProxies: ['127.0.0.1'] }],
  ])('%s are as many as may be; one more is told so', async (_what, limits) => {
    const port = await listening(limits);
    const held = Array.from({ length: 3 }, () => open(port, ''));
    await waitFor('three connections', async () => ((await connected(held.length)) ? true : undefined));
    const answer = await open(port, '').answer;
    expect(answer).toMatch(/^HTTP\/1\.1 429 .*\r\n[^]*Retry-After: 1\r\n/);
    expect(outcomeIn(answer)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ code: 'throttled' }],
    });
    held[0]?.socket.destroy();
    await waitFor('a place', async () => {
      const next = open(port, 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
      return (await next.answer).startsWith('HTTP/1.1 200 ') ? true : undefined;
    });
    for (const { socket } of held) socket.destroy();
  });

  const connected = (count: number) =>
    new Promise<boolean>((resolve, reject) => {
      facade.app.getHttpServer().getConnections((error: Error | null, open: number) => {
        if (error === null) resolve(open >= count);
        else reject(error);
      });
    });
});

describe('a connection', () => {
  const times = { headerMilliseconds: 1_000, requestMilliseconds: 2_000, idleMilliseconds: 20_000 };
  it.each([
    ['says nothing', ''],
    ['does not end its headers', 'GET /fhir/metadata HTTP/1.1\r\nHost: x\r\n'],
    ['does not end its first line', 'GET /fhir/meta'],
    [
      'does not end its body',
      'POST /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])(
    'that %s is told so, and closed',
    async (_what, text) => {
      const port = await listening(times);
      const withToken = text.replace(
        'Host: x\r\n',
        `Host: x\r\nAuthorization: ${await facade.system(sample.ward)}\r\n`,
      );
      const answer = await open(port, withToken).answer;
      expect(answer).toMatch(/^HTTP\/1\.1 408 /);
      expect(outcomeIn(answer)).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ code: 'timeout' }],
      });
    },
    20_000,
  );

  it('that has been answered and says no more is closed', async () => {
    const port = await listening({ idleMilliseconds: 1_000 });
    const answer = await open(port, 'GET /fhir/metadata HTTP/1.1\r\nHost: x\r\n\r\n').answer;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
  }, 20_000);
});
