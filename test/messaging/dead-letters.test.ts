import {
  DecisionRefused,
  discardDeadLetter,
  listDeadLetters,
  replayDeadLetter,
} from '../../src/messaging/inbox/dead-letters.js';
import { PermanentFailure } from '../../src/messaging/inbox/failure.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import type { InboxWorkers } from '../../src/messaging/inbox/workers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';
import { until } from './until.js';

describe('design 7.6: dead letters', () => {
  let test: TestDatabase;
  let inbox: Inbox;
  let workers: InboxWorkers | undefined;
  let mended = false;
  const decision = { actor: 'operator', reason: 'the mapping file was mended' };

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  beforeEach(async () => {
    await test.database.query('truncate inbox, inbox_decision restart identity');
    mended = false;
    inbox = new Inbox(test.database);
    workers = inbox.startWorkers(
      async (_, mark) => {
        if (!mended) throw new PermanentFailure('unmapped-ward', 'hub');
        await test.database.transaction((sql) => mark(sql, 'done', true));
      },
      { pollMs: 20 },
    );
  });
  afterEach(() => workers?.stop());
  afterAll(() => test.drop());

  const states = async () => {
    const { rows } = await test.database.query<{ state: string }>(
      'select state from inbox order by position',
    );
    return rows.map(({ state }) => state);
  };
  const dead = async (count: number) =>
    until(async () => (await listDeadLetters(test.database)).length === count, `${count} dead letters`);

  it('are listed with cause and owner and without payload, and counted', async () => {
    await inbox.take([stayMessage('p', 1), { ...stayMessage('q', 2), value: '{}' }]);
    await dead(2);
    const letters = await listDeadLetters(test.database);
    expect(letters.map(({ cause, owner }) => [cause.slice(0, 20), owner])).toEqual([
      ['unmapped-ward', 'hub'],
      ['invalid: / required ', 'sender'],
    ]);
    expect(Object.keys(letters[0]!).sort()).toEqual([
      'attempts',
      'cause',
      'eventId',
      'owner',
      'position',
      'receivedAt',
      'topic',
    ]);
    expect(await listDeadLetters(test.database, { after: letters[0]!.position })).toHaveLength(1);
    expect(await listDeadLetters(test.database, { limit: 1 })).toHaveLength(1);
    expect(await inbox.status()).toMatchObject({ waiting: 0, dead: 2 });
  });

  it('are replayed once what failed is mended, and the decision is kept', async () => {
    await inbox.take([stayMessage('p', 1)]);
    await dead(1);
    mended = true;
    const [letter] = await listDeadLetters(test.database);
    await replayDeadLetter(test.database, letter!.position, decision);
    await until(async () => (await states())[0] === 'done', 'the fact is done');
    await expect(replayDeadLetter(test.database, letter!.position, decision)).rejects.toBeInstanceOf(
      DecisionRefused,
    );
    const { rows } = await test.database.query('select position, action, actor, reason from inbox_decision');
    expect(rows).toEqual([{ position: letter!.position, action: 'replay', ...decision }]);
  });

  it('are discarded, stay known, and lose their payload after its time', async () => {
    const message = stayMessage('p', 1);
    await inbox.take([message]);
    await dead(1);
    const [letter] = await listDeadLetters(test.database);
    await discardDeadLetter(test.database, letter!.position, { actor: 'operator', reason: 'a test message' });
    await inbox.take([message]);
    expect(await states()).toEqual(['discarded']);
    expect(await inbox.dropPayloads(-1000)).toBe(1);
  });

  it('that do not fit their schema are checked anew, and refused while they still do not fit', async () => {
    await inbox.take([{ ...stayMessage('p', 1), value: '{"id":"190503279812"}' }]);
    await dead(1);
    const [letter] = await listDeadLetters(test.database);
    const replay = replayDeadLetter(test.database, letter!.position, decision);
    await expect(replay).rejects.toThrow(/still cannot be used: invalid: /);
    await expect(replay).rejects.not.toThrow(/190503279812/);
    expect(await states()).toEqual(['dead']);
  });

  it('that fit since the schema was mended go their way as if they had from the start', async () => {
    mended = true;
    const message = stayMessage('p', 1);
    const { rows } = await test.database.query<{ position: number }>(
      `insert into inbox (event_id, topic, content_hash, received_at, state, next_attempt_at, cause, owner, envelope)
       values ('unusable:x', $1, 'x', now(), 'dead', now(), 'invalid: /', 'sender', $2) returning position`,
      [
        message.topic,
        JSON.stringify({ base64: Buffer.from(message.value).toString('base64'), key: message.key }),
      ],
    );
    await replayDeadLetter(test.database, rows[0]!.position, decision);
    await until(async () => (await states())[0] === 'done', 'the fact is done');
    await inbox.take([message]);
    expect(await states()).toEqual(['done']);
  });

  it('ask for a reason, and take none that holds a personal number', async () => {
    await inbox.take([stayMessage('p', 1)]);
    await dead(1);
    const [letter] = await listDeadLetters(test.database);
    const written =
      '19050327-9812,190503279812,1905-03-27-9812,0503x27x9812,1905 03 27 98 12,050327 - 9812,１９０５０３２７９８１２,050327–9812,1905.03.27.9812,050327+9812';
    const numbers = written.split(',');
    for (const reason of [' ', ...numbers.map((number) => `wrong patient ${number}`)])
      for (const decide of [discardDeadLetter, replayDeadLetter]) {
        const refused = decide(test.database, letter!.position, { actor: 'operator', reason });
        await expect(refused).rejects.toBeInstanceOf(DecisionRefused);
      }
    for (const actor of numbers)
      await expect(
        discardDeadLetter(test.database, letter!.position, { actor, reason: 'why' }),
      ).rejects.toBeInstanceOf(DecisionRefused);
    expect(await states()).toEqual(['dead']);
  });
});
