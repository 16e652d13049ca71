import { Module, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { randomUUID } from 'node:crypto';
import { everyFactTopic } from '../support/sealed.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { listDeadLetters } from '../../src/messaging/inbox/dead-letters.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { FactIntake, inboxToken } from '../../src/messaging/inbox/intake.js';
import type { Transport } from '../../src/messaging/transport/transport.js';
import { TransportServer } from '../../src/messaging/transport/transport-server.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { connectTransport } from './connect-transport.js';
import { stayMessage } from './facts.js';
import { until } from './until.js';

const brokers = await kafkaBrokers();

describe.each([['embedded'], ...(brokers ? [['kafka']] : [])])(
  'the intake as a NestJS microservice on %s',
  (kind) => {
    let test: TestDatabase;
    let transport: Transport;
    let service: INestMicroservice | undefined;

    beforeAll(async () => {
      test = await createTestDatabase();
      transport = connectTransport(kind, kind === 'kafka' ? brokers!.join(',') : test.url, {
        prefix: `${randomUUID()}.`,
      });
      await transport.ensureTopics(everyFactTopic);

      @Module({
        controllers: [FactIntake],
        providers: [{ provide: inboxToken, useValue: new Inbox(test.database) }],
      })
      class IntakeModule {}

      service = await NestFactory.createMicroservice(IntakeModule, {
        strategy: new TransportServer(transport, `intake-${randomUUID()}`),
        logger: false,
      });
      await service.listen();
    });
    afterAll(async () => {
      await service?.close();
      await transport.close();
      await test.drop();
    });

    const stored = async (person: string) => {
      const { rows } = await test.database.query<{ n: number }>(
        `select count(*) as n from inbox where envelope->'data'->'person'->>'value' = $1`,
        [person],
      );
      return rows[0]?.n;
    };

    it('stores every fact once', async () => {
      const person = randomUUID();
      await transport.append(
        factTopics.stay,
        Array.from({ length: 100 }, (_, n) => stayMessage(person, n)),
      );
      await transport.append(factTopics.stay, [stayMessage(person, 1)]);
      await until(async () => (await stored(person)) === 100, 'all facts are stored');
      expect(await listDeadLetters(test.database)).toEqual([]);
    });

    it('a store that fails leaves the offset, and the batch comes again', async () => {
      const person = randomUUID();
      await test.database.query('alter table inbox rename to inbox_away');
      await transport.append(factTopics.stay, [stayMessage(person, 1)]);
      await new Promise((resolve) => setTimeout(resolve, 500));
      await test.database.query('alter table inbox_away rename to inbox');
      await until(async () => (await stored(person)) === 1, 'the fact is stored');
      expect(await listDeadLetters(test.database)).toEqual([]);
    });
  },
);
