import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { lostReceipt, ReceiptMarkKeeper } from '../../src/administration/receipt-mark.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

let store: TestDatabase;
let home: string;
let file: string;
beforeEach(async () => {
  store = await createTestDatabase();
  home = await mkdtemp(path.join(tmpdir(), 'hemgang-receipt-mark-'));
  file = path.join(home, 'data', 'receipts');
});
afterEach(async () => {
  await store.drop();
  await rm(home, { recursive: true, force: true });
});

const receive = (controlId: string) =>
  store.database.query(
    `insert into connector_receipt (sender, control_id, connector, content_hash, received_at, published, answer)
     values ('s', $1, 'c', '', now(), true, '')`,
    [controlId],
  );
/** As a backup has it that was taken before those receipts: rows and numbers go back. */
const restoreTo = async (number: number) => {
  await store.database.query('delete from connector_receipt where number > $1', [number]);
  await store.database.query(`select setval('connector_receipt_number_seq', $1)`, [number]);
};
const noted = async () => (JSON.parse(await readFile(file, 'utf8')) as { number: number }).number;

it('decision 49: a hub that runs on while its database is restored does not erase what tells of it', async () => {
  const keeper = new ReceiptMarkKeeper(store.database, file);
  for (const id of ['a', 'b', 'c']) await receive(id);
  await keeper.look();
  expect(await noted()).toBe(3);
  await restoreTo(1);
  await keeper.look();
  await receive('d');
  await keeper.look();
  expect(await noted()).toBe(3);
  expect(await lostReceipt(store.database, file, new Date())).toMatchObject({ number: 3 });
});

it('a hub that starts once the restore is known notes what there is, also where that is lower', async () => {
  for (const id of ['a', 'b', 'c']) await receive(id);
  await new ReceiptMarkKeeper(store.database, file).look();
  await restoreTo(1);
  const next = new ReceiptMarkKeeper(store.database, file);
  await next.look();
  expect(await noted()).toBe(1);
  await receive('d');
  await next.look();
  expect(await noted()).toBe(2);
});
