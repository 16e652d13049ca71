import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createConnectorPool } from '../../connectors/common/connector-pool.js';
import { ExclusiveLock } from '../../connectors/common/exclusive-lock.js';
import { startSequencer } from '../../src/log/sequencer.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

/** How long nobody may do the work of a holder that is frozen. */
const takeoverMs = 15_000;

describe('the holder of a lock is frozen', () => {
  let test: TestDatabase;
  let holder: ChildProcess;
  let said = '';
  beforeEach(async () => {
    test = await createTestDatabase();
    said = '';
  });
  afterEach(async () => {
    holder.kill('SIGKILL');
    await test.drop();
  });

  const start = async (what: string): Promise<void> => {
    const script = ['--import', './test/support/typescript.mjs', 'test/log/lock-holder-process.ts'];
    holder = spawn(process.execPath, ['--no-warnings', ...script, what, test.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    holder.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    await waitFor('the holder', () => said.includes('holds') || undefined);
  };
  const append = (position: number) =>
    test.database.query('insert into unsequenced (position) values ($1)', [position]);
  const order = async (): Promise<readonly (readonly [number, number])[]> => {
    const { rows } = await test.database.query<{ sequence: number; position: number }>(
      'select sequence, position from event_sequence order by sequence',
    );
    return rows.map(({ sequence, position }) => [sequence, position]);
  };

  it('another sequencer gives the order within 15 s, and the first writes nothing when it wakes', async () => {
    await start('sequencer');
    await append(1);
    await waitFor('the first event', () => said.includes('sequenced 1') || undefined);
    holder.kill('SIGSTOP');
    const errors: unknown[] = [];
    const other = startSequencer({ database: test.database, onError: (error) => errors.push(error) });
    await append(2);
    const began = performance.now();
    await waitFor(
      'the second event',
      async () => (await order()).length === 2 || undefined,
      takeoverMs + 15_000,
    );
    expect(performance.now() - began).toBeLessThan(takeoverMs);
    holder.kill('SIGCONT');
    for (const position of [3, 4, 5]) await append(position);
    await waitFor('the rest', async () => (await order()).length === 5 || undefined);
    expect(await order()).toEqual([1, 2, 3, 4, 5].map((each) => [each, each]));
    expect(said).not.toMatch(/sequenced [2-5]/);
    expect(errors).toEqual([]);
    await other.stop();
  }, 90_000);

  it('another publisher takes over within 15 s, and the first knows when it wakes', async () => {
    await start('publisher');
    const pool = createConnectorPool(test.url);
    const other = new ExclusiveLock(pool, 'connector-publisher', 'test');
    expect(await other.take()).toBe(false);
    holder.kill('SIGSTOP');
    const began = performance.now();
    await waitFor('the lock', async () => (await other.take()) || undefined, takeoverMs + 15_000);
    expect(performance.now() - began).toBeLessThan(takeoverMs);
    holder.kill('SIGCONT');
    await waitFor('the first to know', () => said.includes('lost') || undefined);
    other.release();
    await pool.end();
  }, 90_000);

  it('a holder that is alive keeps it, however little it does', async () => {
    await start('publisher');
    const pool = createConnectorPool(test.url);
    const other = new ExclusiveLock(pool, 'connector-publisher', 'test');
    const until = Date.now() + 12_000;
    await waitFor(
      'the time in which a silent holder would have lost it',
      async () => {
        expect(await other.take()).toBe(false);
        return Date.now() > until || undefined;
      },
      30_000,
    );
    expect(said).not.toContain('lost');
    await pool.end();
  });
});
