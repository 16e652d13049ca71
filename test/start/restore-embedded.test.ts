import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { pino } from 'pino';
import type { Configuration } from '../../src/configuration/configuration.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';
import { RestoreNoticed } from '../../src/start/checks/check-restored.js';
import { cast, patients } from '../../src/demo/cast.js';
import { FhirClient } from '../../src/demo/fhir-client.js';
import { newCase } from '../../src/demo/requests.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start } from '../../src/start/start.js';
import { adtMessage } from '../../src/demo/adt.js';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import { waitFor } from '../support/wait-for.js';
import { runCommand } from '../support/run-command.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const logger = pino({ level: 'silent' });

/** The transport is in the database and goes back with it; what tells is the file of the trail's ends. */
let home: string;
let postgres: EmbeddedPostgres;
let configuration: Configuration;
const within = (name: string) => path.join(home, name);

beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'hemgang-restore-embedded-'));
  postgres = await startEmbeddedPostgres({ directory: within('postgres') });
  await migrate(postgres.url);
  configuration = await wholeHubConfiguration(postgres.url, within('data'));
});
afterEach(async () => {
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
});

/** Stops the server, copies its directory from one place to another, and starts it again. */
async function copyDatabase(from: string, to: string): Promise<void> {
  const { port } = postgres;
  await postgres.stop();
  await rm(within(to), { recursive: true, force: true });
  await cp(within(from), within(to), { recursive: true });
  postgres = await startEmbeddedPostgres({ directory: within('postgres'), port });
}

async function openCase(number: number): Promise<void> {
  const nurse = await FhirClient.open(
    configuration.http.baseUrl,
    await openDemoIssuer(configuration),
    cast.nurse,
  );
  const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
  await nurse.create<CarePlan>(newCase(patients[number]!.number, new Date(), day));
}

const starts = async () => {
  const hub = await start(configuration, logger);
  await hub.stop();
};

const afterRestore = async () => {
  const said = await runCommand(
    'after-restore',
    { DATABASE_URL: postgres.url, DATA_DIRECTORY: within('data') },
    '--user',
    'SE4999000013-P001',
    '--reason',
    'the disk was lost',
  );
  expect([said.code, said.stderr]).toEqual([0, '']);
};

it('a database that was set back is refused on the embedded transport too, until somebody says that it was restored', async () => {
  await starts();
  // Started again, and stopped: nothing is missing.
  await starts();
  await copyDatabase('postgres', 'backup');
  await starts();
  const hub = await start(configuration, logger);
  await openCase(0);
  await hub.stop();

  await copyDatabase('backup', 'postgres');
  for (let attempt = 0; attempt < 2; attempt += 1) {
    const starting = start(configuration, logger);
    await expect(starting).rejects.toThrow(RestoreNoticed);
    await expect(starting).rejects.toThrow(/audit-heads\.jsonl has an end .* npm run after-restore/s);
  }

  await afterRestore();
  await starts();
  await starts();

  // The same backup once more: the epoch went with it.
  await copyDatabase('backup', 'postgres');
  await expect(start(configuration, logger)).rejects.toThrow(RestoreNoticed);
}, 180_000);

it('such a database is refused where facts alone came since the backup, until somebody says that it was restored', async () => {
  const hub = await start(configuration, logger);
  const send = async (controlId: string) => {
    const at = new Date();
    const patient = patients[0];
    const text = adtMessage({
      event: 'A01',
      controlId,
      at,
      admittedAt: at,
      patient: { number: patient.number, family: 'Testsson', given: 'Test' },
      ward: 'MED',
      visit: controlId,
    });
    const answer = await waitFor('an answer', () =>
      sendMllp(configuration.melior.host, configuration.melior.port, text).catch(() => undefined),
    );
    expect(answer).toContain('MSA|AA|');
  };
  await send('BEFORE');
  // The hub runs on while its server is copied: no start and no access makes an end of the trail afterwards.
  await copyDatabase('postgres', 'backup');
  await send('SINCE');
  await hub.stop();

  await copyDatabase('backup', 'postgres');
  const starting = start(configuration, logger);
  await expect(starting).rejects.toThrow(RestoreNoticed);
  await expect(starting).rejects.toThrow(
    /audit-heads\.jsonl\.receipts has the receipt \d+ .* npm run after-restore/s,
  );

  await afterRestore();
  await starts();
  await starts();
}, 180_000);
