import { readFile } from 'node:fs/promises';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { startReceivingConnector } from '../../../connectors/common/receive/receiving-connector.js';
import { createDurableTestDatabase, type DurableTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { logged, number, personKeys, published, transportOn } from '../common/support.js';
import { translate } from './beds.js';

const secret = 'a secret that the sender shows, of 32 characters';
const log = logged();
let store: DurableTestDatabase;
let topics: DurableTestDatabase;
let pool: ReturnType<typeof createConnectorPool>;
let connector: Awaited<ReturnType<typeof startReceivingConnector>>;

beforeAll(async () => {
  [store, topics] = await Promise.all([createDurableTestDatabase(), createDurableTestDatabase()]);
  pool = createConnectorPool(store.url);
  connector = await startReceivingConnector({
    connector: 'beds',
    translate,
    host: '127.0.0.1',
    port: 0,
    secret,
    largestMessageBytes: 10_000,
    pool,
    transport: await transportOn(topics.database),
    personKeys,
    logger: log.logger,
  });
});
afterAll(async () => {
  await connector.stop();
  await pool.end();
  await store.drop();
  await topics.drop();
});

const message = (change: object = {}) => ({
  hospital: 'Lasarettet',
  number: 1,
  what: 'in',
  patient: number,
  stay: 'V-1',
  ward: 'SE2321000016-W101',
  when: '2026-01-10T09:30:00',
  ...change,
});

async function send(
  body: unknown,
  shown = secret,
): Promise<{ status: number; text: string; retry: string | null }> {
  const response = await fetch(`http://127.0.0.1:${connector.address.port}/messages`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${shown}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, text: await response.text(), retry: response.headers.get('retry-after') };
}

it('the worked example: a message is stored and told as a fact, a repeat gets the same answer and no second fact', async () => {
  const first = await send(message());
  expect(first).toMatchObject({ status: 200, text: '{"result":"stored"}' });
  expect(await send(message())).toEqual(first);
  await send(message({ number: 2, what: 'out', when: '2026-07-10T09:30:00' }));
  const facts = await waitFor('both facts', async () => {
    const all = await published(topics.database, undefined, store.database);
    return all.length >= 2 && all;
  });
  expect(facts.map(({ source, data }) => [source, data.kind, data.occurredAt])).toEqual([
    ['urn:hemgang:connector:beds:Lasarettet', 'admitted', '2026-01-10T08:30:00.000Z'],
    ['urn:hemgang:connector:beds:Lasarettet', 'discharged', '2026-07-10T07:30:00.000Z'],
  ]);
  expect((await connector.health()).detail).toMatchObject({ stored: 2, repeated: 1 });
});

it.each([
  ['not JSON', '{', 'not JSON in UTF-8'],
  ['a field is missing', message({ number: 11, patient: undefined }), 'patient: invalid_type'],
  ['a time that does not exist', message({ number: 12, when: '2026-03-29T02:30:00' }), 'when: '],
  ['an id with other content', message({ stay: 'V-2' }), 'this id came before with other content'],
  ['a ward that is no id', message({ number: 13, ward: 'ward seven!' }), 'a value that cannot be carried on'],
])(
  'the worked example: %s is refused with where, and nothing of what was sent',
  async (_name, body, cause) => {
    const refused = await send(body);
    expect(refused.status).toBe(422);
    expect((JSON.parse(refused.text) as { cause: string }).cause).toContain(cause);
    expect(refused.text).not.toMatch(/0503279812|seven/);
  },
);

it('the worked example: who does not show the secret is not read, what is too large is told so', async () => {
  expect((await send(message({ number: 20 }), 'x'.repeat(40))).status).toBe(401);
  expect((await send(message({ number: 20, stay: 'x'.repeat(20_000) }))).status).toBe(413);
});

it('the worked example: with the transport down it takes, with the store down it says not now, and nothing is lost', async () => {
  await topics.kill();
  expect((await send(message({ number: 30 }))).status).toBe(200);
  await store.kill();
  expect(await send(message({ number: 31 }))).toMatchObject({ status: 503, retry: '5' });
  await store.restart();
  await topics.restart();
  await waitFor('taken', async () => (await send(message({ number: 31 }))).status === 200);
  await waitFor('both facts', async () => {
    const ids = (await published(topics.database, undefined, store.database)).map(
      ({ data }) => data.messageId,
    );
    return ids.includes('30') && ids.includes('31');
  });
});

it('the worked example: no line of the log holds anything about the person', () => {
  expect(log.lines.length).toBeGreaterThan(5);
  expect(log.lines.join('')).not.toContain('0503279812');
});

it('docs/new-connector.md shows the code that is tested here', async () => {
  const [page, code] = await Promise.all([
    readFile('docs/new-connector.md', 'utf8'),
    readFile('test/connectors/example/beds.ts', 'utf8'),
  ]);
  expect(/```ts\n(import \{ z \}[^]*?)```/.exec(page)?.[1]).toBe(code);
  expect(code.split('\n').length).toBeLessThan(75);
});
