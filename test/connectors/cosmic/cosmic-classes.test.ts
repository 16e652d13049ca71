import {
  cosmicTest,
  encounter,
  type CosmicTest,
  type EncounterParts,
  type RunningCosmic,
} from './cosmic-support.js';

/** SVU-21, SVU-25: an Encounter that was told as a stay and gets another class is neither over nor taken back (decision 116). */
let at: CosmicTest;
let cosmic: RunningCosmic;
let encounters = 0;
beforeAll(async () => {
  at = await cosmicTest();
  cosmic = await at.start();
});
afterAll(() => at.end());

const end = '2026-01-14T10:00:00+01:00';
const later = '2026-01-14T15:00:00+01:00';

async function course(...versions: readonly Omit<EncounterParts, 'id'>[]) {
  const id = `c${(encounters += 1)}`;
  for (const version of versions) {
    at.server.put(encounter({ id, ...version }));
    await cosmic.pollNow();
  }
  return { id, kinds: (await at.facts(id)).map(({ kind }) => kind) };
}

it.each([
  ['no longer inpatient', [{}, { class: 'AMB' }, { class: 'AMB' }], ['admitted', 'changed']],
  ['no longer inpatient, and again', [{}, { class: 'AMB' }, {}], ['admitted', 'changed', 'changed']],
  [
    'no longer inpatient, and finished so',
    [{}, { class: 'AMB' }, { class: 'AMB', status: 'finished', end }],
    ['admitted', 'changed', 'discharged'],
  ],
  [
    'finished, and going on as an outpatient',
    [{}, { status: 'finished', end }, { class: 'AMB' }],
    ['admitted', 'discharged'],
  ],
  [
    'no longer inpatient, and cancelled so',
    [{}, { class: 'AMB' }, { class: 'AMB', status: 'cancelled' }],
    ['admitted', 'changed', 'admission-cancelled'],
  ],
  [
    'finished, and finished at another time as an outpatient',
    [{}, { status: 'finished', end }, { class: 'AMB', status: 'finished', end: later }],
    ['admitted', 'discharged'],
  ],
  [
    'finished, and cancelled as an outpatient',
    [{}, { status: 'finished', end }, { class: 'AMB', status: 'cancelled' }],
    ['admitted', 'discharged'],
  ],
  ['moved as an outpatient', [{}, { class: 'AMB', ward: 'B' }], ['admitted', 'transferred', 'changed']],
  ['an outpatient', [{ class: 'AMB' }, { class: 'AMB', status: 'finished', end }], []],
] as const)('%s', async (_name, versions, kinds) => {
  expect((await course(...versions)).kinds).toEqual(kinds);
});

it('another class is said beside the facts, whose payload older hubs can read', async () => {
  const { id } = await course({}, { class: 'AMB' }, {});
  const { rows } = await at.test.database.query<{ sending: string | null }>(
    `select message::json -> 'headers' ->> 'sending' as sending from connector_receipt
     where control_id like $1 order by number`,
    [`${id}/%`],
  );
  expect(rows.map(({ sending }) => sending && (JSON.parse(sending) as object))).toEqual([
    null,
    { received: 2, otherCare: true },
    null,
  ]);
});
