import { MarkSeal, type KeptState, type MarkOf } from '../../../connectors/cosmic/mark-seal.js';
import { waitFor } from '../../support/wait-for.js';
import { carePlan, carePlanSettings, cosmicTest, encounter, type CosmicTest } from './cosmic-support.js';
import { personKeys } from '../common/support.js';

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
    // What waits for its topic when the connector ends waits for the next start.
    await at.settled();
    await cosmic.end();
    const { rows } = await at.test.database.query<MarkOf & { told: KeptState }>(
      `select sender, resource_type as "resourceType", resource_id as id, told from cosmic_resource order by id`,
    );
    const seal = new MarkSeal(personKeys);
    return rows.map(({ told, ...of }) => {
      const opened: object = seal.open(told, of);
      return [of.id, 'person' in opened, 'content' in opened];
    });
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
});

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

describe('promise 7: what marks keep of persons', () => {
  const told = async () => {
    const { rows } = await at.test.database.query<{ resource_id: string; seen: string; told: object }>(
      'select resource_id, seen, told from cosmic_resource order by resource_id',
    );
    return rows;
  };
  const inClear = async () =>
    (await told()).filter(({ told: each }) => /"p1"|Samordnad|19340612/.test(JSON.stringify(each)));
  const polled = async () => {
    const cosmic = await at.start({ more: { carePlans: carePlanSettings } });
    await cosmic.pollNow();
    await cosmic.carePlans?.pollNow();
    // What was stored and not published when it ends waits for the next start, and nothing is started again here.
    await at.settled();
    await cosmic.end();
  };
  beforeEach(async () => {
    at.server.put(encounter({ id: 'stay' }));
    at.server.put(carePlan({ id: 'plan' }));
    await polled();
  });

  it('is sealed, and no hash is one that guesses could be held against', async () => {
    expect(await told()).toHaveLength(2);
    expect(await inClear()).toEqual([]);
    const other = await cosmicTest();
    try {
      other.server.put(encounter({ id: 'stay' }));
      const cosmic = await other.start({
        personKeys: { keyId: 'other', secret: 'another secret of tests, long enough' },
      });
      await cosmic.pollNow();
      const { rows } = await other.test.database.query<{ seen: string }>('select seen from cosmic_resource');
      expect(rows.map(({ seen }) => seen)).not.toContain((await told())[1]?.seen);
    } finally {
      await other.end();
    }
  });

  it('is sealed at the next start where a version before wrote it in clear, and what is gone is taken back from that person', async () => {
    const person = { type: 'personnummer', value: '193406129829' };
    await at.test.database.query(`update cosmic_resource set told = told - 'sealed' || $1::jsonb`, [
      JSON.stringify({ person, patient: 'p1' }),
    ]);
    expect(await inClear()).toHaveLength(2);
    const events = (await at.facts('stay')).length;
    await polled();
    expect(await inClear()).toEqual([]);
    expect(await at.facts('stay')).toHaveLength(events);
    at.server.remove('Encounter', 'stay');
    await polled();
    expect((await at.facts('stay')).map(({ kind, person: whose }) => [kind, whose])).toEqual([
      ['admitted', person],
      ['admission-cancelled', person],
    ]);
  });

  it('opens with no other key: then it is read again, and told of the same person', async () => {
    const cosmic = await at.start({
      personKeys: { keyId: 'b', secret: 'a new secret of tests, under a name of its own' },
    });
    await cosmic.pollNow();
    at.server.remove('Encounter', 'stay');
    await cosmic.pollNow();
    expect(await kinds('stay')).toEqual(['admitted', 'admission-cancelled']);
  });
});
