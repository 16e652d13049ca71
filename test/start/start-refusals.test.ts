import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { newSecret } from '../support/production.js';
import { stablePort, stablePorts } from '../support/stable-ports.js';
import { startTransactionPooler } from '../support/transaction-pooler.js';
import { runProgram } from '../support/run-command.js';

/** Given where the test is not about them: tests share a database, and a database knows its keys. */
const keys = Object.fromEntries(
  ['PERSON', 'IDENTITY', 'CURSOR', 'AUDIT', 'RECOVERY', 'RECORDING'].map((name) => [
    `${name}_KEY`,
    randomBytes(32).toString('hex'),
  ]),
);
const noKeys = Object.fromEntries(Object.keys(keys).map((variable) => [variable, '']));

let store: TestDatabase;
let templates: string;
let folder: string;
let taken: Server;

beforeAll(async () => {
  store = await createTestDatabase();
  templates = await mkdtemp(path.join(tmpdir(), 'hemgang-start-template-'));
  const server = await startEmbeddedPostgres({ directory: path.join(templates, 'postgres'), unsafe: true });
  await server.stop();
  taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
});
afterAll(async () => {
  taken.close();
  await store.drop();
  await rm(templates, { recursive: true });
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-start-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the program says last when it cannot start, after the words that it always begins with. */
async function fatalErrorText(environment: Readonly<Record<string, string>>): Promise<string> {
  const [http, mllp] = await stablePorts(2);
  const { code, stderr } = await runProgram({
    DATA_DIRECTORY: folder,
    DATABASE_URL: store.url,
    HTTP_PORT: String(http),
    MLLP_PORT: String(mllp),
    METRICS_PORT: '0',
    STAND_IN_POPULATION_REGISTER_PORT: '0',
    STAND_IN_LISTING_PORT: '0',
    STAND_IN_HSA_PORT: '0',
    STAND_IN_COSMIC_PORT: '0',
    LOG_LEVEL: 'fatal',
    ...keys,
    ...environment,
  });
  expect(code).toBe(1);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).toMatch(/^Hemgång could not start: /);
  return stderr.replace('Hemgång could not start: ', '').trimEnd();
}

describe('a start that fails names variable and place in one line', () => {
  it.each([
    ['HTTP_PORT', {}],
    ['MLLP_PORT', {}],
    ['METRICS_PORT', {}],
    ['LOOKUP_PORT', { LOOKUP_SECRET: newSecret() }],
    ['STAND_IN_POPULATION_REGISTER_PORT', {}],
    ['STAND_IN_LISTING_PORT', {}],
    ['STAND_IN_HSA_PORT', {}],
    ['STAND_IN_COSMIC_PORT', {}],
    ['EMBEDDED_DATABASE_PORT', { DATABASE_URL: '' }],
  ])('%s, where another program has the port', async (variable, environment) => {
    const { port } = taken.address() as AddressInfo;
    expect(await fatalErrorText({ ...environment, [variable]: String(port) })).toBe(
      `${variable} (127.0.0.1:${port}): the port is taken by another program; end that one, or choose another port`,
    );
  });

  it.each([['MLLP_HOST'], ['METRICS_HOST']])('%s, where it is none of this machine', async (variable) => {
    expect(await fatalErrorText({ PROCESSES: 'melior', [variable]: '192.0.2.1' })).toMatch(
      new RegExp(`^${variable} \\(192\\.0\\.2\\.1:\\d+\\): is no address of this machine$`),
    );
  });

  it.each([
    ['PERSON_KEY', 'person.key'],
    ['IDENTITY_KEY', 'identity.key'],
    ['CURSOR_KEY', 'cursor.key'],
    ['AUDIT_KEY', 'audit.key'],
    ['RECOVERY_KEY', 'recovery.key'],
    ['RECORDING_KEY', 'recording.key'],
  ])('%s, where its file is damaged', async (variable, name) => {
    const file = path.join(folder, name);
    await writeFile(file, 'abc');
    expect((await fatalErrorText(noKeys)).split('\n').at(-1)).toBe(
      `  ${variable} (${file}): is damaged: not a key of 32 bytes in hexadecimal; put the right one back`,
    );
  });

  it.each(['not json', '[]', '{"kty":"EC"}', 'null'])(
    'DATA_DIRECTORY, where the key of the demo issuer is damaged: %s',
    async (content) => {
      const file = path.join(folder, 'demo-issuer-key.json');
      await writeFile(file, content);
      expect(await fatalErrorText({})).toMatch(`DATA_DIRECTORY (${file}): is damaged`);
    },
  );

  it('DATA_DIRECTORY, where nothing can be written, with made keys and with given ones', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    const inside = path.join(file, 'data');
    expect(await fatalErrorText({ ...noKeys, DATA_DIRECTORY: inside })).toBe(
      `The configuration cannot be used (docs/configuration.md):\n  DATA_DIRECTORY (${inside}): cannot be written (ENOTDIR)`,
    );
    expect(await fatalErrorText({ DATA_DIRECTORY: inside })).toBe(
      `DATA_DIRECTORY (${inside}): cannot be read and written (ENOTDIR)`,
    );
    expect(await fatalErrorText({ DATA_DIRECTORY: inside, DATABASE_URL: '' })).toBe(
      `DATA_DIRECTORY (${path.join(inside, 'postgres')}): cannot be read and written (ENOTDIR)`,
    );
  });
});

describe('a start names DATA_DIRECTORY and the place in it, where the embedded database', () => {
  const home = () => path.join(folder, 'postgres');
  const cases: readonly [string, string, string, () => Promise<void>][] = [
    ['lost its PG_VERSION', 'cluster', 'is damaged', () => rm(path.join(home(), 'cluster/PG_VERSION'))],
    [
      'is of another version of PostgreSQL',
      'cluster',
      'made by PostgreSQL 12',
      () => writeFile(path.join(home(), 'cluster/PG_VERSION'), '12\n'),
    ],
    [
      'is of a version that nobody knows',
      'cluster',
      'PostgreSQL does not start on it: FATAL:',
      () => writeFile(path.join(home(), 'cluster/PG_VERSION'), 'none\n'),
    ],
    [
      'lost a file',
      'cluster',
      'PostgreSQL does not start on it: ',
      () => rm(path.join(home(), 'cluster/global/pg_control')),
    ],
    ['lost its password', 'password', 'is missing', () => rm(path.join(home(), 'password'))],
    [
      'has another password',
      'password',
      'is not the password of the database beside it',
      () => writeFile(path.join(home(), 'password'), 'another\n'),
    ],
    [
      'is not the hub’s but lies open in the folder',
      '.',
      'holds something else',
      async () => {
        await rm(home(), { recursive: true });
        await cp(path.join(templates, 'postgres/cluster'), home(), { recursive: true });
        await chmod(home(), 0o700);
      },
    ],
    [
      'would lie among what is not the hub’s',
      '.',
      'holds something else than a database of the hub (letters)',
      async () => {
        await rm(home(), { recursive: true });
        await mkdir(path.join(home(), 'letters'), { recursive: true });
      },
    ],
  ];
  it.each(cases)('%s', async (_what, place, problem, damage) => {
    await cp(path.join(templates, 'postgres'), home(), { recursive: true });
    await damage();
    const words = await fatalErrorText({ DATABASE_URL: '' });
    expect(words).toMatch(`DATA_DIRECTORY (${path.join(home(), place)}): `);
    expect(words).toContain(problem);
    expect(words).not.toContain('\n');
  });
});

describe('a start names the variable and no password, where a server', () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(store.url);
    change(url);
    return url.href;
  };
  it.each([
    [
      'refuses the login',
      'the database refused the login (28P01)',
      () => changed((url) => (url.password = 'Wrong-Pass-4711')),
    ],
    [
      'has no such database',
      'there is no such database on the server (3D000)',
      () => changed((url) => (url.pathname = '/none')),
    ],
    [
      'does not answer',
      'the database does not answer (ECONNREFUSED)',
      () => changed((url) => (url.port = '1')),
    ],
    ['has no address', 'the host is not known', () => changed((url) => (url.hostname = 'db.invalid'))],
  ])('of DATABASE_URL %s', async (_what, problem, url) => {
    const words = await fatalErrorText({ DATABASE_URL: url() });
    const { username, password, hostname } = new URL(url());
    expect(words).toMatch(`DATABASE_URL (${username}@${hostname}:`);
    expect(words).toContain(problem);
    expect(words).not.toContain(password);
    expect(words).not.toContain('\n');
  });

  it('of AUDIT_DATABASE_URL refuses the login', async () => {
    const url = changed((each) => (each.password = 'Wrong-Pass-4711'));
    const words = await fatalErrorText({ AUDIT_DATABASE_URL: url });
    expect(words).toMatch(/^AUDIT_DATABASE_URL \(.*\): the database refused the login \(28P01\)$/);
    expect(words).not.toContain('Wrong-Pass-4711');
  });

  it.each(['DATABASE_URL', 'AUDIT_DATABASE_URL'])(
    'of %s is a pooler that shares sessions',
    async (variable) => {
      const pooler = await startTransactionPooler(store.url, 'last-in-first-out');
      const words = await fatalErrorText({ [variable]: pooler.url });
      await pooler.close();
      expect(words).toMatch(new RegExp(`^${variable} \\(.*\\): .*pool_mode must be session\\)$`));
      expect(words).not.toContain('\n');
    },
  );

  it.each([
    ['below a file', './plain/heads.jsonl', String.raw`cannot be written \((?:ENOTDIR|EEXIST)\)`],
    ['where nothing can be made', '/proc/nope/heads.jsonl', String.raw`[^\n]*\(ENOENT\)`],
    ['that is a folder', '.', 'is no file'],
  ])('of AUDIT_HEADS_FILE is %s', async (_what, place, why) => {
    await writeFile(path.join(folder, 'plain'), '');
    const file = path.resolve(folder, place);
    const words = await fatalErrorText({ AUDIT_HEADS_FILE: file });
    expect(words).toMatch(new RegExp(`^ *AUDIT_HEADS_FILE \\(${file}\\): ${why}$`, 'm'));
  });

  it('of KAFKA_BROKERS is out of reach', async () => {
    const port = await stablePort();
    const words = await fatalErrorText({
      KAFKA_BROKERS: `127.0.0.1:${port}`,
      KAFKA_REPLICATION_FACTOR: '1',
      KAFKA_MIN_IN_SYNC_REPLICAS: '1',
    });
    expect(words).toMatch(
      new RegExp(`^KAFKA_BROKERS \\(127\\.0\\.0\\.1:${port}\\): no broker takes the topics[^\\n]*$`),
    );
  });
});
