import { recordingIsAbout } from '../../src/messaging/inbox/recordings-about.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the recordings about persons', () => {
  let test: TestDatabase;
  const put = (id: string, hashes: readonly string[]) =>
    test.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, person_hashes, key_id, sealed)
       values ('c', 's', $1, now(), 'stored', $2, 'k', '')`,
      [id, hashes],
    );
  beforeAll(async () => {
    test = await createTestDatabase();
  });
  afterAll(() => test.drop());

  it('are found whether they are about nobody, one or several, and no others', async () => {
    const told: Readonly<Record<string, readonly string[]>> = {
      nobody: [],
      one: ['a'],
      another: ['b'],
      both: ['a', 'b'],
      'both the other way': ['b', 'a'],
      three: ['c', 'b', 'd'],
      twice: ['a', 'a'],
    };
    for (const [id, hashes] of Object.entries(told)) await put(id, hashes);
    for (const asked of [[], ['a'], ['b'], ['a', 'c'], ['d'], ['x'], ['x', 'b']]) {
      const { rows } = await test.database.query<{ id: string }>(
        `select message_id as id from connector_recording where ${recordingIsAbout('$1::text[]')} order by connector_recording.id`,
        [asked],
      );
      const expected = Object.keys(told).filter((id) => told[id]?.some((hash) => asked.includes(hash)));
      expect(rows.map(({ id }) => id)).toEqual(expected);
    }
  });

  it('are found by the indexes, however many there are', async () => {
    await test.database.query(
      `insert into connector_recording (connector, sender, message_id, received_at, outcome, person_hashes, key_id, sealed)
       select 'c', 's', n::text, now(), 'stored', case when n % 500 = 0 then array['h' || n, 'i' || n] else array['h' || n] end, 'k', ''
       from generate_series(1, 20000) as n`,
    );
    await test.database.query('analyze connector_recording');
    const { rows } = await test.database.query<{ 'QUERY PLAN': string }>(
      `explain select from connector_recording where ${recordingIsAbout(`array['h17']`)}`,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('connector_recording_person ');
    expect(plan).toContain('connector_recording_persons ');
    expect(plan).not.toContain('Seq Scan');
  });
});
