import { waitFor } from '../support/wait-for.js';
import { carePlan, carePlanSettings, cosmicTest, encounter, type CosmicTest } from './cosmic-support.js';

/** What the connector keeps between polls, and how it reads what a search shows wrong. */
let at: CosmicTest;
const day = 24 * 3_600_000;
beforeEach(async () => {
  at = await cosmicTest();
});
afterEach(() => at.end());

const kinds = async (id: string): Promise<readonly string[]> => (await at.facts(id)).map(({ kind }) => kind);
const end = new Date(Date.now() - 3_600_000).toISOString();

it('who a resource was of, and what a plan said, is forgotten some time after its end, and the resource after two years', async () => {
  let ahead = 0;
  const start = () =>
    at.start({ clock: () => new Date(Date.now() + ahead), more: { carePlans: carePlanSettings } });
  const polled = async () => {
    const cosmic = await start();
    await waitFor('a poll of stays', () => cosmic.pollNow());
    await waitFor('a poll of plans', async () => cosmic.carePlans?.pollNow());
    await cosmic.end();
    const { rows } = await at.test.database.query<{ id: string; told: object }>(
      'select resource_id as id, told from cosmic_resource order by id',
    );
    return rows.map(({ id, told }) => [id, 'person' in told, 'content' in told]);
  };
  for (const id of ['open', 'ended']) at.server.put(encounter({ id }));
  for (const id of ['plan-open', 'plan-ended']) at.server.put(carePlan({ id }));
  await polled();
  at.server.put(encounter({ id: 'ended', status: 'finished', end }));
  at.server.put(carePlan({ id: 'plan-ended', status: 'completed' }));
  expect(await polled()).toEqual([
    ['ended', true, false],
    ['open', true, false],
    ['plan-ended', true, true],
    ['plan-open', true, true],
  ]);
  ahead = 29 * day;
  expect((await polled()).map(([, person]) => person)).toEqual([true, true, true, true]);
  ahead = 31 * day;
  expect(await polled()).toEqual([
    ['ended', false, false],
    ['open', true, false],
    ['plan-ended', false, false],
    ['plan-open', true, true],
  ]);
  // What is forgotten is not told anew when it is seen again as it was.
  expect(await kinds('ended')).toEqual(['admitted', 'discharged']);
  // After so long no search shows them any more.
  at.server.remove('Encounter', 'ended');
  at.server.remove('CarePlan', 'plan-ended');
  ahead = 3 * 365 * day;
  expect((await polled()).map(([id]) => id)).toEqual(['open', 'plan-open']);
});

it('pages that never stop changing are given up for this time and said in health; the next poll begins where this one did', async () => {
  const many = Array.from({ length: 7 }, (_, index) => `m${index}`);
  const cosmic = await at.start();
  await cosmic.pollNow();
  const before = (await cosmic.health()).detail['readUntil'];
  for (const id of many) at.server.put(encounter({ id }));
  at.server.fault('moving-pages', 1_000_000);
  await cosmic.pollNow();
  expect(await cosmic.health()).toMatchObject({
    status: 'degraded',
    why: 'polling goes on, but: window-unsettled',
    detail: { readUntil: before },
  });
  at.server.fault('moving-pages', 0);
  await cosmic.pollNow();
  expect(await cosmic.health()).toMatchObject({ status: 'up' });
  expect((await at.facts()).map(({ visit }) => visit).toSorted()).toEqual(many);
}, 60_000);

describe('a search that shows what was before', () => {
  it('turns nothing back: what is older than what was seen is read by its id', async () => {
    const cosmic = await at.start({ more: { carePlans: carePlanSettings } });
    for (const version of [{}, { ward: 'B' }]) {
      at.server.put(encounter({ id: 'x', ...version }));
      at.server.put(carePlan({ id: 'p', title: version.ward ?? 'A' }));
      await cosmic.pollNow();
      await cosmic.carePlans?.pollNow();
    }
    at.server.fault('stale', 2);
    await cosmic.pollNow();
    at.server.fault('stale', 2);
    await cosmic.carePlans?.pollNow();
    expect(await kinds('x')).toEqual(['admitted', 'transferred']);
    expect((await at.plans('p')).map(({ data }) => data.title)).toEqual(['A', 'B']);
    expect(at.server.asked).toEqual(expect.arrayContaining(['Encounter/x', 'CarePlan/p']));
  });
});
