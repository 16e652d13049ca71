import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { MllpTls } from '../../../connectors/melior/mllp/mllp-tls.js';
import { MllpClient } from '../../../connectors/melior/mllp/send-mllp.js';
import { makeCertificates } from '../../support/certificates.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { adt, codeOf, logged, mapping, runMelior, transportOn } from '../common/support.js';

const { path: at, pem, remove } = await makeCertificates();

let test: TestDatabase;
let directory: string;
let tls: MllpTls;
let ids = 0;
const started: { end(): Promise<void> }[] = [];

beforeAll(async () => {
  test = await createTestDatabase();
  directory = await mkdtemp(path.join(tmpdir(), 'hemgang-test-mllp-tls-'));
});
beforeEach(async () => {
  tls = {
    certificateFile: path.join(directory, 'server.pem'),
    keyFile: path.join(directory, 'server.key'),
    clients: { authoritiesFile: path.join(directory, 'ca.pem'), required: true },
    lookMilliseconds: 20,
  };
  await copyFile(at('server.pem'), tls.certificateFile);
  await copyFile(at('server.key'), tls.keyFile);
  await writeFile(path.join(directory, 'ca.pem'), pem('ca.pem') + pem('ca-2.pem'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.end()));
});
afterAll(async () => {
  await rm(directory, { recursive: true });
  await test.drop();
  remove();
});

async function run(options: Parameters<typeof runMelior>[2] = {}) {
  const melior = await runMelior(test.url, await transportOn(test.database), { tls, ...options });
  started.push(melior);
  return melior;
}

async function client(name?: string, server = 'ca.pem'): Promise<ConnectionOptions> {
  return {
    ca: pem(server),
    ...(name !== undefined && { cert: pem(`${name}.pem`), key: pem(`${name}.key`) }),
  };
}

/** The code of the answer, or `none` when no connection or answer came about. */
async function ask(port: number, options: ConnectionOptions, facility = 'SUS'): Promise<string | undefined> {
  try {
    const connection = await MllpClient.open('127.0.0.1', port, 5_000, options);
    const message = adt({ controlId: `TLS${(ids += 1)}` }).replace('|SUS|', `|${facility}|`);
    const answer = await connection.send(Buffer.from(message));
    connection.close();
    return codeOf(answer.toString('latin1'));
  } catch {
    return 'none';
  }
}

it('a sender with a certificate that is vouched for is taken; without one, or with another’s, it is not', async () => {
  await writeFile(path.join(directory, 'ca.pem'), pem('ca.pem'));
  const { address } = await run();
  expect(await ask(address.port, await client('client'))).toBe('AA');
  expect(await ask(address.port, await client())).toBe('none');
  expect(await ask(address.port, await client('client-2'))).toBe('none');
  const plain = await MllpClient.open('127.0.0.1', address.port);
  await expect(plain.send(Buffer.from(adt()))).rejects.toThrow(/lost|closed/);
});

it('where certificates are optional, one that nobody vouches for is refused all the same', async () => {
  await writeFile(path.join(directory, 'ca.pem'), pem('ca.pem'));
  const { address } = await run({
    tls: { ...tls, clients: { authoritiesFile: path.join(directory, 'ca.pem'), required: false } },
  });
  expect(await ask(address.port, await client())).toBe('AA');
  expect(await ask(address.port, await client('client'))).toBe('AA');
  expect(await ask(address.port, await client('client-2'))).toBe('none');
});

it('TLS 1.1 is not spoken', async () => {
  const { address } = await run();
  const old = { ...(await client('client')), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' } as const;
  const closed = new Promise((resolve) => {
    const socket = connectTls({ ...old, host: '127.0.0.1', port: address.port });
    socket.once('secureConnect', () => resolve('connected'));
    socket.once('error', () => resolve('refused'));
  });
  expect(await closed).toBe('refused');
});

it('a connection is what it was when it came: no other handshake is made on it', async () => {
  const { address } = await run();
  const options = { ...(await client('client')), maxVersion: 'TLSv1.2' } as const;
  const socket = connectTls({ ...options, host: '127.0.0.1', port: address.port });
  const outcome = await new Promise((resolve) => {
    socket.once('error', () => resolve('refused'));
    socket.once('close', () => resolve('refused'));
    socket.once('secureConnect', () =>
      socket.renegotiate({}, (error) => resolve(error === null ? 'renegotiated' : 'refused')),
    );
  });
  socket.destroy();
  expect(outcome).toBe('refused');
  expect(await ask(address.port, options)).toBe('AA');
});

it.each([
  ['commonName', { commonName: 'client' }, { commonName: 'client-2' }],
  [
    'serialNumber (the HSA-id of a SITHS function certificate)',
    { serialNumber: 'SE2321000016-TEST' },
    { serialNumber: 'SE2321000016-TEST2' },
  ],
  ['several', { commonName: 'client', serialNumber: 'SE2321000016-TEST' }, { dnsName: 'CSK.example' }],
])('INT-1: a sender known by %s cannot speak as another', async (_name, sus, csk) => {
  const senders = [
    { application: 'MELIOR', facility: 'SUS', certificates: [sus] },
    { application: 'MELIOR', facility: 'CSK', certificates: [csk] },
    { application: 'MELIOR', facility: 'OPEN' },
  ];
  const optional = { authoritiesFile: path.join(directory, 'ca.pem'), required: false };
  const { address } = await run({ mapping: { ...mapping, senders }, tls: { ...tls, clients: optional } });
  const [one, other, nobody] = [await client('client'), await client('client-2'), await client()];
  expect(await ask(address.port, one, 'SUS')).toBe('AA');
  expect(await ask(address.port, other, 'CSK')).toBe('AA');
  expect(await ask(address.port, nobody, 'OPEN')).toBe('AA');
  expect(await ask(address.port, one, 'CSK')).toBe('AR');
  expect(await ask(address.port, other, 'SUS')).toBe('AR');
  expect(await ask(address.port, nobody, 'SUS')).toBe('AR');
  // A certificate that belongs to a sender speaks for nobody else.
  expect(await ask(address.port, one, 'OPEN')).toBe('AR');
});

it('a sender with certificates on a listener that asks for none is refused at start', async () => {
  const senders = [{ application: 'MELIOR', facility: 'SUS', certificates: [{ commonName: 'client' }] }];
  const { clients: _clients, ...unasked } = tls;
  await expect(run({ mapping: { ...mapping, senders }, tls: unasked })).rejects.toThrow(
    'senders.0.certificates: the listener asks for no client certificates',
  );
});

it('where senders must be listed, a mapping file that lets anybody send is refused at start', async () => {
  const any = { ...mapping, senders: 'any' };
  await expect(run({ mapping: any, listedSendersOnly: true })).rejects.toThrow(
    'senders: "any" is for development',
  );
  const listed = { ...mapping, senders: [{ application: 'MELIOR', facility: 'SUS' }] };
  const { address } = await run({ mapping: listed, listedSendersOnly: true });
  const own = await client('client');
  expect(await ask(address.port, own, 'SUS')).toBe('AA');
  expect(await ask(address.port, own, 'CSK')).toBe('AR');
});

it('new certificates are taken without a restart; files that do not fit leave the former in force', async () => {
  const log = logged();
  const { address } = await run({ logger: log.logger });
  const [former, next] = [await client('client'), await client('client', 'ca-2.pem')];
  expect(await ask(address.port, former)).toBe('AA');
  await copyFile(at('server-2.pem'), tls.certificateFile);
  await waitFor('a complaint', () => log.lines.some((line) => line.includes('not usable')));
  expect(await ask(address.port, former)).toBe('AA');
  await copyFile(at('server-2.key'), tls.keyFile);
  await waitFor('the new one', () => log.lines.some((line) => line.includes('new cert')));
  expect(await ask(address.port, next)).toBe('AA');
  expect(await ask(address.port, former)).toBe('none');
  expect(log.lines.join('')).not.toContain('PRIVATE KEY');
});

it.each(['server.pem', 'server.key', 'ca.pem'])('an empty %s is not taken for none', async (name) => {
  const log = logged();
  const { address } = await run({ logger: log.logger });
  await writeFile(path.join(directory, name), '');
  await waitFor('a complaint', () => log.lines.some((line) => line.includes('not usable')));
  expect(await ask(address.port, await client('client'))).toBe('AA');
  await expect(run()).rejects.toThrow(/PEM|DECODER|decode|key/i);
});

it('an authority that is taken away vouches for no new connection', async () => {
  const { address } = await run();
  expect(await ask(address.port, await client('client-2'))).toBe('AA');
  await writeFile(path.join(directory, 'ca.pem'), pem('ca.pem'));
  await waitFor(
    'a refusal',
    async () => (await ask(address.port, await client('client-2'))) === 'none',
    20_000,
  );
  expect(await ask(address.port, await client('client'))).toBe('AA');
});

it('somebody who never begins a handshake holds up no other, and no stop', async () => {
  const melior = await run({ limits: { messageMilliseconds: 60_000 } });
  const silent = connect({ host: '127.0.0.1', port: melior.address.port });
  const closed = new Promise((resolve) => silent.once('close', resolve));
  silent.on('error', () => undefined);
  silent.write('\u0016');
  expect(await ask(melior.address.port, await client('client'))).toBe('AA');
  await Promise.all(started.splice(0).map((each) => each.end()));
  await closed;
});
