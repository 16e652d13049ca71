import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { runningPostgresUrl } from '../../src/persistence/embedded/running-postgres.js';
import { startEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';

describe('design 7.6: npm run dead-letters', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
    const inbox = new Inbox(test.database);
    await inbox.take([1, 2].map((n) => ({ ...stayMessage('p', n), value: `{"n":${n}}` })));
  });
  afterAll(() => test.drop());

  const command = async (...parameters: readonly string[]) => {
    const node = [
      '--no-warnings',
      '--import',
      './test/support/typescript.mjs',
      'src/start/commands/dead-letters.ts',
    ];
    const env = { ...process.env, DATABASE_URL: test.url };
    try {
      const done = await promisify(execFile)(process.execPath, [...node, ...parameters], { env });
      return { code: 0, ...done };
    } catch (error) {
      return error as { code: number; stdout: string; stderr: string };
    }
  };

  it('lists, discards with a reason, and refuses what cannot be done', async () => {
    const listed = await command('list');
    expect(listed.stdout).toMatch(
      /journal\.stay\.v1 {2}0 attempts {2}sender: invalid: \/ required specversion/,
    );
    expect(listed.stdout).toMatch(/2 shown/);
    const positions = [...listed.stdout.matchAll(/^(\d+) /gm)].map(([, position]) => position!);
    const refused = await command('discard', positions[0]!);
    expect(refused).toMatchObject({ code: 1, stderr: `${positions[0]}: a decision needs a reason\n` });
    const done = await command('discard', positions[0]!, '--reason', 'sent by a test');
    expect(done).toMatchObject({ code: 0, stdout: `${positions[0]}: discarded\n` });
    const replayed = await command('replay', ...positions, '--reason', 'mended');
    expect(replayed.code).toBe(1);
    expect(replayed.stderr).toContain(`there is no dead letter ${positions[0]}`);
    expect(replayed.stderr).toContain(`dead letter ${positions[1]} still cannot be used`);
    expect((await command('list')).stdout).toMatch(/1 shown/);
  });

  it.each([
    ['discard', '1; drop'],
    ['list', '--limit', 'all'],
  ])('explains itself on %j', async (...parameters) => {
    const answer = await command(...parameters);
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain('npm run dead-letters');
  });

  it('finds the embedded database of a running hub, and says when there is none', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-dead-letters-'));
    await expect(runningPostgresUrl(directory)).rejects.toThrow(/No hub/);
    const server = await startEmbeddedPostgres({ directory });
    expect(await runningPostgresUrl(directory)).toBe(server.url);
    await server.stop();
    await expect(runningPostgresUrl(directory)).rejects.toThrow(/No hub/);
    await rm(directory, { recursive: true });
  });
});
