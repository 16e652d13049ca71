import { afterAll, afterEach, beforeAll } from '@jest/globals';
import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { stayFacts } from '../support/stay-facts.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { staff } from '../support/svu.js';

export let hub: TestHub;
const fact = stayFacts('MELIOR-TEST');
let last = 0;
/** A number that no visit had before. */
export const nextNumber = (): number => (last += 1);

beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());
afterEach(() => hub.population.recover());

export const [w101, w102] = [staff.nurse.unit, staff.otherWard.unit];

/** A message about a stay; minutes are after a fixed moment, so that order is the test's to choose. */
export function stay(
  number: string,
  visit: string,
  kind: StayFact['kind'],
  minutes: number,
  changes: Partial<StayFact> = {},
): StayFact {
  return fact(number, visit, kind, new Date(Date.now() - 3600_000 * 10 + minutes * 60_000), changes);
}

export async function encounters(unit: string): Promise<{ id: string; status: string; content: string }[]> {
  const { rows } = await hub.store.database.query<{ id: string; status: string; content: string }>(
    `select r.id, r.content::json ->> 'status' as status, r.content from resource r join access_grant g on g.scope = r.scope
      where r.type = 'Encounter' and g.unit = $1 and not r.deleted`,
    [unit],
  );
  return rows;
}
