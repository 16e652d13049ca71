import type { Side } from '../../../src/process/vocabulary.js';

/** A person at a unit of the fictional region, and what she may there, as the organisation file says it. */
export type Actor = {
  readonly user: string;
  readonly unit: string;
  readonly side: Side;
  /** False: reads only. */
  readonly writes: boolean;
  /** Signs for the unit (SVU-19). */
  readonly signs: boolean;
  readonly licensed: boolean;
};

const at = (unit: string, user: string, side: Side, more: Partial<Actor> = {}): Actor => ({
  user,
  unit,
  side,
  writes: true,
  signs: true,
  licensed: true,
  ...more,
});

/** Two wards, three health centres, two municipalities with two units each, and a hospital that has no part in any of it. */
export const cast = {
  nurse: at('SE4999000013-W101', 'SE4999000013-P001', 'hospital'),
  doctor: at('SE4999000013-W101', 'SE4999000013-P002', 'hospital'),
  planner: at('SE4999000013-W101', 'SE4999000013-P003', 'hospital', { signs: false, licensed: false }),
  secretary: at('SE4999000013-W101', 'SE4999000013-P004', 'hospital', { writes: false, licensed: false }),
  otherWard: at('SE4999000013-W102', 'SE4999000013-P005', 'hospital'),
  ekbacken: at('SE4999000013-H101', 'SE4999000013-P017', 'outpatient'),
  hamnen: at('SE4999000013-H102', 'SE4999000013-P021', 'outpatient'),
  strandkanten: at('SE4999000021-H201', 'SE4999000021-P001', 'outpatient'),
  assessor: at('SE4999000039-B101', 'SE4999000039-P001', 'municipality'),
  homeNurse: at('SE4999000039-M101', 'SE4999000039-P005', 'municipality'),
  otherAssessor: at('SE4999000047-B101', 'SE4999000047-P001', 'municipality'),
  otherHomeNurse: at('SE4999000047-M101', 'SE4999000047-P006', 'municipality'),
  farAway: at('SE4999001011-W101', 'SE4999001011-P001', 'hospital'),
} as const satisfies Readonly<Record<string, Actor>>;

export type Who = keyof typeof cast;

const { ekbacken, hamnen, strandkanten, assessor, homeNurse, otherAssessor } = cast;
const ljungasa = [assessor, homeNurse];
const bjorkhaga = [otherAssessor];

/** Patients by number, with who receives their cases, as the files of the fictional region say: health centre and municipality. */
export const patients: Readonly<Record<string, readonly Actor[]>> = {
  '193406129829': [ekbacken, ...ljungasa],
  '194102039817': [strandkanten, ...ljungasa],
  '194711199846': [hamnen, ...ljungasa],
  '192908059831': [ekbacken, ...ljungasa],
  '193804289860': [hamnen, ...bjorkhaga],
  '195209179851': [strandkanten, ...bjorkhaga],
  '194401309887': [ekbacken, ...bjorkhaga],
  '193309019903': [ekbacken, ...ljungasa],
};

/** Numbers no case is opened for, and why not. */
export const notForCases = {
  '196603259802': 'person-protected',
  '197109079934': 'person-protected',
  '197001019806': 'person-unknown',
  '193406129828': 'personal-number-check-digit',
  '19340612982': 'personal-number-length',
  '193413129829': 'personal-number-date',
  '19340612K982': 'reserve-number',
} as const;

const day = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The days of the run, in order; `past` lies before every admission. */
export const days = { past: day(-10), soon: day(3), later: day(8) } as const;

/** Every patient came three hours before the run. */
export const admittedAt = new Date(Date.now() - 3 * 3600_000).toISOString();

export const moments = {
  before: new Date(Date.now() - 5 * 86_400_000).toISOString(),
  now: new Date(Date.now() - 3600_000).toISOString(),
  future: new Date(Date.now() + 5 * 86_400_000).toISOString(),
} as const;
