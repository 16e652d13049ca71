import { logged, testNumber } from '../common/support.js';
import {
  astrid,
  cosmicTest,
  encounter,
  identityFacts,
  national,
  nils,
  patient,
  settings,
  wards,
  type CosmicTest,
  type RunningCosmic,
} from './cosmic-support.js';

/** What an Encounter leads to may change, or lead nowhere, without the Encounter saying so. */
let at: CosmicTest;
const log = logged();
// A Patient is read again at each sweep.
const quick = { sweepSeconds: 0.05 };
const { changes: _, ...withoutChanges } = settings.query;
const servers = [
  ['a server that shows changes', {}],
  ['a server that does not', { query: withoutChanges }],
  [
    'a server that brings Patients along',
    { query: { ...settings.query, open: { ...settings.query.open, _include: 'Encounter:subject' } } },
  ],
  ['a server that is asked for each Patient', { patientsTogether: 1 }],
] as const;
const end = '2026-01-14T10:00:00+01:00';
const stays = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'];
const withNumber = (id: string, value: string, system = 'personnummer') =>
  patient(id, [{ system: `${national}/${system}`, value }]);
const numbers = stays.map((_each, index) => testNumber('19340612', 983 + index));

beforeEach(async () => {
  at = await cosmicTest();
});
afterEach(() => at.end());

const said = async (id: string) => (await at.facts(id)).map(({ kind, ward }) => [kind, ward]);

async function pollAgain(cosmic: RunningCosmic): Promise<void> {
  // A search shows at once what was written, and a Patient that was read is believed until the next sweep.
  const until = performance.now() + quick.sweepSeconds * 1000;
  while (performance.now() <= until) await cosmic.pollNow();
  await cosmic.pollNow();
}

it.each([
  ['a ward that is in no table', 'nowhere'],
  ['a ward that is not there', 'gone'],
  ['no ward', undefined],
])('ADR-13, SVU-25: a move to %s is told as a move, and so is the way back', async (_name, ward) => {
  at.server.put({
    resourceType: 'Location',
    id: 'nowhere',
    identifier: [{ system: 'urn:wards', value: 'X' }],
  });
  const cosmic = await at.start();
  for (const there of ['A', ward, ward, 'B']) {
    at.server.put(encounter({ id: 'x', ward: there, planned: there === 'B' ? '2026-01-15' : undefined }));
    await cosmic.pollNow();
    await cosmic.pollNow();
  }
  expect(await said('x')).toEqual([
    ['admitted', wards.A],
    ['transferred', undefined],
    ['transferred', wards.B],
    ['changed', wards.B],
  ]);
});

it.each(servers)('ADR-13: a ward that gets into a table is seen, by %s', async (_name, more) => {
  const location = (value: string) => ({
    resourceType: 'Location' as const,
    id: 'new',
    identifier: [{ system: 'urn:wards', value }],
  });
  at.server.put(location('X'));
  at.server.put(encounter({ id: 'x', ward: 'new' }));
  const cosmic = await at.start({ more: { ...more, ...quick } });
  await cosmic.pollNow();
  await cosmic.end();
  at.server.put(location('WARD-A'));
  const again = await at.start({ more: { ...more, ...quick } });
  await again.pollNow();
  expect(await said('x')).toEqual([
    ['admitted', undefined],
    ['transferred', wards.A],
  ]);
});

it.each([
  ['is deleted', () => at.server.remove('Location', 'B')],
  ['may not be read any more', () => at.server.refuse('Location/B')],
])('ADR-13: nobody is moved by a Location that %s, until the Encounter says so', async (_name, lose) => {
  at.server.put(encounter({ id: 'x', ward: 'B' }));
  const cosmic = await at.start();
  await cosmic.pollNow();
  await cosmic.end();
  lose();
  const again = await at.start({ more: quick });
  await pollAgain(again);
  expect(await said('x')).toEqual([['admitted', wards.B]]);
  at.server.put(encounter({ id: 'x', ward: 'B', planned: '2026-01-15' }));
  await again.pollNow();
  expect((await said('x')).map(([kind]) => kind)).toEqual(['admitted', 'transferred', 'changed']);
});

it('ADR-13: who has left a ward, and whose last one is in no table, has left it', async () => {
  const cosmic = await at.start();
  at.server.put(encounter({ id: 'x' }));
  await cosmic.pollNow();
  at.server.put(encounter({ id: 'x', ward: 'nowhere', status: 'finished', end }));
  await cosmic.pollNow();
  at.server.put(encounter({ id: 'x', ward: 'nowhere' }));
  await cosmic.pollNow();
  expect(await said('x')).toEqual([
    ['admitted', wards.A],
    ['discharged', wards.A],
    ['discharge-cancelled', wards.A],
    ['transferred', undefined],
  ]);
});

it('ADR-13: a ward that is in no table is logged, once', async () => {
  const cosmic = await at.start({ logger: log.logger });
  for (const id of ['x', 'y']) at.server.put(encounter({ id, ward: 'nowhere' }));
  await cosmic.pollNow();
  await cosmic.pollNow();
  expect(log.lines.filter((line) => line.includes('Location/nowhere'))).toHaveLength(1);
  expect((await cosmic.health()).detail['unknownWards']).toBe(1);
});

describe.each(servers)('PAT-13: %s', (_name, more) => {
  it.each(['in-progress', 'finished'])(
    'the corrected number of a Patient is told, of a stay that is %s, without any change of the Encounter',
    async (status) => {
      at.server.put(withNumber('p', astrid));
      at.server.put(encounter({ id: 'x', patient: 'p' }));
      const cosmic = await at.start({ more: { ...more, ...quick } });
      await cosmic.pollNow();
      if (status === 'finished') at.server.put(encounter({ id: 'x', patient: 'p', status, end }));
      await pollAgain(cosmic);
      at.server.put(withNumber('p', nils));
      await pollAgain(cosmic);
      const ended = status === 'finished' ? ['discharged'] : [];
      const facts = await at.facts('x');
      expect(facts.map(({ kind, person, visit }) => [kind, person.value, visit])).toEqual([
        ...['admitted', ...ended, 'admission-cancelled'].map((kind) => [kind, astrid, 'x']),
        ...['admitted', ...ended].map((kind) => [kind, nils, 'x~2']),
      ]);
    },
  );

  it('the number that takes the place of a reserve number or samordningsnummer is told as the same person’s', async () => {
    at.server.put(withNumber('p', testNumber('19340672', 985), 'samordningsnummer'));
    at.server.put(encounter({ id: 'x', patient: 'p' }));
    const cosmic = await at.start({ more: { ...more, ...quick } });
    await cosmic.pollNow();
    at.server.put(withNumber('p', astrid));
    await pollAgain(cosmic);
    expect(await identityFacts(at)).toMatchObject([{ person: { type: 'personnummer', value: astrid } }]);
  });

  it('what has not changed is told once and written once, however often it is looked at', async () => {
    for (const [index, id] of stays.entries()) {
      at.server.put(withNumber(`p${index}`, numbers[index] ?? ''));
      at.server.put(encounter({ id, patient: `p${index}` }));
    }
    const cosmic = await at.start({ more: { ...more, ...quick } });
    await cosmic.pollNow();
    const marks = () => at.test.database.query('select xmin, * from cosmic_resource order by resource_id');
    const { rows } = await marks();
    await pollAgain(cosmic);
    expect((await marks()).rows).toEqual(rows);
    expect(await at.facts()).toHaveLength(stays.length);
  });
});

it('the Patients of a page are read by one search, and by their ids where the server cannot', async () => {
  const start = async (): Promise<readonly string[]> => {
    const before = at.server.asked.length;
    const open = { ...settings.query.open, _count: '50' };
    const cosmic = await at.start({ more: { query: { open } } });
    await cosmic.pollNow();
    await cosmic.end();
    return at.server.asked.slice(before).filter((each) => each.startsWith('Patient'));
  };
  for (const [index, id] of stays.entries()) {
    at.server.put(withNumber(`p${index}`, numbers[index] ?? ''));
    at.server.put(encounter({ id, patient: `p${index}` }));
  }
  const together = await start();
  expect(together).toHaveLength(1);
  expect(decodeURIComponent(together[0] ?? '')).toBe(
    `Patient?_id=${stays.map((_each, index) => `p${index}`).join(',')}&_count=${stays.length}`,
  );
  at.server.refuse('Patient');
  expect(await start()).toHaveLength(1 + stays.length);
  expect(await at.facts()).toHaveLength(stays.length);
});

it('PAT-2: a number that is used as the id of a Patient stands in no URL, of many neither', async () => {
  for (const [index, number] of numbers.entries()) {
    at.server.put(withNumber(number, number));
    at.server.put(encounter({ id: `e${index}`, patient: number }));
  }
  const cosmic = await at.start({ more: quick });
  await pollAgain(cosmic);
  expect(await at.facts()).toHaveLength(numbers.length);
  for (const number of numbers) expect(at.server.asked.join('\n')).not.toContain(number);
});

it('PAT-13: a search that lags behind makes nobody of what a Patient was', async () => {
  for (const [id, of] of Object.entries({ x: 'p', y: 'q' })) {
    at.server.put(withNumber(of, numbers[0] ?? ''));
    at.server.put(withNumber(of, of === 'p' ? astrid : nils));
    at.server.put(encounter({ id, patient: of }));
  }
  const cosmic = await at.start({ more: quick });
  await cosmic.pollNow();
  at.server.fault('stale', 1000);
  await pollAgain(cosmic);
  expect((await at.facts()).map(({ kind }) => kind)).toEqual(['admitted', 'admitted']);
});
