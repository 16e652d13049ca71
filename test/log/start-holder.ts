import { spawn, type ChildProcess } from 'node:child_process';
import { waitFor } from '../support/wait-for.js';

/** A process that holds a lock, and what it has said so far. */
export type Holder = { readonly process: ChildProcess; readonly said: () => string };

/** Resolves when it holds. @param what one of `lock-holder-process.ts` */
export async function startHolder(what: string, url: string): Promise<Holder> {
  const script = ['--import', './test/support/typescript.mjs', 'test/log/lock-holder-process.ts'];
  const holder = spawn(process.execPath, ['--no-warnings', ...script, what, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  holder.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  try {
    await waitFor(`the holder: ${what}`, () => said.includes('holds'), 30_000);
  } catch (error) {
    holder.kill('SIGKILL');
    throw error;
  }
  return { process: holder, said: () => said };
}
