import { expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from './project-root.js';

test('only the configuration reads the environment', async () => {
  const root = projectRoot();
  const files = (
    await Promise.all(
      ['src', 'connectors'].map(async (folder) =>
        (await readdir(path.join(root, folder), { recursive: true })).map((file) => path.join(folder, file)),
      ),
    )
  )
    .flat()
    .filter((file) => /\.m?[jt]s$/.test(file) && !file.endsWith('.test.ts'));
  const readers = await Promise.all(
    files.map(async (file) =>
      /\bprocess\s*(?:\?\.|\.)\s*env\b|\bprocess\[['"]env['"]\]|\{[^}]*\benv\b[^}]*\}\s*=\s*process\b|\{[^}]*\benv\b[^}]*\}\s*from\s*'node:process'/.test(
        await readFile(path.join(root, file), 'utf8'),
      )
        ? [file]
        : [],
    ),
  );
  expect(files.length).toBeGreaterThan(20);
  expect(readers.flat()).toEqual([path.join('src', 'configuration', 'load-configuration.ts')]);
});
