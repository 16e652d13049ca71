import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { runCommand, runFile } from '../support/run-command.js';

const folder = 'src/start/commands';
const commands = readdirSync(folder).filter(
  (file) =>
    file !== 'end-with-reader.ts' &&
    file !== 'help.ts' &&
    /process\.std(?:out|err)\.write/.test(readFileSync(`${folder}/${file}`, 'utf8')),
);

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
/** The scripts that run a program of the project, and the program of each. */
const programs = Object.entries(scripts).flatMap(([name, script]) => {
  const program = /node (?:--import \S+ )?(?:dist\/)?((?:src|test)\/[\w/-]+)\.(?:js|ts)\b/u.exec(script)?.[1];
  return program === undefined ? [] : [{ name, program: `${program}.ts` }];
});

it('the commands of the project are found in package.json', () => {
  const found = new Set(programs.map(({ program }): string => program));
  expect(commands.map((file) => `${folder}/${file}`).filter((file) => !found.has(file))).toEqual([]);
  expect(programs.length).toBeGreaterThan(15);
});

it.each(programs)(
  'npm run $name -- --help says how it is used, and does nothing',
  async ({ name, program }) => {
    const { code, stdout, stderr } = await runFile(program, {}, '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(name === 'start' ? 'npm start' : `npm run ${name}`);
    expect(stdout).not.toMatch(/[0-9a-f]{64}/u);
  },
);

it('recovery-key gives the public half of a secret that is there, and says which is not one', async () => {
  const { stdout } = await runCommand('recovery-key', {});
  const [, known] = /RECOVERY_PUBLIC_KEY=(\S+)/u.exec(stdout) ?? [];
  const [, secret = ''] = /RECOVERY_KEY=([0-9a-f]{64})/u.exec(stdout) ?? [];
  const again = await runCommand('recovery-key', { RECOVERY_KEY: secret }, '--public');
  expect([again.code, again.stdout]).toEqual([0, `RECOVERY_PUBLIC_KEY=${known}\n`]);
  const none = await runCommand('recovery-key', { RECOVERY_KEY: 'x' }, '--public');
  expect([none.code, none.stdout, none.stderr]).toEqual([
    1,
    '',
    'RECOVERY_KEY is not 32 bytes in hexadecimal\n',
  ]);
});

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
