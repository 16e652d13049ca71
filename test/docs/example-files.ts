import { readFileSync } from 'node:fs';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

/** The page with the files of the example that it shows, as they are: what begins with `ts` and the name of a file of test/second-kind/follow-up. */
export const withExampleFiles = (page: string): string =>
  page.replace(
    /^```ts (\S+)\n[\s\S]*?^```$/gm,
    (_block, file: string) =>
      `\`\`\`ts ${file}\n${readFileSync(fromProjectRoot(`test/second-kind/follow-up/${file}`), 'utf8').trim()}\n\`\`\``,
  );
