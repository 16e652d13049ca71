import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../src/configuration/project-root.js';

/** A build of one's own, so that nobody who builds or runs meanwhile is disturbed, and nobody disturbs. */
export type Build = { readonly main: string; remove(): Promise<void> };

/** Builds with the command of `npm run build` into a folder of its own inside `dist`. */
export async function buildProgram(): Promise<Build> {
  const root = projectRoot();
  const directory = path.join(root, 'dist', `endurance-${process.pid}`);
  const swc = path.join(root, 'node_modules/@swc/cli/bin/swc.js');
  const what = ['src', 'connectors', '--out-dir', directory, '--copy-files', '--ignore', '**/*.test.ts'];
  await promisify(execFile)(process.execPath, [swc, ...what, '--quiet'], { cwd: root });
  return {
    main: path.join(directory, 'src/start/main.js'),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
