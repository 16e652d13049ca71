import { randomBytes } from 'node:crypto';

const poolBytes = 4096;
let pool = Buffer.alloc(0);
let at = 0;

/**
 * Random bytes for keys and ivs, no byte ever given out twice. Asked for many at a time, as `randomUUID` does: a question to the system costs
 * more than what is done with its answer.
 * @param count at most 256
 */
export function fewRandomBytes(count: number): Buffer {
  if (at + count > pool.length) {
    pool = randomBytes(poolBytes);
    at = 0;
  }
  at += count;
  return pool.subarray(at - count, at);
}
