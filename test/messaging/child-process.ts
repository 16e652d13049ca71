import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** A TypeScript program of the tests in a process of its own, for a test to kill. */
export type Child = {
  /** What it has written so far. */
  output(): string;
  /** SIGKILL; resolves when it has ended. */
  kill(): Promise<void>;
};

/** Starts `script` (a path from the project's root) with plain Node. */
export function startChild(script: string, ...parameters: readonly string[]): Child {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--import', './test/support/typescript.mjs', script, ...parameters],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  return {
    output: () => output,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
