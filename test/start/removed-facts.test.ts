import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import kafkajs from 'kafkajs';
import { pino } from 'pino';
import { sendMllp } from '../../connectors/melior/mllp/send-mllp.js';
import type { Configuration } from '../../src/configuration/configuration.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { sealedTopic } from '../../src/messaging/contracts/sealed-topics.js';
import {
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../src/messaging/inbox/dead-letters.js';
import { adtMessage } from '../../src/demo/adt.js';
import { patients } from '../../src/demo/cast.js';
import { connectorReport, needsAttention } from '../../src/administration/connectors/connector-report.js';
import { readConnectors } from '../../src/administration/connectors/read-connectors.js';
import { start, type Started } from '../../src/start/start.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startBroker, type Broker } from '../support/kafka/broker.js';
import { waitFor } from '../support/wait-for.js';
import { wholeHubConfiguration } from '../support/whole-hub.js';

const topic = sealedTopic(factTopics.stay);

describe.each(['embedded', 'kafka'] as const)(
  'facts that a topic lost before they were taken: %s',
  (kind) => {
    let store: TestDatabase;
    let broker: Broker | undefined;
    let configuration: Configuration;
    let dataDirectory: string;
    let started: Started | undefined;
    const lines: Record<string, unknown>[] = [];
    const logger = pino(
      { level: 'error' },
      { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
    );

    beforeAll(async () => {
      store = await createTestDatabase();
      broker = kind === 'kafka' ? await startBroker() : undefined;
      dataDirectory = await mkdtemp(path.join(tmpdir(), 'hemgang-removed-'));
      configuration = await wholeHubConfiguration(store.url, dataDirectory, broker ? [broker.brokers] : []);
    }, 120_000);
    afterAll(async () => {
      await started?.stop();
      await store?.drop();
      await broker?.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    });

    async function run({ worker }: { readonly worker: boolean }): Promise<void> {
      await started?.stop();
      const processes = new Set(configuration.processes);
      if (!worker) processes.delete('worker');
      started = await start({ ...configuration, processes }, logger);
    }

    async function admit(visits: readonly string[]): Promise<void> {
      const at = new Date(Date.now() - 60_000);
      for (const [place, visit] of visits.entries()) {
        const patient = patients[place % patients.length]!;
        const message = adtMessage({
          event: 'A01',
          controlId: visit,
          at,
          admittedAt: at,
          patient,
          ward: 'MED',
          visit,
        });
        expect(await sendMllp(configuration.melior.host, configuration.melior.port, message)).toContain(
          'MSA|AA',
        );
      }
      await waitFor(
        'everything on its topic',
        async () => (await count('connector_receipt where not published')) === 0,
      );
    }

    async function count(from: string): Promise<number> {
      const { rows } = await store.database.query<{ count: number }>(`select count(*) from ${from}`);
      return rows[0]?.count ?? 0;
    }

    const stays = () => count(`inbox where topic = '${factTopics.stay}' and state = 'done'`);

    /** What retention does to everything that is on the topic now. */
    async function removeAll(): Promise<void> {
      if (broker === undefined) {
        await store.database.query('delete from transport_message where topic = $1', [topic]);
        return;
      }
      const client = new kafkajs.Kafka({ brokers: [broker.brokers], logLevel: kafkajs.logLevel.NOTHING });
      const admin = client.admin();
      await admin.connect();
      const partitions = (await admin.fetchTopicOffsets(topic)).filter(({ high, low }) => high !== low);
      await admin.deleteTopicRecords({
        topic,
        partitions: partitions.map(({ partition, high }) => ({ partition, offset: high })),
      });
      await admin.disconnect();
    }

    const health = async () => {
      const { host, port } = configuration.metrics;
      return (await (await fetch(`http://${host}:${port}/health`)).json()) as {
        facts: { status: string; why?: string };
      };
    };
    const metrics = async () => {
      const { host, port } = configuration.metrics;
      return (await fetch(`http://${host}:${port}/metrics`)).text();
    };
    const removals = async () =>
      (await listDeadLetters(store.database)).filter(({ eventId }) => eventId.startsWith('removed:'));

    it.each([
      ['before any worker ran', ['V1', 'V2', 'V3']],
      ['while no worker ran', ['V4', 'V5', 'V6', 'V7', 'V8', 'V9']],
    ])(
      'promise 1: those removed %s are taken from their receipts, and somebody is told',
      async (_, visits) => {
        const before = { stays: await stays(), removals: (await removals()).length };
        await run({ worker: false });
        await admit(visits);
        await removeAll();
        await run({ worker: true });
        await waitFor('the stays', async () => (await stays()) === before.stays + visits.length, 60_000);
        const told = (await removals()).slice(before.removals);
        expect(told.length).toBeGreaterThan(0);
        for (const { cause } of told)
          expect(cause).toMatch(
            new RegExp(
              `^offsets? \\d+.* of partition \\d+ were removed before they were taken; ${visits.length} facts`,
            ),
          );
        expect(lines.filter(({ msg }) => String(msg).includes('removed'))).toHaveLength(
          told.length + before.removals,
        );
        expect(lines.at(-1)).toMatchObject({
          topic,
          partition: expect.any(Number),
          from: expect.any(Number),
        });
        expect((await health()).facts).toMatchObject({
          status: 'degraded',
          why: expect.stringContaining(topic),
        });
        expect(await metrics()).toMatch(
          /hemgang_facts_removed_total\{topic="journal.stay.v1.sealed",partition="\d+"\} [1-9]/,
        );
        const report = connectorReport(await readConnectors(store.database), configuration.connectorsMeant);
        expect(report.find(({ connector }) => connector === `removed (${topic})`)?.why[0]).toContain(
          'were removed',
        );
        expect(needsAttention(report)).toBe(true);
      },
      120_000,
    );

    it('what no receipt has any more is told all the same, once, and what came after is taken', async () => {
      const before = { stays: await stays(), removals: (await removals()).length };
      await run({ worker: false });
      await admit(['V10', 'V11']);
      await removeAll();
      await store.database.query('delete from connector_receipt');
      await admit(['V12']);
      await run({ worker: true });
      await waitFor('the stay', async () => (await stays()) === before.stays + 1, 60_000);
      const told = (await removals()).slice(before.removals);
      expect(told.length).toBeGreaterThan(0);
      for (const { cause } of told) expect(cause).toMatch(/; [01] facts of the topic/);
      await run({ worker: true });
      expect(await removals()).toHaveLength(before.removals + told.length);
    }, 120_000);

    it('a removal is discarded by somebody, with a reason, and cannot be replayed', async () => {
      const decision = { actor: 'test', reason: 'seen; the ward was rung' };
      for (const { position } of await removals()) {
        await expect(replayDeadLetter(store.database, position, decision)).rejects.toThrow(/payload/);
        await discardDeadLetter(store.database, position, decision);
      }
      expect((await health()).facts).toEqual({ status: 'up' });
      await admit(['V13']);
      await waitFor('the stay', async () => (await stays()) >= 11, 60_000);
      expect(await removals()).toEqual([]);
    });
  },
);
