import { randomUUID } from 'node:crypto';
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
});
