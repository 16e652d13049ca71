import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { everyStream } from '../../src/cases/streams/collect-streams.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import { destroyPerson } from '../../src/log/destroy.js';
import { PostgresLog } from '../../src/log/postgres-log.js';
import { rebuild } from '../../src/log/rebuild.js';
import { startSequencer, type Sequencer } from '../../src/log/sequencer.js';
import { WrittenByNewer } from '../../src/log/written-by-newer.js';
import { caseTopic, factTopics } from '../../src/messaging/contracts/facts.js';
import { classifyFailure } from '../../src/messaging/inbox/failure.js';
import { Relay } from '../../src/messaging/relay/relay.js';
import { EmbeddedTransport } from '../../src/messaging/transport/embedded/embedded.js';
import { eventTypesAtFirst } from '../../src/persistence/event-types-at-first.js';
import { testOptions } from '../messaging/connect-transport.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, informed, opened } from '../support/svu.js';
import { waitFor } from '../support/wait-for.js';
import { openDraft } from './drafts.js';

/**
 * Two versions side by side (ADR 88): what a newer one wrote, and this one does not know, this one leaves alone. It makes neither a wrong
 * state of it nor a dead letter.
 */

/** Writes an event as a newer program would: of a type, and a form, that this one may not have. */
async function writeEvent(store: TestDatabase, streamId: string, type: string, typeVersion = 1) {
  await store.database.query(
    `with written as (
       insert into event (id, stream_type, stream_id, stream_version, type, type_version, person_id, occurred_at, recorded_at, actor, cause, data)
       select $2, stream_type, stream_id, stream_version + 1, $3, $4, person_id, occurred_at, recorded_at, actor, cause, '{}'
         from event where stream_id = $1 order by stream_version desc limit 1
       returning position),
     waiting as (insert into unsequenced (position) select position from written)
     update stream set version = version + 1 where id = $1`,
    [streamId, randomUUID(), type, typeVersion],
  );
}

/** Puts something of a kind into the folded state, as a newer program's event would have. */
async function writeState(store: TestDatabase, streamId: string, list: 'todos' | 'notices') {
  await store.database.query(
    `update stream set state = jsonb_set(state::jsonb, $2, '{"key": "x", "kind": "of-tomorrow", "state": "requested", "recipients": [], "content": {}}')::json where id = $1`,
    [streamId, [list, 'x']],
  );
}

const ways: readonly (readonly [string, (store: TestDatabase, id: string) => Promise<void>])[] = [
  ['an event of a type', (store, id) => writeEvent(store, id, 'OfTomorrow')],
  ['an event in a form', (store, id) => writeEvent(store, id, 'TodoCompleted', 2)],
  ['a kind of to-do', (store, id) => writeState(store, id, 'todos')],
  ['a kind of notice', (store, id) => writeState(store, id, 'notices')],
];

it('every stream says which events it knows, and the index leaves out those alone that there were at first', () => {
  for (const name of ['svu', 'stay', 'person', 'ward-notice']) {
    const { events } = everyStream.get(name);
    expect(events?.size).toBeGreaterThan(0);
  }
  const known = ['svu', 'stay', 'person', 'ward-notice'].flatMap((name) => [
    ...(everyStream.get(name).events ?? []),
  ]);
  expect(eventTypesAtFirst.filter((type) => type !== 'StreamDestroyed' && !known.includes(type))).toEqual([]);
});

it('every stream knows the log’s own event that it is destroyed, in the form of today', () => {
  for (const streamType of ['svu', 'stay', 'person', 'ward-notice']) {
    const knows = (typeVersion: number) =>
      everyStream.knows({ streamType, type: 'StreamDestroyed', typeVersion });
    expect([streamType, knows(1), knows(2)]).toEqual([streamType, true, false]);
  }
});

it('a fact of such a case never becomes a dead letter, however long it waits', () => {
  expect(classifyFailure(new WrittenByNewer('svu', 'the notice x'))).toEqual({
    retry: true,
    cause: 'written-by-newer-version',
    owner: 'hub',
    holdForMs: Infinity,
  });
});

describe('in the log', () => {
  let store: TestDatabase;
  let log: PostgresLog;
  let sequencer: Sequencer;
  beforeEach(async () => {
    store = await createTestDatabase();
    sequencer = startSequencer({ database: store.database, pollMs: 10 });
    log = new PostgresLog({ database: store.database, onAppended: () => sequencer.wake() });
  });
  afterEach(async () => {
    await sequencer.stop();
    await store.drop();
  });
  const load = (id: string) =>
    log.transact(
      { locks: [], cause: { kind: 'hub', id: 'test' }, recordedAt: new Date().toISOString() },
      (session) => session.load(svuStream, id),
    );
  const sequenced = () =>
    waitFor('the order', async () => {
      sequencer.wake();
      const { rows } = await store.database.query('select 1 from unsequenced limit 1');
      return rows.length === 0 ? true : undefined;
    });

  it.each(ways)('%s that this program does not know: the stream is not loaded', async (_what, write) => {
    const [id, other] = [await openDraft(log), await openDraft(log)];
    await write(store, id);
    await expect(load(id)).rejects.toThrow(WrittenByNewer);
    expect((await load(other)).state).toBeDefined();
  });

  it('PAT-6: a person who has a stream of a kind that this program does not know is left to those that do', async () => {
    const id = await openDraft(log);
    const { rows } = await store.database.query<{ person: string }>(
      `insert into stream (id, type, version, person_id, state) select gen_random_uuid(), 'of-tomorrow', 1, person_id, '{}' from stream where id = $1
       returning person_id as person`,
      [id],
    );
    const knowing = new PostgresLog({ database: store.database, streams: everyStream });
    const of = (each: PostgresLog) =>
      each.transact(
        { locks: [], cause: { kind: 'hub', id: 'test' }, recordedAt: new Date().toISOString() },
        (session) => session.streamsOf(rows[0]?.person ?? '', 'svu'),
      );
    await expect(of(knowing)).rejects.toThrow(WrittenByNewer);
    expect(await of(log)).toHaveLength(1);
  });

  it.each(ways.slice(0, 2))('%s: nothing is rebuilt without it', async (_what, write) => {
    const id = await openDraft(log);
    await write(store, id);
    await sequenced();
    const options = { database: store.database, registry: everyStream, resume: false };
    await expect(rebuild({ ...options, swap: true })).rejects.toThrow(WrittenByNewer);
    const { rows } = await store.database.query('select 1 from resource where not deleted and scope = $1', [
      id,
    ]);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('a relay that does not know an event tells nobody anything of it, and gives its place to one that does', async () => {
    const transport = new EmbeddedTransport(store.database, testOptions);
    try {
      await transport.ensureTopics([caseTopic]);
      const id = await openDraft(log);
      await writeEvent(store, id, 'OfTomorrow');
      await sequenced();
      const told = async () =>
        (await store.database.query(`select 1 from transport_message where topic = $1`, [caseTopic])).rows
          .length;
      const errors: unknown[] = [];
      const common = { kinds: caseKinds, database: store.database, transport, pollMs: 10 };
      const old = new Relay({
        ...common,
        knows: (event) => everyStream.knows(event),
        onError: (error) => errors.push(error),
      });
      await waitFor('the fault', () => Promise.resolve(errors.length > 0 ? true : undefined));
      expect(errors[0]).toBeInstanceOf(WrittenByNewer);
      expect(await told()).toBe(0);
      const { rows: all } = await store.database.query('select 1 from event where stream_id = $1', [id]);
      const newer = new Relay(common);
      await waitFor('the events', async () => ((await told()) === all.length ? true : undefined));
      await Promise.all([old.stop(), newer.stop()]);
    } finally {
      await transport.close();
    }
  }, 30_000);

  it('a person is destroyed by decision; a rebuild accepts it, and the relay tells what comes after', async () => {
    const transport = new EmbeddedTransport(store.database, testOptions);
    try {
      await transport.ensureTopics([caseTopic]);
      const id = await openDraft(log);
      const { rows } = await store.database.query<{ person: string }>(
        'select person_id as person from stream where id = $1',
        [id],
      );
      await destroyPerson(store.database, everyStream, rows[0]?.person ?? '', {
        by: { kind: 'system', system: 'test' },
        at: new Date().toISOString(),
        cause: { kind: 'hub', id: 'test' },
      });
      const { rows: left } = await store.database.query(
        `select 1 from event where stream_id = $1 and data is not null and type <> 'StreamDestroyed'`,
        [id],
      );
      expect(left).toEqual([]);
      const other = await openDraft(log);
      await sequenced();
      const options = { database: store.database, registry: everyStream, resume: false };
      expect((await rebuild({ ...options, swap: true })).differences).toEqual([]);
      const relay = new Relay({
        kinds: caseKinds,
        database: store.database,
        transport,
        pollMs: 10,
        knows: (event) => everyStream.knows(event),
      });
      await waitFor('what comes after', async () => {
        const told = await store.database.query('select 1 from transport_message where key = $1', [other]);
        return told.rows.length > 0 ? true : undefined;
      });
      await relay.stop();
    } finally {
      await transport.close();
    }
  }, 30_000);
});

describe('in the hub', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startHub();
  });
  afterAll(() => hub.stop());
  const numbers = ['194711199846', '192908059831', '193804289860', '194401309887'];

  it.each(ways.map(([what, write], index) => [what, write, numbers[index] ?? ''] as const))(
    '%s: a request is 503 and may be tried again, and nothing is written',
    async (_what, write, number) => {
      const id = await opened(hub, number);
      await write(hub.store, id);
      const count = async () =>
        (await hub.store.database.query('select 1 from event where stream_id = $1', [id])).rows.length;
      const before = await count();
      const nurse = await as(hub, 'nurse');
      const answer = await nurse.post(`CarePlan/${id}/$record-patient-information`, informed, {
        key: 'during-the-upgrade',
      });
      expect([answer.status, codesOf(answer)]).toEqual([503, ['written-by-newer']]);
      expect(answer.headers['retry-after']).toBe('5');
      expect(await count()).toBe(before);
      expect((await nurse.get(`CarePlan/${id}`)).status).toBe(200);
    },
  );

  it('PAT-6: a protected identity waits for a newer worker and is no dead letter', async () => {
    const number = '193406129829';
    const id = await opened(hub, number);
    await writeState(hub.store, id, 'notices');
    const person = { type: 'personnummer', value: number } as const;
    const told = await hub.tell(factTopics.person, {
      person,
      found: true,
      record: { identifier: person, protectedPerson: true },
      readAt: new Date().toISOString(),
    });
    expect(told).toMatchObject({ state: 'waiting', cause: 'written-by-newer-version' });
  });
});
