import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { pino } from 'pino';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { caseTopic, factTopics, type CaseEvent } from '../../src/messaging/contracts/facts.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { Database } from '../../src/persistence/database.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';
import { RestoreNoticed } from '../../src/start/checks/check-restored.js';
import { adtMessage } from '../../src/demo/adt.js';
import { cast, patients } from '../../src/demo/cast.js';
import { FhirClient } from '../../src/demo/fhir-client.js';
import { newCase } from '../../src/demo/requests.js';
import { openDemoIssuer } from '../../src/start/processes/hub.js';
import { start, type Started } from '../../src/start/start.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { runCommand } from '../support/run-command.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';
import { kafkaTransport } from '../messaging/connect-transport.js';

const logger = pino({ level: 'silent' });
const who = ['--user', 'SE4999000013-P001', '--reason', 'the disk was lost; backup of the morning'];
type Told = { readonly id: string; readonly data: CaseEvent };

describe('the database is restored to an earlier point, and Kafka is not', () => {
  let home: string;
  let postgres: EmbeddedPostgres;
  let broker: Broker;
  let database: Database;
  let configuration: Configuration;
  let started: Started | undefined;
  let follower: Transport;
  const followed: Told[] = [];
  const visits: string[] = [];
  const within = (name: string) => path.join(home, name);

  beforeAll(async () => {
    home = await mkdtemp(path.join(tmpdir(), 'hemgang-restore-'));
    [postgres, broker] = await Promise.all([
      startEmbeddedPostgres({ directory: within('postgres') }),
      startBroker(),
    ]);
    await migrate(postgres.url);
    database = new Database({ url: postgres.url });
    configuration = await wholeHubConfiguration(postgres.url, within('data'), [broker.brokers]);
    started = await start(configuration, logger);
    follower = kafkaTransport([broker.brokers]);
    await follower.subscribe({
      group: 'municipality',
      topics: [caseTopic],
      handle: (batch) =>
        Promise.resolve(void followed.push(...batch.map(({ value }) => JSON.parse(value) as Told))),
    });
  }, 180_000);
  afterAll(async () => {
    await started?.stop();
    await follower?.close();
    await database?.close();
    await postgres?.stop();
    await broker?.stop();
    await rm(home, { recursive: true, force: true });
  });

  async function stopHub(): Promise<void> {
    await started?.stop();
    started = undefined;
  }

  /** A copy of the stopped server's directory: what a backup of the file system is. */
  async function copyDatabase(from: string, to: string): Promise<void> {
    const { port } = postgres;
    await postgres.stop();
    await rm(within(to), { recursive: true, force: true });
    await cp(within(from), within(to), { recursive: true });
    postgres = await startEmbeddedPostgres({ directory: within('postgres'), port });
    await waitFor('the database', () => database.healthy());
  }

  async function admit(visit: string, number: number): Promise<void> {
    const at = new Date(Date.now() - 60_000);
    const patient = patients[number % patients.length]!;
    const message = adtMessage({
      event: 'A01',
      controlId: visit,
      at,
      admittedAt: at,
      patient,
      ward: 'MED',
      visit,
    });
    expect(await sendMllp(configuration.melior.host, configuration.melior.port, message)).toContain('MSA|AA');
    visits.push(visit);
  }

  const taken = async (): Promise<number> => {
    const { rows } = await database.query<{ count: number }>(
      `select count(*) from inbox where topic = $1 and state = 'done'`,
      [factTopics.stay],
    );
    return rows[0]?.count ?? 0;
  };
  const allTaken = () =>
    waitFor('every acknowledged fact', async () => (await taken()) === visits.length, 60_000);

  /** Opens a case, and waits until the follower has heard of it. */
  async function openCase(number: number): Promise<void> {
    const nurse = await FhirClient.open(
      configuration.http.baseUrl,
      await openDemoIssuer(configuration),
      cast.nurse,
    );
    const from = followed.length;
    const day = new Date(Date.now() + 4 * 86_400_000).toISOString().slice(0, 10);
    const plan = await nurse.create<CarePlan>(newCase(patients[number]!.number, new Date(), day));
    await waitFor('the follower', () => followed.slice(from).some(({ data }) => data.caseId === plan.id));
  }

  const environment = () => ({
    DATABASE_URL: postgres.url,
    DATA_DIRECTORY: within('data'),
    KAFKA_BROKERS: broker.brokers,
    KAFKA_REPLICATION_FACTOR: '1',
    KAFKA_MIN_IN_SYNC_REPLICAS: '1',
  });

  /** What was set back is refused, and nothing is changed by asking. */
  const refused = async (what: RegExp) => {
    const starting = start(configuration, logger);
    await expect(starting).rejects.toThrow(RestoreNoticed);
    await expect(starting).rejects.toThrow(what);
    await expect(starting).rejects.toThrow(/npm run after-restore/);
  };

  it('promise 1: a start is refused, after-restore sets the consumers back, and every acknowledged fact is there', async () => {
    await admit('B1', 0);
    await allTaken();
    await openCase(0);
    await stopHub();
    await copyDatabase('postgres', 'backup');
    started = await start(configuration, logger);
    for (const [place, visit] of ['R1', 'R2', 'R3', 'R4'].entries()) await admit(visit, place + 1);
    await allTaken();
    await openCase(1);
    expect((await runCommand('after-restore', environment(), ...who)).stderr).toMatch(/group hub is running/);
    await stopHub();

    await copyDatabase('backup', 'postgres');
    expect(await taken()).toBe(1);
    await refused(/\/\d+ was taken up to \d+/);
    expect((await runCommand('after-restore', environment(), ...who)).stdout).toMatch(
      /^\d+ facts of \d+ partitions are taken again/m,
    );
    started = await start(configuration, logger);
    await allTaken();
    const { rows } = await database.query<{ visit: string }>(
      `select state ->> 'visit' as visit from stream where type = 'stay'`,
    );
    expect(rows).toHaveLength(visits.length);
  }, 300_000);

  it('no follower sees one sequence for two events within one epoch, and all events since have a new epoch', async () => {
    const before = followed.length;
    await openCase(2);
    const epochs = new Set(followed.slice(before).map(({ data }) => data.epoch));
    expect(epochs.size).toBe(1);
    expect([...epochs][0]).toEqual(expect.any(String));
    const events = new Map<string, Set<string>>();
    for (const { id, data } of followed) {
      const place = `${data.epoch} ${data.sequence}`;
      events.set(place, (events.get(place) ?? new Set()).add(id));
    }
    expect([...events.values()].filter((ids) => ids.size > 1)).toEqual([]);
    // It would have been so without an epoch: that is what it is for.
    const bySequence = Map.groupBy(followed, ({ data }) => data.sequence);
    expect([...bySequence.values()].some((told) => new Set(told.map(({ id }) => id)).size > 1)).toBe(true);
  });

  it('ACC-5: the trail says who restored, why, and what was set back', async () => {
    const { rows } = await database.query<{ actor: string; detail: { setBack: unknown[]; reason: string } }>(
      `select actor, detail from audit_record where action = 'database-restored'`,
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ actor: who[1], detail: { reason: who[3] } });
    expect(rows[0]?.detail.setBack.length).toBeGreaterThan(0);
  });

  it('what is dealt with is not asked for again', async () => {
    await stopHub();
    started = await start(configuration, logger);
    expect(started.transport).toBe('kafka');
  });

  it('a restore is noticed by the events of cases alone, where no fact came since', async () => {
    await stopHub();
    await copyDatabase('postgres', 'backup');
    started = await start(configuration, logger);
    await openCase(1);
    await stopHub();
    await copyDatabase('backup', 'postgres');
    await refused(/case\.event\.v1\/\d+ ends with an event that the log does not have/);
    expect((await runCommand('after-restore', environment(), ...who)).code).toBe(0);
    started = await start(configuration, logger);
  }, 180_000);

  it('a hub that took facts without noting how far leads to no refusal', async () => {
    await stopHub();
    await database.query('delete from intake_offset');
    started = await start(configuration, logger);
    const { rows } = await database.query('select from intake_offset');
    expect(rows.length).toBeGreaterThan(0);
  });

  it.each([
    ['nobody', []],
    ['a person without a reason', who.slice(0, 2)],
    ['a reason with a personal number', [...who.slice(0, 3), 'for 193406129829']],
  ])('after-restore is not done for %s', async (_, parameters) => {
    expect((await runCommand('after-restore', environment(), ...parameters)).code).toBe(2);
  });
});
