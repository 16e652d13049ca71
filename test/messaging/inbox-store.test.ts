import { listDeadLetters } from '../../src/messaging/inbox/dead-letters.js';
import { Inbox } from '../../src/messaging/inbox/inbox.js';
import { storeFacts } from '../../src/messaging/inbox/store.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { stayMessage } from './facts.js';

describe('the inbox stores', () => {
  let test: TestDatabase;
  const store = (batch: Parameters<typeof storeFacts>[1]) =>
    storeFacts(test.database, batch, new Date('2026-03-01T10:00:00Z'));
  const rows = async () => {
    const { rows } = await test.database.query<{ event_id: string; state: string; cause: string | null }>(
      'select event_id, state, cause from inbox order by position',
    );
    return rows;
  };

  beforeAll(async () => {
    test = await createTestDatabase();
  });
  beforeEach(() => test.database.query('truncate inbox, inbox_decision'));
  afterAll(() => test.drop());

  it('a batch in its order, with the time of receipt and the key of the person', async () => {
    const batch = Array.from({ length: 50 }, (_, n) => stayMessage(`p${n % 7}`, n));
    expect(await store(batch)).toEqual({ stored: 50, repeated: 0, conflicting: 0, invalid: 0 });
    const { rows } = await test.database.query<{ message: string; person_key: string; received_at: Date }>(
      `select envelope->'data'->>'messageId' as message, person_key, received_at from inbox order by position`,
    );
    expect(rows.map(({ message }) => message)).toEqual(
      Array.from({ length: 50 }, (_, n) => `p${n % 7}/${n}`),
    );
    expect(rows.map(({ person_key }) => person_key)).toEqual(batch.map(({ key }) => key));
    expect(rows[0]?.received_at.toISOString()).toBe('2026-03-01T10:00:00.000Z');
  });

  it('design 7.2: a repeat is the same fact, also within a batch and in another order of fields', async () => {
    const message = stayMessage('p', 1);
    await store([message]);
    const { id, data, ...rest } = JSON.parse(message.value) as { id: string; data: object };
    const reordered = JSON.stringify({
      data: Object.fromEntries(Object.entries(data).reverse()),
      id,
      ...rest,
    });
    const outcome = await store([message, message, { ...message, value: reordered }]);
    expect(outcome).toEqual({ stored: 0, repeated: 3, conflicting: 0, invalid: 0 });
    expect(await rows()).toHaveLength(1);
  });

  it('design 7.2: the same id with other content is a dead letter of its own, and the first stays', async () => {
    const first = stayMessage('p', 1);
    const other = stayMessage('p', 1, { kind: 'discharged' });
    await store([first]);
    expect(await store([other])).toMatchObject({ stored: 0, conflicting: 1 });
    expect(await store([other])).toMatchObject({ repeated: 1, conflicting: 0 });
    const third = stayMessage('q', 1);
    expect(await store([third, stayMessage('q', 1, { kind: 'transferred' })])).toMatchObject({
      stored: 1,
      conflicting: 1,
    });
    expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'dead', 'waiting', 'dead']);
    expect(await listDeadLetters(test.database)).toMatchObject([
      { cause: 'the same event id came before with other content', owner: 'sender' },
      { cause: 'the same event id came before with other content', owner: 'sender' },
    ]);
  });

  it('design 7.4: what does not fit its schema is a dead letter that names the place and no value; the rest is stored', async () => {
    const good = stayMessage('p', 1);
    const invalid = {
      ...good,
      value: good.value.replace('"admitted"', '"190503279812"').replace('"visit"', '"190503279812"'),
    };
    const withNul = { ...good, value: good.value.replace('visit-p', 'visit-\\u0000-p') };
    const halfCharacter = { ...good, value: good.value.replace('visit-p', 'visit-\\ud800') };
    const outcome = await store([
      invalid,
      withNul,
      halfCharacter,
      { ...good, value: 'not \0 JSON' },
      { ...good, topic: 'journal.other.v1' },
      { ...good, key: '' },
      good,
    ]);
    expect(outcome).toEqual({ stored: 1, repeated: 0, conflicting: 0, invalid: 6 });
    const causes = (await rows()).map(({ cause }) => cause);
    expect(causes[0]).toBe('invalid: /data required visit; /data additionalProperties; /data/kind enum');
    expect(causes.slice(1)).toEqual([
      'invalid: text with NUL or half a character',
      'invalid: text with NUL or half a character',
      'not JSON',
      'no such topic',
      'invalid: no usable message key',
      null,
    ]);
  });

  it('two consumers that store the same facts at once store each once', async () => {
    const batch = Array.from({ length: 200 }, (_, n) => stayMessage(`p${n}`, n));
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => new Inbox(test.database).take(batch)));
    expect(outcomes).toHaveLength(4);
    expect(await rows()).toHaveLength(200);
  });
});
