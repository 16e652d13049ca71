import { EmbeddedTransport } from '../../src/messaging/transport/embedded.js';
import { Database } from '../../src/persistence/database.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { testOptions } from './connect-transport.js';
import { transportContract } from './transport-contract.js';

describe('the embedded transport', () => {
  let test: TestDatabase;
  let nowhere: Database;

  beforeAll(async () => {
    test = await createTestDatabase();
    nowhere = new Database({ url: 'postgres://nobody@127.0.0.1:1/nothing' });
  });
  afterAll(async () => {
    await nowhere.close();
    await test.drop();
  });

  transportContract({
    make: (options) => new EmbeddedTransport(test.database, { ...testOptions, ...options }),
    makeUnreachable: () => new EmbeddedTransport(nowhere, testOptions),
    address: () => ({ kind: 'embedded', url: test.url }),
  });
});
