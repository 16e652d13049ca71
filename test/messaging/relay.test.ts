import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '../../src/messaging/contracts/cloud-event.js';
import { caseTopic, type CaseEvent } from '../../src/messaging/contracts/facts.js';
import { validateEvent } from '../../src/messaging/contracts/validate-event.js';
import { Relay, type RelayOptions } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import {
  TransportUnavailable,
  type IncomingMessage,
  type Transport,
} from '../../src/messaging/transport/transport.js';
import { startSequencer, type Sequencer } from '../../src/log/sequencer.js';
import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { kafkaBrokers } from '../support/kafka/kafka-brokers.js';
import { kafkaTransport, testOptions } from './connect-transport.js';
import { until } from './until.js';

const [ward, receiver] = ['SE2321000016-W101', 'SE2120001355-H001'];
const brokers = await kafkaBrokers();

describe.each([['embedded'], ...(brokers ? [['kafka']] : [])])('the relay on %s', (kind) => {
  let test: TestDatabase;
  let transport: Transport;
  let sequencer: Sequencer | undefined;
  const received: IncomingMessage[] = [];
  const relays: Relay[] = [];
  const start = (options: Partial<RelayOptions> = {}) => {
    const relay = new Relay({
      kinds: caseKinds,
      database: test.database,
      transport,
      pollMs: 20,
      ...options,
    });
    relays.push(relay);
    return relay;
  };

  beforeAll(async () => {
    test = await createTestDatabase();
    transport =
      kind === 'kafka'
        ? kafkaTransport(brokers!, { prefix: `${randomUUID()}.` })
        : new EmbeddedTransport(test.database, testOptions);
    await transport.ensureTopics([caseTopic]);
    await transport.subscribe({
      group: randomUUID(),
      topics: [caseTopic],
      handle: (batch) => Promise.resolve(void received.push(...batch)),
    });
    sequencer = startSequencer({ database: test.database, pollMs: 20 });
  });
  afterEach(async () => {
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  });
  afterAll(async () => {
    await sequencer?.stop();
    await transport.close();
    await test.drop();
  });

  /** Logs events of one case as they stand in the log. */
  const log = async (
    caseId: string,
    from: number,
    count: number,
    streamType = 'svu',
    type = 'AdmissionNoticePublished',
  ) => {
    await test.database.query(
      `with logged as (
         insert into event (id, stream_type, stream_id, stream_version, type, type_version, occurred_at, recorded_at, actor, cause, data)
         select gen_random_uuid(), $4, $1, n, $5, 1, '2026-03-01T10:00:00Z', now(),
           '{"kind":"system","system":"test"}', '{"kind":"hub","id":"test"}', '{"reason":"not for the topic"}'
         from generate_series($2::int, $3::int) n order by n returning position)
       insert into unsequenced select position from logged`,
      [caseId, from, from + count - 1, streamType, type],
    );
  };
  const grant = (caseId: string, unit: string) =>
    test.database.query(
      'insert into access_grant (scope, unit, stream_id, hospital, content) values ($1, $2, $1, false, true)',
      [caseId, unit],
    );
  const of = (caseId: string) =>
    received
      .filter(({ key }) => key === caseId)
      .map(({ value }) => JSON.parse(value) as CloudEvent<CaseEvent>);

  it('tells each event of a case once, in order, thin, to the units that take part; other streams never', async () => {
    const caseId = randomUUID();
    const stay = randomUUID();
    await grant(caseId, 'SE2321000016-W101');
    await grant(caseId, 'SE2120001355-H001');
    await log(caseId, 1, 30);
    await log(stay, 1, 3, 'stay');
    start();
    await until(() => of(caseId).length === 30, '30 events');
    const events = of(caseId);
    for (const event of events) expect(validateEvent(caseTopic, event).faults).toBeUndefined();
    const sequences = events.map(({ data }) => data.sequence);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    expect(new Set(events.map(({ id }) => id)).size).toBe(30);
    expect(events[0]?.data).toEqual({
      caseId,
      kind: 'svu',
      event: 'AdmissionNoticePublished',
      sequence: sequences[0],
      occurredAt: '2026-03-01T10:00:00.000Z',
      units: ['SE2120001355-H001', 'SE2321000016-W101'],
    });
    expect(of(stay)).toEqual([]);
    expect(JSON.stringify(events)).not.toContain('not for the topic');
  });

  it('VIEW-11: tells of an annulled case, which nobody sees any more, those who can read that it is annulled', async () => {
    const caseId = randomUUID();
    await test.database.query(
      `insert into access_grant (scope, unit, stream_id, hospital, content) select scope, unit, $1, false, true
         from unnest($2::uuid[], $3::text[]) as of (scope, unit)`,
      [
        caseId,
        [randomUUID(), randomUUID(), randomUUID()],
        ['SE2120001355-H001', 'SE2120001355-H001', 'SE2321000016-W101'],
      ],
    );
    await log(caseId, 1, 1);
    start();
    await until(() => of(caseId).length === 1, 'the event');
    expect(of(caseId)[0]?.data.units).toEqual(['SE2120001355-H001', 'SE2321000016-W101']);
  });

  it.each([
    ['skane', undefined, [receiver]],
    ['skane', 'minimum', [receiver]],
    ['skane', 'full', [receiver, ward]],
    ['norrbotten', undefined, [receiver, ward]],
    ['norrbotten', 'minimum', [receiver, ward]],
    ['vasterbotten', 'minimum', [receiver, ward]],
  ])('CON-5: under %s, sharing %s, followers read of %j', async (policy, sharing, units) => {
    expect(await unitsTold(policy, sharing)).toEqual(units);
  });

  it.each([
    ['WardChanged', 'skane', 'minimum', []],
    ['WardChanged', 'norrbotten', 'minimum', [receiver, ward]],
    ['WardChanged', 'skane', 'full', [receiver, ward]],
    ['JournalDischargeNoted', 'skane', 'minimum', []],
    ['JournalDischargeNoted', 'norrbotten', 'minimum', [ward]],
    ['Discharged', 'skane', 'minimum', [receiver]],
  ])('CON-5: that %s, under %s, sharing %s, concerns %j', async (type, policy, sharing, units) => {
    expect(await unitsTold(policy, sharing, type)).toEqual(units);
  });

  const unitsTold = async (policy: string, sharing: string | undefined, type?: string) => {
    const caseId = randomUUID();
    const part = { since: '2026-03-01T10:00:00.000Z', ground: 'opened', seesContent: true };
    const state = {
      kind: 'svu',
      policy: { name: policy, version: 1 },
      sharing,
      ward,
      openedAt: part.since,
      decisions: [],
      todos: {},
      notices: {},
      rounds: { 'admission-notice': 0, 'planned-discharge': 0, ready: 0 },
      participants: {
        [ward]: { ...part, unit: ward, side: 'hospital' },
        [receiver]: { ...part, unit: receiver, side: 'municipality' },
      },
    };
    await test.database.query(`insert into stream (id, type, version, state) values ($1, 'svu', 1, $2)`, [
      caseId,
      JSON.stringify(state),
    ]);
    await grant(caseId, ward);
    await grant(caseId, receiver);
    await log(caseId, 1, 1, 'svu', type);
    start();
    await until(() => of(caseId).length === 1, 'the event');
    return of(caseId)[0]?.data.units;
  };

  const left = async (
    caseId: string,
    { type, data, side, publishedAt }: { type: string; data: object; side: string; publishedAt?: string },
  ) => {
    const part = { since: '2026-03-01T09:00:00.000Z', ground: 'opened', seesContent: true };
    const state = {
      kind: 'svu',
      policy: { name: 'skane', version: 1 },
      sharing: 'full',
      ward,
      openedAt: part.since,
      ...(publishedAt === undefined ? {} : { publishedAt }),
      decisions: [],
      todos: {},
      notices: {},
      rounds: { 'admission-notice': 0, 'planned-discharge': 0, ready: 0 },
      participants: { [ward]: { ...part, unit: ward, side: 'hospital' } },
      formerSides: { [receiver]: side },
    };
    await test.database.query(`insert into stream (id, type, version, state) values ($1, 'svu', 1, $2)`, [
      caseId,
      JSON.stringify(state),
    ]);
    await grant(caseId, ward);
    await log(caseId, 1, 1);
    await test.database.query('update event set type = $2, data = $3 where stream_id = $1', [
      caseId,
      type,
      JSON.stringify(data),
    ]);
  };

  it.each([
    [
      'a receiver of a published case',
      'ParticipantRemoved',
      'municipality',
      '2026-03-01T09:30:00.000Z',
      true,
    ],
    // ACC-2: it was never told that there is a case.
    ['a receiver of a draft', 'ParticipantRemoved', 'municipality', undefined, false],
    [
      'a receiver of what was a draft then',
      'ParticipantRemoved',
      'municipality',
      '2026-03-01T11:00:00.000Z',
      false,
    ],
    ['a hospital unit of a draft', 'ParticipantRemoved', 'hospital', undefined, true],
    ['the ward before', 'WardChanged', 'hospital', '2026-03-01T09:30:00.000Z', true],
  ])('ACC-7: names a unit that was removed: %s', async (_what, type, side, publishedAt, named) => {
    const caseId = randomUUID();
    const data = type === 'WardChanged' ? { ward, from: receiver } : { unit: receiver };
    await left(caseId, { type, data, side, ...(publishedAt === undefined ? {} : { publishedAt }) });
    start();
    await until(() => of(caseId).length === 1, 'the event');
    const [event] = of(caseId);
    expect(validateEvent(caseTopic, event).faults).toBeUndefined();
    expect([event?.data.units, event?.data.removedUnits]).toEqual([[ward], named ? [receiver] : undefined]);
  });

  it('goes on where it was, after a restart and with two processes at it', async () => {
    const caseId = randomUUID();
    await log(caseId, 1, 10);
    start();
    await until(() => of(caseId).length === 10, 'the first ten');
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await log(caseId, 11, 10);
    const other = new Database({ url: test.url });
    try {
      start();
      start({ database: other });
      await until(() => of(caseId).length === 20, 'the next ten');
      await relays[0]?.stop();
      await log(caseId, 21, 10);
      await until(() => of(caseId).length === 30, 'the last ten, by whoever is left');
      await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    } finally {
      await other.close();
    }
    expect(of(caseId)).toHaveLength(30);
  });

  it('a transport that is away: nothing is passed over, and what was not told is told when it is back', async () => {
    const caseId = randomUUID();
    const errors: unknown[] = [];
    const away = kafkaTransport(['127.0.0.1:1'], { appendLimitMs: 1000 });
    await log(caseId, 1, 5);
    start({ transport: away, onError: (error) => errors.push(error) });
    await until(() => errors.some((error) => error instanceof TransportUnavailable), 'the append fails');
    await Promise.all(relays.splice(0).map((relay) => relay.stop()));
    await away.close();
    start();
    await until(() => of(caseId).length === 5, 'all five');
    expect(of(caseId)).toHaveLength(5);
  });
});
