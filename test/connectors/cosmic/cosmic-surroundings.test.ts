import { logged, testNumber } from '../common/support.js';
import { encounter, patient, wards, type RunningCosmic } from './cosmic-support.js';
import { at, end, pollAgain, quick, said, servers, stays, withNumber } from './surroundings-setup.js';

/** What an Encounter leads to may change, or lead nowhere, without the Encounter saying so: its places here, its Patients in cosmic-patients.test.ts. */
const log = logged();

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

const lost = [
  ['is deleted', () => at.server.remove('Location', 'B')],
  ['may not be read any more', () => at.server.refuse('Location/B')],
  ['is no Location any more', () => at.server.put({ resourceType: 'Location', id: 'B', identifier: 'none' })],
] as const;
const changes = [
  ['nothing else', {}, {}],
  ['another planned end', { planned: '2026-01-15' }, {}],
  ['the settings', {}, { more: { plannedEnd: ['urn:another'] } }],
  ['the settings, and another planned end', { planned: '2026-01-15' }, { more: { classes: ['IMP'] } }],
] as const;

describe.each(lost)('ADR-13, SVU-24: a Location that %s', (_name, lose) => {
  it.each(changes)('moves nobody who is still there, whatever changes: %s', async (_change, parts, start) => {
    at.server.put(encounter({ id: 'x', ward: 'B' }));
    const cosmic = await at.start();
    await cosmic.pollNow();
    await cosmic.end();
    lose();
    at.server.put(encounter({ id: 'x', ward: 'B', ...parts }));
    const more = 'more' in start ? start.more : {};
    const again = await at.start({ more: { ...more, ...quick } });
    await pollAgain(again);
    const expected = [['admitted', wards.B], ...('planned' in parts ? [['changed', wards.B]] : [])];
    expect(await said('x')).toEqual(expected);
    // Whoever leaves it is told.
    at.server.put(encounter({ id: 'x', ward: 'A', ...parts }));
    await again.pollNow();
    expect(await said('x')).toEqual([...expected, ['transferred', wards.A]]);
  });
});

describe('ADR-13, SVU-24: a place that may not be read', () => {
  const later = (cosmicMinutes: number) => () => new Date(Date.now() + cosmicMinutes * 60_000);
  const faults = async (cosmic: RunningCosmic) => (await cosmic.health()).detail['cannotBeTold'];

  it.each([
    ['the place itself', 'Location/C', { partOf: undefined }],
    ['what it is part of', 'Location/D', { partOf: { reference: 'Location/D' } }],
  ])(
    'moves nobody to nowhere: health counts her, and she is moved when it can be read (%s)',
    async (_name, path, c) => {
      const mapped = [{ system: 'urn:oid:1.2.752.29.4.19', value: 'SE2321000016-W103' }];
      const [ofC, ofD] = c.partOf
        ? [undefined, [{ system: 'urn:wards', value: 'WARD-A' }]]
        : [mapped, undefined];
      at.server.put({ resourceType: 'Location', id: 'C', ...c, ...(ofC && { identifier: ofC }) });
      at.server.put({ resourceType: 'Location', id: 'D', ...(ofD && { identifier: ofD }) });
      at.server.put(encounter({ id: 'x', ward: 'B' }));
      at.server.refuse(path);
      let minutes = 0;
      const cosmic = await at.start({ logger: log.logger, clock: () => later(minutes)() });
      await cosmic.pollNow();
      expect(await faults(cosmic)).toBe(0);
      at.server.put(encounter({ id: 'x', ward: 'C', planned: '2026-01-15' }));
      at.server.put(encounter({ id: 'y', ward: 'C' }));
      for (let polls = 0; polls < 3; polls += 1) await cosmic.pollNow();
      expect(await said('x')).toEqual([
        ['admitted', wards.B],
        ['changed', wards.B],
      ]);
      // Nothing is known of where she was before: she is told all the same.
      expect(await said('y')).toEqual([['admitted', undefined]]);
      expect(await faults(cosmic)).toBe(2);
      expect(log.lines.filter((line) => line.includes('ward-not-readable')).length).toBe(2);
      log.lines.length = 0;
      at.server.allow(path);
      minutes = 2;
      await cosmic.pollNow();
      const there = c.partOf ? wards.A : 'SE2321000016-W103';
      expect((await said('x')).slice(2)).toEqual([['transferred', there]]);
      expect((await said('y')).slice(1)).toEqual([['transferred', there]]);
      expect(await faults(cosmic)).toBe(0);
    },
  );

  it('is asked for again soon, but not for each who is there', async () => {
    at.server.refuse('Location/B');
    for (const id of stays) at.server.put(encounter({ id, ward: 'B' }));
    const cosmic = await at.start();
    await cosmic.pollNow();
    expect(at.server.asked.filter((each) => each === 'Location/B')).toHaveLength(1);
    await cosmic.end();
  });

  it('gives way to no other rule: who provides the stay is no ward instead of the Location', async () => {
    at.server.put({ ...encounter({ id: 'x', ward: 'B' }), serviceProvider: { reference: 'Location/A' } });
    const cosmic = await at.start();
    await cosmic.pollNow();
    await cosmic.end();
    at.server.refuse('Location/B');
    const again = await at.start({ more: quick });
    await pollAgain(again);
    expect(await said('x')).toEqual([['admitted', wards.B]]);
  });

  it('holds up no discharge, and is no fault of one who has left', async () => {
    const cosmic = await at.start();
    at.server.put(encounter({ id: 'x', ward: 'A' }));
    await cosmic.pollNow();
    at.server.refuse('Location/B');
    at.server.put(encounter({ id: 'x', ward: 'B', status: 'finished', end }));
    await cosmic.pollNow();
    expect(await said('x')).toEqual([
      ['admitted', wards.A],
      ['discharged', wards.A],
    ]);
    expect(await faults(cosmic)).toBe(0);
  });

  it('and then leads to no ward: the move is told then', async () => {
    let minutes = 0;
    const cosmic = await at.start({ clock: () => later(minutes)() });
    at.server.put(encounter({ id: 'x', ward: 'A' }));
    await cosmic.pollNow();
    at.server.refuse('Location/nowhere');
    at.server.put(encounter({ id: 'x', ward: 'nowhere' }));
    await cosmic.pollNow();
    expect(await said('x')).toEqual([['admitted', wards.A]]);
    at.server.allow('Location/nowhere');
    minutes = 2;
    await cosmic.pollNow();
    expect(await said('x')).toEqual([
      ['admitted', wards.A],
      ['transferred', undefined],
    ]);
  });
});

describe('SVU-25, ADR-13: a move that came together with a fault is told when the fault is mended', () => {
  const national983 = testNumber('19340612', 983);
  const faulty = [
    [
      'a Patient that may not be read',
      () => at.server.refuse('Patient/p'),
      () => at.server.allow('Patient/p'),
    ],
    [
      'a Patient without a number',
      () => at.server.put(patient('p', [])),
      () => at.server.put(withNumber('p', national983)),
    ],
    [
      'a Patient that is none',
      () => at.server.put({ ...patient('p', []), identifier: 'none' }),
      () => at.server.put(withNumber('p', national983)),
    ],
    [
      'a Patient that is not there',
      () => at.server.remove('Patient', 'p'),
      () => at.server.put(withNumber('p', national983)),
    ],
  ] as const;

  describe.each(faulty)('%s', (_name, spoil, mend) => {
    it.each([
      ['no table', 'nowhere', undefined],
      ['a table', 'B', wards.B],
    ])('moved to a place of %s', async (_place, ward, told) => {
      at.server.put(withNumber('p', national983));
      at.server.put(encounter({ id: 'x', patient: 'p', ward: 'A' }));
      const before = await at.start();
      await before.pollNow();
      await before.end();
      spoil();
      at.server.put(encounter({ id: 'x', patient: 'p', ward }));
      const cosmic = await at.start({ more: quick });
      await pollAgain(cosmic);
      expect((await cosmic.health()).detail['cannotBeTold']).toBe(1);
      mend();
      await pollAgain(cosmic);
      await pollAgain(cosmic);
      expect(await said('x')).toEqual([
        ['admitted', wards.A],
        ['transferred', told],
      ]);
      expect((await cosmic.health()).detail['cannotBeTold']).toBe(0);
    });
  });
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
