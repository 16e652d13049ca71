import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../support/run-command.js';

const folder = 'src/start/commands';
const commands = readdirSync(folder).filter(
  (file) =>
    file !== 'end-with-reader.ts' &&
    /process\.std(?:out|err)\.write/.test(readFileSync(`${folder}/${file}`, 'utf8')),
);

it.each(['dead-letters', 'follow', 'rebuild'])(
  '%s --help says how it is used, and does nothing',
  async (name) => {
    const { code, stdout, stderr } = await runCommand(name, {}, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`npm run ${name}`);
  },
);

describe('a command whose reader stops early (`| head`)', () => {
  it.each([
    ['rules.ts', []],
    ['hl7.ts', ['README.md']],
  ])('%s ends at once and says nothing', async (file, parameters) => {
    const child = spawn(
      process.execPath,
      ['--no-warnings', '--import', './test/support/typescript.mjs', `${folder}/${file}`, ...parameters],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([0, '']);
  });

  it.each(commands)('%s is made so too', (file) => {
    expect(readFileSync(`${folder}/${file}`, 'utf8')).toMatch(/^import '\.\/end-with-reader\.js';/);
  });
});
