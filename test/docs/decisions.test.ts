import { readdir, readFile } from 'node:fs/promises';
import { fromProjectRoot } from '../../src/configuration/project-root.js';

/** The list of decisions, as docs/decisions/README.md gives it: each by number, title and file, none missing. */
it('docs/decisions/README.md lists every decision by its number and title, in order, and no other', async () => {
  const files = (await readdir(fromProjectRoot('docs/decisions'))).filter((name) => name !== 'README.md');
  const records = await Promise.all(
    files.toSorted().map(async (file) => {
      const [heading] = (await readFile(fromProjectRoot(`docs/decisions/${file}`), 'utf8')).split('\n');
      return `| [${Number(file.slice(0, 4))}](${file}) | ${heading?.replace(/^# \d+\. /, '')} |`;
    }),
  );
  const page = await readFile(fromProjectRoot('docs/decisions/README.md'), 'utf8');
  const listed = page.split('\n').filter((line) => /^\| *\[/.test(line));
  expect(listed.map((line) => line.replaceAll(/ +/g, ' '))).toEqual(records);
});

it('the heading of every decision begins with the number of its file, and no number is taken twice', async () => {
  const files = (await readdir(fromProjectRoot('docs/decisions'))).filter((name) => name !== 'README.md');
  for (const file of files) {
    expect(file).toMatch(/^\d{4}-[a-z0-9-]+\.md$/);
    const text = await readFile(fromProjectRoot(`docs/decisions/${file}`), 'utf8');
    expect([file, text.slice(0, text.indexOf('. '))]).toEqual([file, `# ${Number(file.slice(0, 4))}`]);
  }
  expect(new Set(files.map((file) => file.slice(0, 4))).size).toBe(files.length);
});
