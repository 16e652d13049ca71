import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf } from '../support/svu.js';

/** What is kept of an Idempotency-Key: a keyed hash, of which nobody finds out what it was by trying numbers. */

let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
beforeAll(async () => {
  hub = await startHub();
  nurse = await as(hub, 'nurse');
});
afterAll(() => hub.stop());

const sha256 = (key: string): string => createHash('sha256').update(key).digest('hex');
const rowsOf = async (): Promise<string> =>
  JSON.stringify(
    (await hub.store.database.query<{ row: string }>('select idempotency::text as row from idempotency'))
      .rows,
  );

it('PAT-1: a key that holds a number with a digit too many is found by no hash of it', async () => {
  for (const [person, key] of [
    ['193406129829', '1193406129829'],
    ['194102039817', 'once-19340612982'],
    ['193804289860', 'a-key-of-words'],
  ] as const) {
    const answer = await nurse.post('CarePlan', carePlan(person), { key });
    expect([key, answer.status]).toEqual([key, 201]);
    const kept = await rowsOf();
    expect([key, kept.includes(key), kept.includes(sha256(key))]).toEqual([key, false, false]);
  }
});

it('a repeat of what a version before kept, whose hash had no secret, gets the first answer and does nothing again', async () => {
  const plan = carePlan('194711199846');
  const post = (body: object) => nurse.post('CarePlan', body, { key: 'keyed-since' });
  const first = await post(plan);
  expect(first.status).toBe(201);
  const { rowCount } = await hub.store.database.query(
    'update idempotency set key = $2 where resource_id = $1',
    [first.body.id, sha256('keyed-since')],
  );
  expect(rowCount).toBe(1);
  const again = await post(plan);
  expect([again.status, again.text]).toEqual([201, first.text]);
  const other = await post({ ...plan, description: 'Något annat' });
  expect([other.status, codesOf(other)]).toEqual([409, ['key-reused']]);
});
