import { testNumber } from '../common/support.js';
import {
  cosmicTest,
  national,
  patient,
  settings,
  type CosmicTest,
  type RunningCosmic,
} from './cosmic-support.js';

/** The stand-in that the tests of a file start anew for each. */
export let at: CosmicTest;
// A Patient is read again at each sweep.
export const quick = { sweepSeconds: 0.05 };
const { changes: _, ...withoutChanges } = settings.query;
export const servers = [
  ['a server that shows changes', {}],
  ['a server that does not', { query: withoutChanges }],
  [
    'a server that brings Patients along',
    { query: { ...settings.query, open: { ...settings.query.open, _include: 'Encounter:subject' } } },
  ],
  ['a server that is asked for each Patient', { patientsTogether: 1, encountersTogether: 1 }],
] as const;
export const end = '2026-01-14T10:00:00+01:00';
/** One at the start, and one that is asked for. */
export const sweeps = 2;
export const stays = ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'];
export const withNumber = (id: string, value: string, system = 'personnummer') =>
  patient(id, [{ system: `${national}/${system}`, value }]);
export const numbers = stays.map((_each, index) => testNumber('19340612', 983 + index));

beforeEach(async () => {
  at = await cosmicTest();
});
afterEach(() => at.end());

export const said = async (id: string) => (await at.facts(id)).map(({ kind, ward }) => [kind, ward]);

export async function pollAgain(cosmic: RunningCosmic): Promise<void> {
  // A search shows at once what was written, and a Patient that was read is believed until the next sweep.
  const until = performance.now() + quick.sweepSeconds * 1000;
  while (performance.now() <= until) await cosmic.pollNow();
  await cosmic.pollNow();
}
