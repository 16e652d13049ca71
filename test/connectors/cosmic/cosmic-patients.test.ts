import { testNumber } from '../common/support.js';
import { readSettings } from '../../../connectors/cosmic/configuration-file.js';
import { astrid, encounter, identityFacts, nils, settings } from './cosmic-support.js';
import {
  at,
  end,
  numbers,
  pollAgain,
  quick,
  servers,
  stays,
  sweeps,
  withNumber,
} from './surroundings-setup.js';

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

  it('a sweep sees it, though the Patient was read right before', async () => {
    at.server.put(withNumber('p', astrid));
    const cosmic = await at.start({ more });
    at.server.put(encounter({ id: 'x', patient: 'p' }));
    await cosmic.pollNow();
    at.server.put(withNumber('p', nils));
    await cosmic.pollNow();
    expect((await at.facts('x')).map(({ person }) => person.value)).toEqual([astrid, astrid, nils]);
  });

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
    // What cannot be told, or not as it is, neither.
    at.server.put(encounter({ id: 'of-nobody', patient: 'nobody' }));
    at.server.refuse('Location/B');
    at.server.put(encounter({ id: 'at-a-place-not-readable', ward: 'B' }));
    const cosmic = await at.start({ more: { ...more, ...quick } });
    await cosmic.pollNow();
    const marks = () => at.test.database.query('select xmin, * from cosmic_resource order by resource_id');
    const { rows } = await marks();
    await pollAgain(cosmic);
    expect((await marks()).rows).toEqual(rows);
    expect(await at.facts()).toHaveLength(stays.length + 1);
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
  expect(together).toHaveLength(sweeps);
  expect(decodeURIComponent(together[0] ?? '')).toBe(
    `Patient?_id=${stays.map((_each, index) => `p${index}`).join(',')}&_count=${stays.length}`,
  );
  at.server.refuse('Patient');
  expect(await start()).toHaveLength(1 + sweeps * stays.length);
  expect(await at.facts()).toHaveLength(stays.length);
});

describe('of what has ended, which no search for what is open shows', () => {
  const many = Array.from({ length: 60 }, (_each, index) => `m${index}`);
  const endAll = async (ids: readonly string[]): Promise<void> => {
    for (const [index, id] of ids.entries()) {
      at.server.put(withNumber(`p-${id}`, numbers[index % numbers.length] ?? ''));
      at.server.put(encounter({ id, patient: `p-${id}`, status: 'finished', end: new Date().toISOString() }));
    }
    const first = await at.start();
    await first.pollNow();
    await first.end();
  };

  it('they and the Patients are read by one search for each fifty', async () => {
    await endAll(many);
    const before = at.server.asked.length;
    const cosmic = await at.start();
    await cosmic.pollNow();
    const asked = at.server.asked.slice(before);
    expect(asked.filter((each) => each.startsWith('Encounter/'))).toEqual([]);
    expect(asked.filter((each) => each.startsWith('Encounter?_id='))).toHaveLength(sweeps * 2);
    expect(asked.filter((each) => each.startsWith('Patient'))).toHaveLength(sweeps * 2);
  });

  it.each([
    ['by one search', {}, (asked: readonly string[]) => asked],
    [
      'by a server that is asked for each',
      { encountersTogether: 1 },
      () => ['Encounter/m0', 'Encounter/m1', 'Encounter/m2'],
    ],
  ])('what is deleted, or goes on after all, is told %s', async (_how, more, expected) => {
    await endAll(['m0', 'm1', 'm2']);
    at.server.remove('Encounter', 'm1');
    at.server.put(encounter({ id: 'm2', patient: 'p-m2', status: 'finished', end }));
    const before = at.server.asked.length;
    const cosmic = await at.start({ more });
    await cosmic.pollNow();
    const kinds = async (id: string) => (await at.facts(id)).map(({ kind }) => kind);
    expect(await kinds('m0')).toEqual(['admitted', 'discharged']);
    expect(await kinds('m1')).toEqual(['admitted', 'discharged', 'admission-cancelled']);
    expect(await kinds('m2')).toEqual(['admitted', 'discharged', 'discharged']);
    const byId = at.server.asked.slice(before).filter((each) => each.startsWith('Encounter/'));
    expect(byId.slice(0, 3)).toEqual(expected(['Encounter/m1', 'Encounter/m1']).slice(0, 3));
  });

  it('the changes are read between, when they are due', async () => {
    await endAll(many);
    const before = at.server.asked.length;
    const cosmic = await at.start({
      more: { pollSeconds: 0.05, requestsPerSecond: 200, encountersTogether: 1 },
    });
    await cosmic.pollNow();
    const asked = at.server.asked.slice(before);
    const isEnded = (each: string) => each.startsWith('Encounter/');
    const between = asked.slice(
      asked.findIndex(isEnded),
      asked.findIndex((each) => each === 'Encounter/m9'),
    );
    expect(between.filter((each) => each.startsWith('Encounter?_lastUpdated'))).not.toEqual([]);
  });
});

it.each([
  ['endedHours', { endedHours: 25, rememberDays: 1 }],
  [
    'carePlans.endedHours',
    { carePlans: { query: { open: { status: 'active' } }, endedHours: 50, rememberDays: 2 } },
  ],
])(
  'the configuration is refused where what has ended is read longer than it is remembered: %s',
  (path, more) => {
    expect(() => readSettings({ ...settings, ...more })).toThrow(`${path}: longer than rememberDays`);
  },
);

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
