import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { Recorder } from '../../connectors/common/recording/recorder.js';
import { ConfigurationRefused, loadConfiguration } from '../../src/configuration/load-configuration.js';
import { AuditKey } from '../../src/access/audit/audit-key.js';
import { RecoveryKey } from '../../src/messaging/contracts/recovery-key.js';
import { identityHash } from '../../src/persons/identity-hash.js';
import { start } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const newKey = () => randomBytes(32).toString('hex');
const lines: string[] = [];
const logger = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });

let store: TestDatabase;
let folder: string;
beforeEach(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-keys-'));
  lines.length = 0;
});
afterEach(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Starts a process on the database and stops it; the variables of keys are those given. */
async function run(keys: Readonly<Record<string, string>> = {}): Promise<void> {
  const configuration = loadConfiguration({
    DATABASE_URL: store.url,
    DATA_DIRECTORY: folder,
    PROCESSES: 'sequencer',
    METRICS_PORT: '0',
    ...keys,
  });
  const started = await start(configuration, logger);
  await started.stop();
}

async function refusal(keys: Readonly<Record<string, string>> = {}): Promise<string> {
  const error: unknown = await run(keys).then(
    () => undefined,
    (fault: unknown) => fault,
  );
  if (!(error instanceof ConfigurationRefused)) throw new Error('it started', { cause: error });
  return error.message;
}

/** The variable, whether it holds what is stored together, and the variable of its name. */
const keys: readonly [variable: string, file: string, id?: string][] = [
  ['PERSON_KEY', 'person.key', 'PERSON_KEY_ID'],
  ['IDENTITY_KEY', 'identity.key'],
  ['RECORDING_KEY', 'recording.key', 'RECORDING_KEY_ID'],
  ['RECOVERY_KEY', 'recovery.key'],
];

describe('PAT-1: a database takes no other key than the one it was written with', () => {
  test.each(keys)('%s', async (variable) => {
    const first = newKey();
    await run({ [variable]: first });
    await run({ [variable]: first });
    const text = await refusal({ [variable]: newKey() });
    expect(text).toMatch(new RegExp(`^  ${variable}: the database was written with another key`, 'm'));
    expect(text).not.toContain(first);
    await run({ [variable]: first });
  });

  test.each(keys)('%s: also when its file was lost, and is then put back', async (variable, name) => {
    await run();
    const file = path.join(folder, name);
    const kept = await readFile(file);
    await rm(file);
    const text = await refusal();
    expect(text).toContain(`${variable} (${file}): the file is missing`);
    expect(await readdir(folder)).not.toContain(name);
    await writeFile(file, kept);
    await run();
  });

  test('all of them at once, when the data directory was lost', async () => {
    await run();
    await rm(folder, { recursive: true });
    const text = await refusal();
    for (const [variable, name] of keys) expect(text).toContain(`${variable} (${path.join(folder, name)})`);
  });

  test.each(keys.filter(([, , id]) => id !== undefined))(
    '%s: another one is taken under another name, and the first one stays known',
    async (variable, _file, id = '') => {
      const [first, second] = [newKey(), newKey()];
      await run({ [variable]: first, [id]: '2026a' });
      await run({ [variable]: second, [id]: '2026b' });
      await run({ [variable]: first, [id]: '2026a' });
      expect(await refusal({ [variable]: first, [id]: '2026b' })).toContain(variable);
    },
  );

  const hub = { PROCESSES: 'hub', HTTP_PORT: '0', DEMO_ISSUER: 'true' } as const;
  const elsewhere = {
    POPULATION_REGISTER_LOOKUP_URL: 'http://127.0.0.1:9',
    LISTING_LOOKUP_URL: 'http://127.0.0.1:9',
    LOOKUP_SECRET: 'a secret of tests, thirty-two characters or more',
  };
  const sealing = (key: string, ...earlier: readonly string[]) => ({
    ...hub,
    ...elsewhere,
    AUDIT_KEY: key,
    AUDIT_PUBLIC_KEYS: earlier.map((each) => new AuditKey(Buffer.from(each, 'hex')).publicKey).join(','),
  });

  test('ACC-5: AUDIT_KEY: another one is taken with the public keys of those before it, of all of them', async () => {
    const [first, second, third] = [newKey(), newKey(), newKey()];
    await run(sealing(first));
    const text = await refusal(sealing(second));
    expect(text).toContain('AUDIT_KEY: the database was written with another key');
    expect(text).toContain(new AuditKey(Buffer.from(first, 'hex')).publicKey);
    expect(await refusal(sealing(second, third))).toContain('AUDIT_KEY');
    await run(sealing(second, first));
    // Both are known now, so that hub processes are changed one after the other.
    await run(sealing(first));
    expect(await refusal(sealing(third, first))).toContain('AUDIT_KEY');
    await run(sealing(third, first, second));
  });

  test('ACC-5: AUDIT_KEY: in a database of an older version, the same one is taken', async () => {
    const key = newKey();
    await run(sealing(key));
    await store.database.query(`update key_fingerprint set key_id = '' where name = 'audit'`);
    expect(await refusal(sealing(newKey()))).toContain('AUDIT_KEY');
    await run(sealing(key));
    const { rows } = await store.database.query(`select from key_fingerprint where name = 'audit'`);
    expect(rows).toHaveLength(2);
  });

  test('ACC-5: AUDIT_KEY: its lost file is not made again beside a trail that it sealed', async () => {
    await run({ ...hub, ...elsewhere });
    await rm(path.join(folder, 'audit.key'));
    expect(await refusal({ ...hub, ...elsewhere })).toContain('audit.key): the file is missing');
    expect(await readdir(folder)).not.toContain('audit.key');
  });

  test('RECOVERY_KEY: one that opens nothing of what was wrapped here is refused', async () => {
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const publicKey = (secret: Buffer) => new RecoveryKey(secret).publicKey;
    await run({ RECOVERY_PUBLIC_KEY: publicKey(first), RECOVERY_KEY: first.toString('hex') });
    await run({ RECOVERY_PUBLIC_KEY: publicKey(second), RECOVERY_KEY: first.toString('hex') });
    await run({ RECOVERY_PUBLIC_KEY: publicKey(second), RECOVERY_KEY: second.toString('hex') });
    expect(await refusal({ RECOVERY_PUBLIC_KEY: publicKey(second), RECOVERY_KEY: newKey() })).toContain(
      'RECOVERY_KEY: is not the secret of RECOVERY_PUBLIC_KEY, nor of one that this database was used with',
    );
  });

  test('RECOVERY_KEY: a backup that knows no pair is not said to be written with another, and takes an older pair by its public half', async () => {
    const [before, now] = [randomBytes(32), randomBytes(32)];
    const publicKey = (secret: Buffer) => new RecoveryKey(secret).publicKey;
    const restored = { RECOVERY_PUBLIC_KEY: publicKey(now), RECOVERY_KEY: before.toString('hex') };
    for (const text of [await refusal(restored), await refusal(restored)]) {
      expect(text).toContain('RECOVERY_KEY: is not the secret of RECOVERY_PUBLIC_KEY');
      expect(text).not.toContain('was written with another key');
    }
    await run({ ...restored, RECOVERY_PUBLIC_KEY: publicKey(before) });
    await run(restored);
  });

  test('CURSOR_KEY: nothing stored needs it, so another one is taken and told', async () => {
    await run({ CURSOR_KEY: newKey() });
    expect(lines).toEqual([]);
    await run({ CURSOR_KEY: newKey() });
    expect(lines.join('')).toMatch(/CURSOR_KEY.*another key than before/);
  });

  test('of two processes with two keys that start at once, one is refused', async () => {
    const ends = await Promise.allSettled([newKey(), newKey()].map((each) => run({ IDENTITY_KEY: each })));
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a database from before fingerprints', () => {
  const identifier = { type: 'personnummer', value: '190503279812' } as const;

  test('is not taken over by a key that finds none of its persons', async () => {
    const key = randomBytes(32);
    const person = randomUUID();
    await store.database.query('insert into person_identity (hash, person_id) values ($1, $2)', [
      identityHash(key.toString('hex'), identifier),
      person,
    ]);
    await store.database.query(
      'insert into person_copy (person_id, version, read_at, record) values ($1, 1, now(), $2)',
      [person, JSON.stringify({ identifier })],
    );
    expect(await refusal({ IDENTITY_KEY: newKey() })).toContain(
      'IDENTITY_KEY: the database was written with',
    );
    await run({ IDENTITY_KEY: key.toString('hex') });
  });

  test('is not taken over by a key that opens none of its recordings', async () => {
    const key = randomBytes(32);
    const as = { connector: 'melior', sender: 's', messageId: 'm' };
    await store.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, key_id, sealed)
       values ('melior', 's', 'm', now(), 'stored', 'a', $1)`,
      [new Recorder({ keyId: 'a', secret: key }).seal(as, Buffer.from('MSH'))],
    );
    expect(await refusal({ RECORDING_KEY: newKey() })).toContain('RECORDING_KEY: the database was written');
    await run({ RECORDING_KEY: key.toString('hex') });
  });
});

describe('a fingerprint', () => {
  let other: TestDatabase;
  beforeAll(async () => {
    other = await createTestDatabase();
  });
  afterAll(() => other.drop());

  test('is shorter than the key, holds nothing of it, and is another one in another database', async () => {
    const key = newKey();
    const rowsOf = async ({ database }: TestDatabase) => {
      const { rows } = await database.query<{ salt: Buffer; fingerprint: Buffer }>(
        `select salt, fingerprint from key_fingerprint where name = 'identity'`,
      );
      return rows;
    };
    await run({ IDENTITY_KEY: key });
    await run({ IDENTITY_KEY: key, DATABASE_URL: other.url });
    const [[one], [two]] = [await rowsOf(store), await rowsOf(other)];
    expect(one?.fingerprint).toHaveLength(16);
    expect(one?.fingerprint.equals(two?.fingerprint ?? Buffer.alloc(0))).toBe(false);
    expect(one?.salt.equals(two?.salt ?? Buffer.alloc(0))).toBe(false);
    expect(Buffer.from(key, 'hex').includes(one?.fingerprint.subarray(0, 4) ?? '')).toBe(false);
  });
});
