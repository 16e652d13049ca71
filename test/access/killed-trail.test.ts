import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lastHeadFiles } from '../../src/access/audit/heads-file.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { lostEnd } from '../../src/administration/trail/lost-end.js';
import { AuditKey, AuditPublicKeys } from '../../src/access/audit/audit-key.js';
import { openTrail } from '../../src/start/processes/open-trail.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { trailFindings } from '../support/trail.js';

let store: TestDatabase;
let folder: string;
let environment: Record<string, string>;
const configuration = () => loadConfiguration(environment);
const findings = () => trailFindings(configuration(), store.database);

beforeEach(async () => {
  store = await createTestDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-killed-'));
  environment = {
    DATABASE_URL: store.url,
    DATA_DIRECTORY: folder,
    AUDIT_KEY: randomBytes(32).toString('hex'),
  };
});
afterEach(async () => {
  await store.drop();
  await rm(folder, { recursive: true, force: true });
});

/** A process that is killed right after the access may be answered that made so many groups complete. */
async function killedAfter(groups: number): Promise<void> {
  const child = spawn(
    process.execPath,
    [
      '--no-warnings',
      '--import',
      './test/support/typescript.mjs',
      fileURLToPath(new URL('./trail-process.ts', import.meta.url)),
      String(groups),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] ?? '', ...environment } },
  );
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
}

/** Who may do everything in the database cuts off what came after so many groups. */
async function cutAfter(groups: number): Promise<void> {
  await store.database.transaction(async (sql) => {
    await sql.query('set local session_replication_role = replica');
    for (const table of ['audit_group', 'audit_record'])
      await sql.query(`delete from ${table} where number > $1`, [groups]);
  });
}

describe('the trail of a process that was killed', () => {
  // The start of the chain is a group of its own.
  it.each([1, 2, 5])('ACC-5: of %i groups just answered, the last cut off alone is told', async (groups) => {
    await killedAfter(groups);
    expect(await findings()).toEqual([]);
    await cutAfter(groups);
    const last = groups + 1;
    expect(await findings()).toEqual([expect.objectContaining({ kind: 'lost', from: last, to: last })]);
    const keys = new AuditPublicKeys([new AuditKey(configuration().audit.key ?? Buffer.alloc(0)).publicKey]);
    const { headsFile } = configuration().audit;
    expect(await lostEnd(store.database, headsFile, keys)).toMatchObject({ number: last });
  });

  it('ACC-5: what it left is taken over by the process after it, and no file stays behind', async () => {
    await killedAfter(2);
    const { headsFile } = configuration().audit;
    const left = await lastHeadFiles(headsFile);
    expect(left).toHaveLength(1);
    const before = new Date(Date.now() - 120_000);
    for (const file of left) await utimes(file, before, before);
    const opened = await openTrail({
      configuration: configuration(),
      database: store.database,
      clock: { now: () => new Date() },
    });
    expect(await lastHeadFiles(headsFile)).not.toEqual(expect.arrayContaining([...left]));
    await opened.close();
    expect(await lastHeadFiles(headsFile)).toEqual([]);
    expect(await readFile(headsFile, 'utf8')).toContain('"number":3');
    expect(await findings()).toEqual([]);
  });
});
