import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { pino } from 'pino';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import { projectRoot } from '../../src/configuration/project-root.js';
import { adtMessage } from '../../src/demo/adt.js';
import { cast, patients } from '../../src/demo/cast.js';
import { FhirClient } from '../../src/demo/fhir-client.js';
import { newCase } from '../../src/demo/requests.js';
import { Database } from '../../src/persistence/database.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start } from '../../src/start/start.js';
import { administer } from '../support/postgres-server.js';
import { askService } from '../support/services.js';
import { stablePorts } from '../support/stable-ports.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

/**
 * A rolling upgrade: a hub of an earlier commit runs from its own source, with this checkout's packages, while this version migrates the schema
 * under it and runs beside it. The history of the repository has to be there (`git fetch --unshallow`).
 */

const root = projectRoot();
const clean: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const each of clean.splice(0).toReversed()) await each();
});

/** The source of a commit, able to run. */
async function sourceOf(commit: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'hemgang-rolling-'));
  clean.push(() => rm(folder, { recursive: true, force: true }));
  const source = path.join(folder, 'source');
  await mkdir(source);
  const archive = spawnSync('git', ['archive', commit], { cwd: root, maxBuffer: 200_000_000 });
  if (archive.status !== 0) throw new Error(`git has no commit ${commit}: ${archive.stderr.toString()}`);
  const unpacked = spawnSync('tar', ['-x', '-C', source], { input: archive.stdout });
  if (unpacked.status !== 0) throw new Error(unpacked.stderr.toString());
  await symlink(path.join(root, 'node_modules'), path.join(source, 'node_modules'));
  return source;
}

type Old = { readonly fhir: string; readonly mllp: number; stop(): Promise<number | null> };

async function startOld(commit: string, url: string, dataDirectory: string): Promise<Old> {
  const source = await sourceOf(commit);
  const names = [
    'HTTP',
    'MLLP',
    'METRICS',
    'STAND_IN_POPULATION_REGISTER',
    'STAND_IN_LISTING',
    'STAND_IN_HSA',
  ];
  const ports = await stablePorts(names.length + 1);
  const child: ChildProcess = spawn(
    process.execPath,
    ['--no-warnings', '--import', './test/support/typescript.mjs', 'src/start/main.ts'],
    {
      cwd: source,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: url,
        DATA_DIRECTORY: dataDirectory,
        STAND_IN_COSMIC_PORT: String(ports.at(-1)),
        ...Object.fromEntries(names.map((name, place) => [`${name}_PORT`, String(ports[place])])),
      },
    },
  );
  clean.push(() => void child.kill('SIGKILL'));
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (said += text.toString()));
  await waitFor('the old hub', () => {
    if (child.exitCode !== null) throw new Error(`it ended: ${said.slice(-2_000)}`);
    return Promise.resolve(said.includes('is ready') ? true : undefined);
  });
  return {
    fhir: `http://127.0.0.1:${ports[0]}/fhir`,
    mllp: ports[1] ?? 0,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

it.each(['28fa5e6', '46a3f39'])(
  'a hub of %s and this one work on the same cases, and no fact becomes a dead letter',
  async (commit) => {
    const { url: server = '' } = await askService('postgres');
    const name = `hemgang_test_${randomBytes(6).toString('hex')}`;
    await administer(server, `create database ${name}`);
    clean.push(() => administer(server, `drop database if exists ${name} with (force)`));
    const url = new URL(server);
    url.pathname = `/${name}`;
    const folder = await mkdtemp(path.join(tmpdir(), 'hemgang-rolling-data-'));
    clean.push(() => rm(folder, { recursive: true, force: true }));
    const database = new Database({ url: url.href });
    clean.push(() => database.close());

    const old = await startOld(commit, url.href, folder);
    const configuration = await wholeHubConfiguration(url.href, folder);
    const issuer = await openDemoIssuer(configuration);
    const oldNurse = await FhirClient.open(old.fhir, issuer, cast.nurse);
    const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
    const open = (nurse: FhirClient, patient: number) =>
      nurse.create<CarePlan>(newCase(patients[patient]?.number ?? '', new Date(), day));
    const before = await open(oldNurse, 0);

    // This version migrates the schema while the old one serves.
    const hub = await start(configuration, pino({ level: 'silent' }));
    clean.push(() => hub.stop());
    const nurse = await FhirClient.open(configuration.http.baseUrl, issuer, cast.nurse);
    const [byOld, byNew] = [await open(oldNurse, 1), await open(nurse, 2)];
    const ids = [before.id, byOld.id, byNew.id];
    for (const reader of [oldNurse, nurse])
      for (const id of ids) {
        const found = await reader.search<CarePlan>('CarePlan', { _id: id ?? '' });
        expect(found.map((plan) => plan.status)).toEqual(['draft']);
        expect((await reader.todos(id ?? '')).length).toBeGreaterThan(0);
      }

    let sent = 0;
    for (const port of [old.mllp, configuration.melior.port])
      for (const patient of patients.slice(0, 3)) {
        sent += 1;
        const at = new Date();
        const stay = { patient, ward: 'MED', visit: `R-${sent}`, admittedAt: at };
        const message = adtMessage({ ...stay, event: 'A01', controlId: `ROLL${sent}`, at });
        expect(await sendMllp('127.0.0.1', port, message)).toMatch(/MSA.AA/);
      }
    const states = async () => {
      const { rows } = await database.query<{ state: string; count: number }>(
        `select state, count(*)::int as count from inbox where topic like 'journal.stay%' group by state order by state`,
      );
      return rows;
    };
    await waitFor('the facts', async () => {
      const rows = await states();
      const all = rows.reduce((sum, { count }) => sum + count, 0);
      return all === sent && rows.every(({ state }) => state !== 'waiting');
    });
    expect(await states()).toEqual([{ state: 'done', count: sent }]);

    // What the old one ends is over in the eyes of the new one's jobs.
    await oldNurse.step(byNew.id ?? '', 'annul', { name: 'reason', valueString: 'Fel patient' });
    const { rows } = await database.query('select open from stream where id = $1', [byNew.id]);
    expect(rows).toEqual([{ open: false }]);
    expect(await old.stop()).toBe(0);
    const [last] = await nurse.search<CarePlan>('CarePlan', { _id: byOld.id ?? '' });
    expect(last?.status).toBe('draft');
  },
  120_000,
);
