import { randomUUID } from 'node:crypto';
import { prepareRebuildTables, swapTables } from '../../src/log/rebuild-tables.js';
import { aboutOf, referenceIdentifierToken, referenceToken } from '../../src/projection/search-tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const types = [
  'Patient',
  'CarePlan',
  'CareTeam',
  'Encounter',
  'Communication',
  'Consent',
  'QuestionnaireResponse',
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'Task',
];

let store: TestDatabase;

beforeAll(async () => {
  store = await createTestDatabase();
});

afterAll(() => store.drop());

describe('What a resource is about (decision 68)', () => {
  it('is put in for a row of a program that does not know it, as this program would', async () => {
    const twice = referenceToken('patient', 'Patient', randomUUID());
    const lists = [
      [],
      ['status|active', 'class|IMP'],
      ...types.map((type) => [referenceToken('subject', type, randomUUID())]),
      [...types, ...types].map((type) => referenceToken('focus', type, randomUUID())),
      [twice, twice.replace('patient|', 'subject|')],
      [referenceToken('patient', 'Patient', 'nobody'), `note|Patient/${randomUUID()}/2`],
      [referenceIdentifierToken('owner', 'urn:oid:1.2.752.29.4.19', 'SE2321000016-W101')],
      [referenceToken('patient', 'Patient', randomUUID().toUpperCase())],
    ];
    for (const tokens of lists) {
      const { rows } = await store.database.query<{ about: string[] }>(
        `insert into resource (type, id, version, last_updated, personal, draft, tokens, content)
         values ('Task', $1, 1, now(), false, false, $2, '{}') returning about`,
        [randomUUID(), tokens],
      );
      expect(rows).toEqual([{ about: aboutOf(tokens) }]);
    }
  });

  /** As the version before this column writes a resource, new or known. */
  const asBefore = async (schema: 'public' | 'rebuild', id: string, tokens: readonly string[]) => {
    const { rows } = await store.database.query<{ about: string[] | null }>(
      `insert into ${schema}.resource (type, id, version, last_updated, stream_id, personal, draft, tokens, content)
       values ('Task', $1, 1, now(), $1, false, false, $2, '{}')
       on conflict (type, id) do update set version = excluded.version, tokens = excluded.tokens returning about`,
      [id, tokens],
    );
    return rows[0]?.about;
  };
  const of = (person: string) => ['status|requested', referenceToken('patient', 'Patient', person)];

  it('follows what such a program writes over a row that there is', async () => {
    const [id, person, survivor] = [randomUUID(), randomUUID(), randomUUID()];
    expect(await asBefore('public', id, of(person))).toEqual([person]);
    expect(await asBefore('public', id, of(survivor))).toEqual([survivor]);
    expect(await asBefore('public', id, [])).toEqual([]);
  });

  it('is left as this program writes it over a row', async () => {
    const [id, person, other] = [randomUUID(), randomUUID(), randomUUID()];
    await asBefore('public', id, of(person));
    const { rows } = await store.database.query(
      'update resource set tokens = $2, about = $3 where id = $1 returning about',
      [id, of(person), [other]],
    );
    expect(rows).toEqual([{ about: [other] }]);
  });

  it('comes with the rows that the rebuild of such a program puts in, which also say whether a case is open', async () => {
    const [id, person] = [randomUUID(), randomUUID()];
    await prepareRebuildTables(store.database, false, 'before');
    expect(await asBefore('rebuild', id, of(person))).toBeNull();
    await store.database.query(
      `insert into rebuild.stream (id, type, version, state) values ($1, 'svu', 1, '{"phase":"draft"}')`,
      [id],
    );
    await swapTables(store.database);
    const { rows } = await store.database.query(
      'select about, open from resource join stream using (id) where id = $1',
      [id],
    );
    expect(rows).toEqual([{ about: [person], open: true }]);
  });
});

it.each([
  ['svu', { phase: 'draft' }, true],
  ['svu', { phase: 'published' }, true],
  ['svu', { phase: 'discharged' }, false],
  ['svu', { phase: 'annulled' }, false],
  ['svu', null, false],
  ['stay', { phase: 'draft' }, false],
  ['stay', {}, false],
])(
  'a stream of a program that does not know `open` has it all the same: %s %j',
  async (type, state, open) => {
    const { rows } = await store.database.query(
      'insert into stream (id, type, version, state) values ($1, $2, 1, $3) returning open',
      [randomUUID(), type, state],
    );
    expect(rows).toEqual([{ open }]);
  },
);
