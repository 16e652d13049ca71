import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from '../../../connectors/common/listen.js';
import type { StandInFault } from '../../../connectors/cosmic/stand-in.js';
import { waitFor } from '../../support/wait-for.js';
import { client, cosmicTest, encounter, people, settings, type CosmicTest } from './cosmic-support.js';

const end = '2026-01-14T10:00:00+01:00';
const hour = 3_600_000;
let at: CosmicTest;
beforeEach(async () => {
  at = await cosmicTest();
});
afterEach(() => at.end());

const kinds = async (id: string): Promise<readonly string[]> => (await at.facts(id)).map(({ kind }) => kind);
const polls = () => at.server.asked.filter((each) => each.startsWith('Encounter?_last')).length;

it.each<[StandInFault, number]>([
  ['error', 2],
  ['too-many', 1],
  ['close', 2],
  ['truncated', 2],
  ['token-revoked', 1],
  ['twice', 1],
])(
  'a server that answers with "%s" is asked again, and nothing is lost or told twice',
  async (fault, times) => {
    const cosmic = await at.start();
    await cosmic.pollNow();
    at.server.put(encounter({ id: 'x' }));
    at.server.fault(fault, times);
    const started = performance.now();
    expect(await cosmic.pollNow()).toBe(true);
    // `Retry-After: 1`
    expect(performance.now() - started).toBeGreaterThan(fault === 'too-many' ? 950 : 0);
    expect(await kinds('x')).toEqual(['admitted']);
    expect(at.server.tokens()).toBe(fault === 'token-revoked' ? 2 : 1);
  },
);

it('a server that stays silent is not waited for beyond the time an answer may take', async () => {
  const cosmic = await at.start({ timeoutMilliseconds: 3_000, more: { pollSeconds: 0.05 } });
  await cosmic.pollNow();
  at.server.fault('silent', 50);
  at.server.put(encounter({ id: 'x' }));
  await waitFor(
    'the cause in health',
    async () => (await cosmic.health()).why === 'the poll failed: timeout',
  );
  expect((await cosmic.health()).status).toBe('degraded');
  at.server.fault('silent', 0);
  await waitFor('it to poll by itself again', async () => (await cosmic.health()).status === 'up');
  expect(await kinds('x')).toEqual(['admitted']);
});

it('a refusal is told in health with its cause, the cursor stays, and it goes on by itself when it is mended', async () => {
  const cosmic = await at.start({ more: { pollSeconds: 0.05 } });
  await cosmic.pollNow();
  at.server.fault('forbidden', 1_000_000);
  await waitFor(
    'the cause in health',
    async () => (await cosmic.health()).why === 'the poll failed: http-403',
  );
  const { status, detail } = await cosmic.health();
  expect(status).toBe('down');
  at.server.put(encounter({ id: 'x', status: 'finished', end: new Date().toISOString() }));
  await expect(cosmic.pollNow()).rejects.toThrow('http-403');
  expect((await cosmic.health()).detail['readUntil']).toBe(detail['readUntil']);
  at.server.fault('forbidden', 0);
  await waitFor('health', async () => (await cosmic.health()).status === 'up');
  expect(await kinds('x')).toEqual(['admitted', 'discharged']);
});

it('a search that the server does not know is a refusal, and nothing is asked without it', async () => {
  const cosmic = await at.start({
    more: { query: { ...settings.query, open: { status: 'in-progress', _sort: 'date' } } },
  });
  await expect(cosmic.pollNow()).rejects.toThrow('http-400');
  expect((await cosmic.health()).status).toBe('down');
});

describe('pages', () => {
  const many = Array.from({ length: 20 }, (_, index) => `m${index}`);

  it('many Encounters that share one time are all told', async () => {
    await at.write({ clients: [client], resources: [...people, ...many.map((id) => encounter({ id }))] });
    const cosmic = await at.start();
    await cosmic.pollNow();
    expect((await at.facts()).map(({ visit }) => visit).toSorted()).toEqual(many.toSorted());
  });

  it('an Encounter that moves to a page already read is found by reading again', async () => {
    const cosmic = await at.start();
    await cosmic.pollNow();
    for (const id of many) at.server.put(encounter({ id }));
    at.server.fault('moving-pages', 8);
    await cosmic.pollNow();
    expect((await at.facts()).map(({ visit }) => visit).toSorted()).toEqual(many.toSorted());
    expect(polls()).toBeGreaterThan(20 / 3);
  });

  it('a page that the server no longer knows is read again from the first', async () => {
    const cosmic = await at.start();
    await cosmic.pollNow();
    for (const id of many) at.server.put(encounter({ id }));
    // The first page, the Patient, the Location, and then the second page.
    at.server.fault('page-gone', 4);
    await expect(cosmic.pollNow()).rejects.toThrow('page-gone');
    await cosmic.pollNow();
    expect((await at.facts()).map(({ visit }) => visit).toSorted()).toEqual(many.toSorted());
  });

  /** Where a server may try to send the token: another server, and another part of the same. */
  const elsewhere: readonly [string, (own: string, other: string) => string][] = [
    ['on another server', (_own, other) => `${other}/fhir/Encounter?page=2`],
    [
      'on another server, without the scheme',
      (_own, other) => `${other.replace('http:', '')}/fhir/Encounter`,
    ],
    ['with a user before another server', (own, other) => `${own}@${other.slice('http://'.length)}/fhir/E`],
    ['on another path', (own) => `${own}/admin/Encounter?page=2`],
    ['on a path that begins alike', (own) => `${own}/fhir-of-others/Encounter?page=2`],
    ['out of the base by dots', (own) => `${own}/fhir/../admin?page=2`],
    ['out of the base by encoded dots', (own) => `${own}/fhir/%2e%2e/admin?page=2`],
    ['out of the base by encoded slashes', (own) => `${own}/fhir/x%2f..%2f..%2fadmin?page=2`],
    ['out of the base, written in short', () => '/admin?page=2'],
  ];

  it.each(elsewhere)('INT-2: a next page %s is not asked for', async (_where, next) => {
    const asked: string[] = [];
    const other = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{}');
    });
    const another = await listen(other, '127.0.0.1', 0);
    const lying = createServer((request, response) => {
      if (request.url === '/token') {
        response.end('{"access_token":"t","expires_in":60}');
        return;
      }
      if (!/^\/fhir\/(?:Encounter|_search)[?/]?/.test(request.url ?? '') || request.url?.includes('%2f'))
        asked.push(request.url ?? '');
      const url = next(origin, `http://127.0.0.1:${another.port}`);
      response.end(JSON.stringify({ resourceType: 'Bundle', link: [{ relation: 'next', url }] }));
    });
    const { port } = await listen(lying, '127.0.0.1', 0);
    const origin = `http://127.0.0.1:${port}`;
    const cosmic = await at.start({ url: `${origin}/fhir`, tokenUrl: `${origin}/token` });
    await expect(cosmic.pollNow()).rejects.toThrow('link-elsewhere');
    expect(asked).toEqual([]);
    await cosmic.end();
    for (const each of [other, lying]) each.close();
  });

  it.each([301, 302, 303, 307, 308])(
    'INT-2: a redirect (%d) on the same server is not followed',
    async (status) => {
      const asked: string[] = [];
      const server = createServer((request, response) => {
        request.resume();
        if (request.url === '/token') {
          response.end('{"access_token":"t","expires_in":60}');
          return;
        }
        asked.push(request.url ?? '');
        response.writeHead(status, { location: '/admin' }).end();
      });
      const { port } = await listen(server, '127.0.0.1', 0);
      const origin = `http://127.0.0.1:${port}`;
      const cosmic = await at.start({ url: `${origin}/fhir`, tokenUrl: `${origin}/token` });
      await expect(cosmic.pollNow()).rejects.toThrow('connection');
      expect(asked.filter((url) => !url.startsWith('/fhir/'))).toEqual([]);
      await cosmic.end();
      server.close();
    },
  );
});

describe('clocks', () => {
  it.each([
    ['ahead', { answers: 5 * hour, stamps: 5 * hour }],
    ['behind', { answers: -5 * hour, stamps: -5 * hour }],
    ['ahead for what stamps alone', { stamps: 5 * hour }],
    ['behind for what stamps alone', { stamps: -5 * hour }],
  ])('a server whose clock is %s, and is put right: nothing is skipped', async (_name, wrong) => {
    const cosmic = await at.start();
    await cosmic.pollNow();
    for (const [index, clock] of [
      wrong,
      { answers: 0, stamps: 0 },
      wrong,
      { answers: 0, stamps: 0 },
    ].entries()) {
      at.server.clock(clock);
      const id = `x${index}`;
      at.server.put(encounter({ id }));
      await cosmic.pollNow();
      at.server.put(encounter({ id, ward: 'B' }));
      await cosmic.pollNow();
      at.server.put(encounter({ id, ward: 'B', status: 'finished', end }));
      await cosmic.pollNow();
      expect(await kinds(id)).toEqual(['admitted', 'transferred', 'discharged']);
    }
    const facts = await at.facts();
    expect(facts.every(({ occurredAt }) => Date.parse(occurredAt) <= Date.now())).toBe(true);
  });

  it('a clock that is put back while windows alone are read, without a sweep, hides nothing', async () => {
    at.server.clock({ answers: 5 * hour, stamps: 5 * hour });
    const cosmic = await at.start({ more: { pollSeconds: 0.05 } });
    at.server.put(encounter({ id: 'x' }));
    await waitFor('the first', async () => (await at.facts('x')).length === 1);
    at.server.clock({ answers: 0, stamps: 0 });
    at.server.put(encounter({ id: 'y', status: 'finished', end: new Date().toISOString() }));
    await waitFor('the second', async () => (await at.facts('y')).length === 2);
    expect(await kinds('y')).toEqual(['admitted', 'discharged']);
    await cosmic.end();
  });

  it('one Encounter stamped in the future does not hide the others', async () => {
    const cosmic = await at.start({ more: { pollSeconds: 0.05 } });
    at.server.clock({ stamps: 48 * hour });
    at.server.put(encounter({ id: 'x' }));
    at.server.clock({ stamps: 0 });
    await waitFor('the first', async () => (await at.facts('x')).length === 1);
    at.server.put(encounter({ id: 'y', status: 'finished', end: new Date().toISOString() }));
    await waitFor('the second', async () => (await at.facts('y')).length === 2);
    expect(await kinds('y')).toEqual(['admitted', 'discharged']);
    await cosmic.end();
  });
});

describe('tokens', () => {
  it.each(['client_secret_basic', 'client_secret_post'])('by %s, one for many requests', async (method) => {
    const cosmic = await at.start({ more: { token: { method, scope: 'system/Encounter.read' } } });
    for (let polled = 0; polled < 3; polled += 1) await cosmic.pollNow();
    expect(at.server.tokens()).toBe(1);
  });

  it.each([
    ['RSA', generateKeyPairSync('rsa', { modulusLength: 2048 })],
    ['P-384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
  ])(
    'by private_key_jwt with %s, whose signature the server checks',
    async (_name, { privateKey, publicKey }) => {
      const pem = publicKey.export({ type: 'spki', format: 'pem' });
      await at.write({ clients: [{ id: client.id, publicKey: pem }], resources: people });
      const key = (one: typeof privateKey) => String(one.export({ type: 'pkcs8', format: 'pem' }));
      const cosmic = await at.start({ credential: { privateKey: key(privateKey) } });
      expect(await cosmic.pollNow()).toBe(true);
      await cosmic.end();
      const { privateKey: another } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const impostor = await at.start({ credential: { privateKey: key(another) } });
      await expect(impostor.pollNow()).rejects.toThrow('token-invalid_client');
      expect(await impostor.health()).toMatchObject({
        status: 'down',
        why: 'the poll failed: token-invalid_client',
      });
    },
  );

  it('a key of another kind is refused at start', async () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const pem = String(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await expect(at.start({ credential: { privateKey: pem } })).rejects.toThrow('RSA, P-384 or P-256');
  });
});
