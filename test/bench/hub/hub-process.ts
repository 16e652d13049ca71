import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../../../src/configuration/project-root.js';
import { waitFor } from '../../support/wait-for.js';

export type HubProcess = { readonly pid: number; stop(): Promise<void> };

const startLimitMs = 60_000;

/**
 * One process of the hub as `npm start` runs it, with these variables and no others. Its log, at its usual level, goes into
 * a file of the directory.
 * @param root of the checkout it is of
 * @throws Error with the end of that log when it does not get ready within a minute
 */
export async function startHubProcess(
  name: string,
  directory: string,
  variables: Readonly<Record<string, string>>,
  root = projectRoot(),
): Promise<HubProcess> {
  const logFile = path.join(directory, `${name}.log`);
  const log = await open(logFile, 'w');
  const loader = path.join(root, 'test/support/typescript.mjs');
  const main = path.join(root, 'src/start/main.ts');
  const child = spawn(
    process.execPath,
    [...profiling(directory), '--no-warnings', '--import', loader, main],
    {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...variables },
      stdio: ['ignore', 'pipe', log.fd],
    },
  );
  await log.close();
  const exited = once(child, 'exit');
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.on('exit', endWithUs);
  let ready = false;
  child.stdout?.on('data', (text: Buffer) => (ready ||= text.includes('Hemgång is ready')));
  await waitFor(
    `${name} to be ready`,
    async () => {
      if (child.exitCode === null) return ready;
      throw new Error(`${name} ended: ${(await readFile(logFile, 'utf8')).slice(-2000)}`);
    },
    startLimitMs,
  );
  return {
    pid: child.pid ?? 0,
    async stop() {
      process.off('exit', endWithUs);
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** BENCH_PROFILE_DIRECTORY: where the process leaves a CPU profile of its run. */
function profiling(directory: string): readonly string[] {
  const into = process.env['BENCH_PROFILE_DIRECTORY'];
  return into === undefined
    ? []
    : ['--cpu-prof', `--cpu-prof-dir=${path.join(into, path.basename(directory))}`];
}
