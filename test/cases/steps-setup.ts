import { afterAll, beforeAll } from '@jest/globals';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';

/** A day that lies ahead. */
export const ahead = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

export let hub: TestHub;
const numbers = [
  '194711199846',
  '192908059831',
  '193804289860',
  '195209179851',
  '194401309887',
  '193612229876',
  '195007149908',
  '196311909847',
  '195506069953',
  '194910129974',
  '196002299862',
  '195707239991',
  '196204189887',
  '193309019903',
];
export const person = (): string => {
  const number = numbers.shift();
  if (number === undefined) throw new Error('the tests have used up the region');
  return number;
};
export const hsa = (value: string) => ({ identifier: { system: 'urn:oid:1.2.752.29.4.19', value } });

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
