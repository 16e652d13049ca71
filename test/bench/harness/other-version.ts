import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../src/configuration/project-root.js';
import type { Against } from './measure.js';

const run = promisify(execFile);

/**
 * Checks out a commit beside this one, ready to run: with the packages of this checkout where it names the same, else with its own.
 * @throws Error when there is no such commit, or npm cannot install
 */
export async function checkOut(commit: string): Promise<Against & { remove(): Promise<void> }> {
  const root = projectRoot();
  const { stdout } = await run('git', ['rev-parse', '--short', `${commit}^{commit}`], { cwd: root });
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-bench-version-'));
  const other = path.join(directory, 'checkout');
  await run('git', ['worktree', 'add', '--detach', other, commit], { cwd: root });
  const remove = async (): Promise<void> => {
    await run('git', ['worktree', 'remove', '--force', other], { cwd: root });
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const packages = (at: string) => readFile(path.join(at, 'package-lock.json'), 'utf8');
    if ((await packages(root)) === (await packages(other)))
      await symlink(path.join(root, 'node_modules'), path.join(other, 'node_modules'));
    else await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: other, maxBuffer: 16 * 1024 * 1024 });
    return { name: stdout.trim(), root: other, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
