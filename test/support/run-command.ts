import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string };

/** Runs a command of `src/start/commands` as a process of its own; never rejects. */
export function runCommand(
  name: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  return pipeToCommand('', name, environment, ...parameters);
}

/** The same with something to read on its standard input. */
export async function pipeToCommand(
  input: string,
  name: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  const node = [
    '--no-warnings',
    '--import',
    './test/support/typescript.mjs',
    `src/start/commands/${name}.ts`,
  ];
  const env = { ...process.env, ...environment };
  try {
    const running = promisify(execFile)(process.execPath, [...node, ...parameters], { env });
    running.child.stdin?.end(input);
    return { code: 0, ...(await running) };
  } catch (error) {
    return error as Ended;
  }
}
