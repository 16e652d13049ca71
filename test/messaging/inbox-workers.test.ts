import { ClaimLost, type Fact, type FactHandler, type Mark } from '../../src/messaging/inbox/fact.js';
import { PermanentFailure, RetryableFailure } from '../../src/messaging/inbox/failure.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import type { InboxWorkers, WorkersOptions } from '../../src/messaging/inbox/workers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';
import { until } from './until.js';

const messageOf = (fact: Fact) => (fact.event.data as { messageId: string }).messageId;

describe('the workers of the inbox', () => {
  let test: TestDatabase;
  let inbox: Inbox;
  const running: InboxWorkers[] = [];
  const start = (handle: FactHandler, options: WorkersOptions = {}) => {
    const workers = inbox.startWorkers(handle, {
      pollMs: 20,
      backOff: { firstMs: 10, mostMs: 50 },
      ...options,
    });
    running.push(workers);
    return workers;
  };
  const finish = (fact: Fact, mark: Mark, keep = true) =>
    test.database.transaction(async (sql) => {
      await sql.query('insert into effect (message) values ($1)', [messageOf(fact)]);
      await mark(sql, 'done', keep);
    });
  const effects = async () => {
    const { rows } = await test.database.query<{ message: string }>(
      'select message from effect order by place',
    );
    return rows.map(({ message }) => message);
  };
  const states = async () => {
    const { rows } = await test.database.query<{ state: string; cause: string | null; attempts: number }>(
      'select state, cause, attempts from inbox order by position',
    );
    return rows;
  };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.query(
      'create table effect (place bigint generated always as identity, message text unique)',
    );
  });
  beforeEach(async () => {
    await test.database.query('truncate inbox, inbox_decision, effect');
    inbox = new Inbox(test.database);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((workers) => workers.stop()));
  });
  afterAll(() => test.drop());

  it('while way is given to senders a few facts at a time are dealt with, never none; afterwards as many as there are places', async () => {
    const many = 60;
    await inbox.take(Array.from({ length: many }, (_, n) => stayMessage(`way${n}`, 0)));
    let gives = true;
    let under = 0;
    const most = { giving: 0, after: 0 };
    start(
      async (fact, mark) => {
        under += 1;
        const when = gives ? 'giving' : 'after';
        most[when] = Math.max(most[when], under);
        await finish(fact, mark);
        under -= 1;
      },
      { concurrency: 32, givesWay: () => gives },
    );
    await until(async () => (await effects()).length >= 12, 'some are done though way is given');
    gives = false;
    await until(async () => (await effects()).length === many, 'all are done');
    expect(most.giving).toBeLessThanOrEqual(4);
    expect(most.after).toBeGreaterThan(4);
  });

  it('a long line leaves a share for what comes now: another person’s fact is reached while thousands wait, each person in order', async () => {
    const many = 3_000;
    for (let from = 0; from < many; from += 500)
      await inbox.take(Array.from({ length: 500 }, (_, n) => stayMessage(`p${(from + n) % 300}`, from + n)));
    await test.database.query('analyze inbox');
    const order: string[] = [];
    let sent: Promise<void> | undefined;
    const workers = start(
      async (fact, mark) => {
        await finish(fact, mark);
        order.push(messageOf(fact));
        if (order.length === 40) sent = inbox.take([stayMessage('fresh', 0)]);
      },
      { concurrency: 4 },
    );
    await until(() => Promise.resolve(order.includes('fresh/0')), 'the fresh fact is done');
    await sent;
    await workers.stop();
    expect(order.length).toBeLessThan(many / 4);
    for (let person = 0; person < 300; person += 1) {
      const numbers = order
        .filter((one) => one.startsWith(`p${person}/`))
        .map((one) => Number(one.split('/')[1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    }
  });

  it('design 7.3: each person in order and one at a time, several persons at once, shared by several workers', async () => {
    const active = new Set<string>();
    let most = 0;
    const handle: FactHandler = async (fact, mark) => {
      const person = messageOf(fact).split('/')[0]!;
      expect(active.has(person)).toBe(false);
      active.add(person);
      most = Math.max(most, active.size);
      await test.database.transaction(async (sql) => {
        await sql.query('insert into effect (message) values ($1)', [messageOf(fact)]);
        await mark(sql, 'done', true);
        active.delete(person); // Once committed, the next may begin before this handler has heard.
      });
    };
    start(handle, { concurrency: 4 });
    start(handle, { concurrency: 4 });
    await inbox.take(Array.from({ length: 200 }, (_, n) => stayMessage(`p${n % 10}`, n)));
    await until(async () => (await effects()).length === 200, 'all facts are done');
    expect(most).toBeGreaterThan(1);
    const done = await effects();
    for (let person = 0; person < 10; person += 1) {
      const numbers = done
        .filter((one) => one.startsWith(`p${person}/`))
        .map((one) => Number(one.split('/')[1]));
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it('a stored fact is taken up at once, without waiting for the poll', async () => {
    start(finish, { pollMs: 60_000 });
    await inbox.take([stayMessage('p', 1)]);
    await until(async () => (await effects()).length === 1, 'the fact is done');
    expect((await states())[0]?.state).toBe('done');
  });

  it('effect and mark are one: a handler that fails after its effect leaves neither', async () => {
    let attempts = 0;
    start((fact, mark) =>
      test.database.transaction(async (sql) => {
        await sql.query('insert into effect (message) values ($1)', [messageOf(fact)]);
        await mark(sql, 'done', true);
        attempts += 1;
        if (attempts < 3) throw new RetryableFailure('register-down', 'register');
      }),
    );
    await inbox.take([stayMessage('p', 1)]);
    await until(async () => (await effects()).length === 1, 'the fact is done');
    expect(attempts).toBe(3);
    expect(await states()).toEqual([{ state: 'done', cause: null, attempts: 3 }]);
  });

  it('design 4: a failing fact holds back later facts of its person alone, for a bounded time; then the rest goes on', async () => {
    const started = Date.now();
    start(
      (fact, mark) =>
        messageOf(fact) === 'bad/1'
          ? Promise.reject(new RetryableFailure('register-down', 'register'))
          : finish(fact, mark),
      { holdLimitMs: 700 },
    );
    await inbox.take([
      stayMessage('bad', 1),
      stayMessage('bad', 2),
      stayMessage('good', 3),
      stayMessage('bad', 4),
    ]);
    await until(async () => (await effects()).length === 3, 'the rest goes on');
    expect(Date.now() - started).toBeGreaterThan(600);
    expect(await effects()).toEqual(['good/3', 'bad/2', 'bad/4']);
    const [bad] = await states();
    expect(bad).toMatchObject({ state: 'dead', cause: 'register-down' });
    expect(bad!.attempts).toBeGreaterThan(3);
  });

  it('design 7.4: what no retry can help is a dead letter after one attempt, without the text of an unknown error', async () => {
    start((fact) => {
      if (messageOf(fact) === 'p/1') throw new PermanentFailure('unmapped-ward', 'hub');
      throw new TypeError('190503279812 is not a ward');
    });
    await inbox.take([stayMessage('p', 1), stayMessage('q', 2)]);
    await until(async () => (await states()).every(({ state }) => state === 'dead'), 'both are dead');
    expect(await states()).toEqual([
      { state: 'dead', cause: 'unmapped-ward', attempts: 1 },
      { state: 'dead', cause: 'unexpected: TypeError', attempts: 1 },
    ]);
  });

  it('a handler that resolves without having marked is a fault, not a done fact', async () => {
    start(() => Promise.resolve());
    await inbox.take([stayMessage('p', 1)]);
    await until(async () => (await states())[0]?.state === 'dead', 'a dead letter');
    expect((await states())[0]?.cause).toBe('its handler did not mark it');
  });

  it('an attempt that has no end is given up, and its late mark is refused', async () => {
    let late: Promise<void> | undefined;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    start(
      (fact, mark) => {
        if (late !== undefined) return finish(fact, mark);
        late = held.then(() => test.database.transaction((sql) => mark(sql, 'late', true)));
        return late;
      },
      { attemptLimitMs: 200 },
    );
    await inbox.take([stayMessage('p', 1)]);
    await until(async () => (await effects()).length === 1, 'the second attempt');
    release();
    await expect(late).rejects.toThrow('another worker has this fact now');
    expect(await effects()).toEqual(['p/1']);
  });

  it('a claim that is kept alive is not taken by others, however long the attempt', async () => {
    let attempts = 0;
    const slow: FactHandler = async (fact, mark) => {
      attempts += 1;
      await new Promise((resolve) => setTimeout(resolve, 900));
      await finish(fact, mark);
    };
    start(slow, { leaseMs: 300 });
    start(slow, { leaseMs: 300 });
    await inbox.take([stayMessage('p', 1)]);
    await until(async () => (await effects()).length === 1, 'done');
    expect(attempts).toBe(1);
  });

  it('a claim that is said to be lost and is held is given back, and the fact is taken up again before the claim would run out', async () => {
    const lost: number[] = [];
    start((fact, mark) => (lost.length === 0 ? Promise.reject(new ClaimLost()) : finish(fact, mark)), {
      leaseMs: 600_000,
      onEvent: (event) => void (event.kind === 'claim-lost' && lost.push(event.position)),
    });
    await inbox.take([stayMessage('p', 1), stayMessage('p', 2)]);
    await until(async () => (await effects()).length === 2, 'both are done', 5_000);
    expect(lost).toHaveLength(1);
    expect(await states()).toMatchObject([
      { state: 'done', attempts: 2 },
      { state: 'done', attempts: 1 },
    ]);
  });

  it('CON-5: a payload that may not be kept is dropped with the mark; others after their time', async () => {
    start((fact, mark) => finish(fact, mark, messageOf(fact) !== 'p/1'));
    const messages = [stayMessage('p', 1), stayMessage('q', 2)];
    // What came in is recorded with its fact's id (connectors/common/recording).
    await test.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, event_id, key_id, sealed)
       select 'c', 's', 'm', now(), 'stored', event_id, 'k', '' from unnest($1::text[]) as fact (event_id)`,
      [messages.map(({ value }) => (JSON.parse(value) as { id: string }).id)],
    );
    await inbox.take(messages);
    await until(async () => (await effects()).length === 2, 'both are done');
    const recorded = await test.database.query<{ event_id: string }>(
      'select event_id from connector_recording',
    );
    expect(recorded.rows).toEqual([{ event_id: (JSON.parse(messages[1]!.value) as { id: string }).id }]);
    const kept = async () => {
      const { rows } = await test.database.query<{ kept: boolean }>(
        'select envelope is not null as kept from inbox order by position',
      );
      return rows.map((row) => row.kept);
    };
    expect(await kept()).toEqual([false, true]);
    expect(await inbox.dropPayloads(60_000)).toBe(0);
    expect(await inbox.dropPayloads(-1000)).toBe(1);
    expect(await kept()).toEqual([false, false]);
    expect(await inbox.status()).toMatchObject({ waiting: 0, dead: 0, oldestWaitingSeconds: 0 });
  });
});
