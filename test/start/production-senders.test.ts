import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { start } from '../../src/start/start.js';
import { newKey } from '../support/production.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
let folder: string;
beforeAll(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-production-'));
});
afterAll(async () => {
  await store.drop();
  await rm(folder, { recursive: true });
});

const keys = Object.fromEntries(
  ['PERSON_KEY', 'IDENTITY_KEY', 'CURSOR_KEY'].map((name) => [name, newKey().toString('hex')]),
);

/** A Melior connector as production runs it, on loopback. */
async function startMelior(senders: unknown) {
  const mapping = path.join(folder, 'mapping.json');
  await writeFile(mapping, JSON.stringify({ senders, ward: { table: {} } }));
  const configuration = loadConfiguration({
    HEMGANG_ENVIRONMENT: 'production',
    PROCESSES: 'melior',
    DATABASE_URL: store.url,
    TRANSPORT: 'embedded',
    DATA_DIRECTORY: folder,
    ...keys,
    MELIOR_MAPPING_FILE: mapping,
    MLLP_PORT: '0',
    METRICS_PORT: '0',
  });
  return start(configuration, pino({ level: 'silent' }));
}

it('production takes HL7 v2 from listed senders alone', async () => {
  await expect(startMelior('any')).rejects.toThrow('senders: "any" is for development');
  const started = await startMelior([{ application: 'MELIOR', facility: 'SUS' }]);
  expect(started.mllp?.port).toBeGreaterThan(0);
  await started.stop();
});
