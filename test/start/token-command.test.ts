import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TokenAuthenticator } from '../../src/access/token-authenticator.js';
import { TokenVerifier } from '../../src/access/token-verifier.js';
import { loadConfiguration } from '../../src/configuration/load-configuration.js';
import { buildDirectory } from '../../src/directory/directory.js';
import { readOrganisationFile } from '../../src/start/checks/configured-files.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { runCommand } from '../support/run-command.js';

const unit = 'SE4999000013-H101';
const user = 'SE4999000013-P017';
const clock = { now: () => new Date() };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'hemgang-token-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run token, beside a hub that has run', () => {
  let authenticate: (token: string) => ReturnType<TokenAuthenticator['authenticate']>;
  const token = (...parameters: readonly string[]) =>
    runCommand('token', { DATA_DIRECTORY: path.join(folder, 'hub') }, ...parameters);
  beforeAll(async () => {
    const configuration = loadConfiguration({ DATA_DIRECTORY: path.join(folder, 'hub') });
    const issuer = await openDemoIssuer(configuration);
    const directory = buildDirectory(readOrganisationFile(configuration.organisationFile));
    const by = new TokenAuthenticator(new TokenVerifier([issuer.configuration], clock), () => directory);
    authenticate = (written) => by.authenticate(`Bearer ${written.trim()}`, 'r');
  });

  it('gives the token of a person at a unit', async () => {
    const { stdout } = await token('--user', user, '--unit', unit);
    expect((await authenticate(stdout)).actor).toMatchObject({ user, unit });
  });

  it('ORG-3: gives the token of a system and its units', async () => {
    const units = [unit, 'SE4999000013-H102'];
    const { stdout } = await token('--client', 'journal-a', ...units.flatMap((each) => ['--unit', each]));
    const context = await authenticate(stdout);
    expect(context).toMatchObject({ client: 'journal-a', units });
    expect(context.actor).toBeUndefined();
  });

  it.each([
    ['nobody is named', ['--unit', unit], 'say for whom'],
    ['both are named', ['--user', user, '--client', 'a', '--unit', unit], 'say for whom'],
    ['a person is at two units', ['--user', user, '--unit', unit, '--unit', unit], 'say for whom'],
    ['a system has a role', ['--client', 'a', '--unit', unit, '--role', 'nurse'], 'say for whom'],
    ['a system has no unit', ['--client', 'a'], 'say for whom'],
    ['a unit is not known', ['--client', 'a', '--unit', 'SE4999000013-X999'], 'no unit here'],
    ['the person is not there', ['--user', user, '--unit', 'SE4999000013-W101'], 'no active role'],
  ])('gives none when %s', async (_when, parameters, why) => {
    const { code, stdout, stderr } = await token(...parameters);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(new RegExp(`^No token: .*${why}`));
  });
});

describe('a command beside a hub makes neither data directory nor key', () => {
  const stay = 'src/demo/fictional-region/stay.hl7';
  const beside: readonly [string, ...string[]][] = [
    ['token', '--user', user, '--unit', unit],
    ['token', '--client', 'journal-a', '--unit', unit],
    ['demo'],
    ['follow'],
    ['connectors'],
    ['dead-letters', 'list'],
    ['recordings', 'list', '--user', 'SE4999000013-P014', '--reason', 'to see'],
    ['rebuild'],
    ['verify-audit'],
  ];
  /** Runs it where no directory is, and where an empty one is, and expects both to stay so. */
  const runTwice = async (name: string, ...parameters: readonly string[]) => {
    const none = path.join(folder, 'none');
    const empty = path.join(folder, 'empty');
    await mkdir(empty, { recursive: true });
    const ended = await Promise.all(
      [none, empty].map((DATA_DIRECTORY) => runCommand(name, { DATA_DIRECTORY }, ...parameters)),
    );
    expect(existsSync(none)).toBe(false);
    expect(await readdir(empty)).toEqual([]);
    return ended;
  };

  it.each(beside)('%s %s, which needs a hub', async (name, ...parameters) => {
    for (const { code, stderr } of await runTwice(name, ...parameters)) {
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/no hub .*(?:has run on|runs here)/i);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  it('hl7, which needs none', async () => {
    for (const { code, stderr } of await runTwice('hl7', stay)) expect([code, stderr]).toEqual([0, '']);
  });
});
