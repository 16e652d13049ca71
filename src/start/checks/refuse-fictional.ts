import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { FileUnusable } from '../../configuration/json-file.js';
import { fromProjectRoot } from '../../configuration/project-root.js';

/**
 * Production takes no file of the fictional region, whatever name leads to it. An installation that has put that folder away has none.
 * @param region the folder of the fictional region
 * @throws {FileUnusable}
 */
export function refuseFictional(file: string, region = fromProjectRoot('src/demo/fictional-region')): void {
  if (!existsSync(file) || !existsSync(region)) return;
  const inside = path.relative(realpathSync(region), realpathSync(file));
  if (!inside.startsWith('..') && !path.isAbsolute(inside))
    throw new FileUnusable(file, [
      { file, problem: 'is a file of the fictional region, for development only' },
    ]);
}
