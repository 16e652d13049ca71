import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from '@jest/globals';
import { caseTopic } from '../../src/messaging/contracts/facts.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { createTestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

it('npm run follow prints each case event as it comes, and goes on where it stopped', async () => {
  const store = await createTestDatabase();
  const transport = new EmbeddedTransport(store.database, { partitions: 12, sweepMs: 0 });
  await transport.ensureTopics([caseTopic]);
  const follow = async (whenTold: (text: string) => boolean): Promise<{ said: string; code: number }> => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--import', './test/support/typescript.mjs', 'src/start/commands/follow.ts'],
      { env: { ...process.env, DATABASE_URL: store.url }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const ended = once(child, 'close') as Promise<[number]>;
    let said = '';
    let heard = '';
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    await waitFor(
      'the event to be printed',
      () => (heard.includes('Following') && whenTold(said)) || undefined,
    );
    child.kill('SIGTERM');
    const [code] = await ended;
    return { said, code };
  };

  await transport.append(caseTopic, [{ key: 'one', value: '{"id":"1"}' }]);
  expect(await follow((said) => said.includes('1'))).toEqual({ said: '{"id":"1"}\n', code: 0 });
  await transport.append(caseTopic, [{ key: 'one', value: '{"id":"2"}' }]);
  expect(await follow((said) => said.includes('2'))).toEqual({ said: '{"id":"2"}\n', code: 0 });

  await transport.close();
  await store.drop();
});
