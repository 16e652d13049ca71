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

/** The same of a program by its file. */
export function runFile(
  program: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  return run('', program, environment, parameters);
}

/** The same with something to read on its standard input. */
export async function pipeToCommand(
  input: string,
  name: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Ended> {
  return run(input, `src/start/commands/${name}.ts`, environment, parameters);
}

/** Starts the whole program, as `npm start` does, where it is expected to end by itself. Ended after a minute, its code is not 1. */
export function runProgram(environment: Readonly<Record<string, string>>): Promise<Ended> {
  return run('', 'src/start/main.ts', environment, []);
}

async function run(
  input: string,
  program: string,
  environment: Readonly<Record<string, string>>,
  parameters: readonly string[],
): Promise<Ended> {
  const node = ['--no-warnings', '--import', './test/support/typescript.mjs', program];
  const options = { env: { ...process.env, ...environment }, timeout: 60_000 };
  try {
    const running = promisify(execFile)(process.execPath, [...node, ...parameters], options);
    running.child.stdin?.end(input);
    return { code: 0, ...(await running) };
  } catch (error) {
    return error as Ended;
  }
}
