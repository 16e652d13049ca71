import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from '@jest/globals';
import { AuditKey, AuditPublicKeys } from '../../src/access/audit/audit-key.js';
import type { GroupedAuditTrail } from '../../src/access/audit/grouped-audit-trail.js';
import { linesOfHeads } from '../../src/access/audit/heads-file.js';
import { verifyAudit } from '../../src/access/audit/verify-audit.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { openTrail, type OpenedTrail } from '../../src/start/processes/open-trail.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { runCommand } from '../support/run-command.js';

export let store: TestDatabase;
let folder: string;
export let environment: Record<string, string>;
export let configuration: Configuration;
let now: Date;
export const clock = { now: () => (now = new Date(now.getTime() + 1_003)) };

beforeEach(async () => {
  now = new Date('2026-11-20T08:00:00.123Z');
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-trail-'));
  environment = {
    DATABASE_URL: store.url,
    DATA_DIRECTORY: folder,
    AUDIT_KEY: randomBytes(32).toString('hex'),
  };
  configuration = loadConfiguration(environment);
});
afterEach(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** From now on the trail is opened as this says. */
export function configure(changes: Readonly<Record<string, string | undefined>>): void {
  configuration = loadConfiguration({ ...environment, ...changes });
}

/** From now on this stands where the database stood; it is dropped at the end. */
export function replaceStore(other: TestDatabase): void {
  store = other;
}

export const open = (database = store.database): Promise<OpenedTrail> =>
  openTrail({ configuration, database, clock });
export async function write(trail: GroupedAuditTrail, groups: number): Promise<void> {
  for (let group = 0; group < groups; group++)
    await trail.record([
      {
        context: { client: 'client', units: [], requestId: 'r' },
        at: clock.now(),
        action: 'read',
        outcome: 'success',
        detail: {},
      },
    ]);
}
export const publicKeys = () =>
  new AuditPublicKeys([new AuditKey(configuration.audit.key ?? Buffer.alloc(0)).publicKey]);
export const verify = (database = store.database) =>
  verifyAudit(database, publicKeys(), linesOfHeads(configuration.audit.headsFile));
export const command = (...parameters: string[]) => runCommand('verify-audit', environment, ...parameters);
