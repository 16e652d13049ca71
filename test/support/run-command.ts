import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a command of `src/start/commands` as a process of its own; never rejects. */
export async function runCommand(
  name: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const node = [
    '--no-warnings',
    '--import',
    './test/support/typescript.mjs',
    `src/start/commands/${name}.ts`,
  ];
  const env = { ...process.env, ...environment };
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [...node, ...parameters], { env })) };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}
