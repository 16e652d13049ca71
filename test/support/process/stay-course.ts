import * as fc from 'fast-check';
import type { ToldOfStay } from '../../../src/process/case/told-of-stay.js';
import type { StayCommand, StayEvent, StayState } from '../../../src/process/stay/stay.js';
import { stay as stayDecider } from '../../../src/process/stay/stay-decider.js';
import type { SvuCommand, SvuEvent } from '../../../src/process/svu/subjects.js';
import type { SvuState } from '../../../src/process/svu/state.js';
import { commandsOfStay, hearsOfStays } from '../../../src/process/svu/stay-commands.js';
import { svu } from '../../../src/process/svu/svu.js';
import { journal, units } from './cast.js';
import { stored } from './given.js';
import * as cases from './svu.js';

/** A case, and the facts of its stay as they reach it. */

export const wards = {
  own: units.ward,
  other: units.otherWard,
  third: 'SE2321000016-W103',
  foreign: 'SE2321000255-W101',
  unknown: 'SE9999999999-X',
} as const;
/** `unnamed`: the source names one that no table holds. */
export type WardName = keyof typeof wards | 'none' | 'unnamed';
export const organisations: Readonly<Record<string, string>> = {
  [wards.own]: '232100-0016',
  [wards.other]: '232100-0016',
  [wards.third]: '232100-0016',
  [wards.foreign]: '232100-0255',
};

export type Fact = {
  readonly kind: ToldOfStay['fact']['kind'];
  readonly ward: WardName;
  readonly hour: number;
  /** The source has the visit as other care than a stay. */
  readonly other?: boolean;
};
export type Act = 'discharge' | 'undo' | 'annul';

const commandTypes = {
  admitted: 'record-admission',
  transferred: 'record-transfer',
  changed: 'record-change',
  discharged: 'record-discharge',
  'admission-cancelled': 'cancel-admission',
  'discharge-cancelled': 'cancel-discharge',
} as const;
const mayPlace: ReadonlySet<string> = new Set(['changed', 'discharge-cancelled']);
export const stayId = '0b1d3a52-0000-4000-8000-0000000000f1';
export const time = (hour: number): string =>
  new Date(Date.parse('2026-03-02T06:00:00.000Z') + hour * 60_000).toISOString();

export type Played = { readonly stay: StayState | undefined; readonly state: SvuState };

const wardOf = (id: string) => ({ id, name: id, known: organisations[id] !== undefined });

export function tell({ stay, state }: Played, { kind, ward: name, hour, other }: Fact, id = stayId): Played {
  const ward = name === 'none' || name === 'unnamed' ? undefined : wards[name];
  const happened = time(hour);
  const command = {
    type: commandTypes[kind],
    at: happened,
    by: journal,
    data: {
      personId: cases.personId,
      order: { time: happened },
      ...(ward === undefined ? {} : { ward }),
      ...(name === 'unnamed' && mayPlace.has(kind) ? { wardUnknown: true } : {}),
      ...(other ? { otherCare: true } : {}),
      ...(kind === 'admitted' ? { admittedAt: happened } : {}),
      ...(kind === 'discharged' ? { dischargedAt: happened } : {}),
    },
  } as StayCommand;
  const events: readonly StayEvent[] = stayDecider.decide(command, stay).events ?? [];
  const [event] = events;
  if (event === undefined) return { stay, state };
  const now = stored(stayDecider.evolve(stay, event));
  const late = 'late' in event.data && event.data.late;
  const told: ToldOfStay = {
    at: cases.now,
    by: journal,
    stay: { id, before: stay, now, late },
    tiedTo: stay,
    fact: { kind, occurredAt: happened, ...(kind === 'discharged' ? { dischargedAt: happened } : {}) },
    ward: ward === undefined ? undefined : wardOf(ward),
    wardOf,
    organisationOf: (id) => organisations[id],
    noticeFor: (id) => `notice of ${id}`,
    stayUnderWay: false,
    openCase: undefined,
  };
  const commands = hearsOfStays(state) ? commandsOfStay(state, told) : [];
  return { stay: now, state: commands.reduce(after, state) };
}

export function after(state: SvuState, command: SvuCommand): SvuState {
  const events: readonly SvuEvent[] = svu.decide(command, state).events ?? [];
  return events.reduce<SvuState>((before, event) => stored(svu.evolve(before, event)), state);
}

/** A step of the ward where the case is; refused where its phase does not allow it. */
export function act(state: SvuState, what: Act): SvuState {
  const step = { discharge: cases.discharge, undo: cases.undo, annul: cases.annul }[what];
  return after(state, { ...step, by: { ...step.by, unit: state.ward } } as SvuCommand);
}

export const facts: fc.Arbitrary<Fact> = fc.record({
  kind: fc.constantFrom(...(Object.keys(commandTypes) as Fact['kind'][])),
  ward: fc.constantFrom<WardName[]>('own', 'own', 'other', 'third', 'foreign', 'unknown', 'none', 'unnamed'),
  hour: fc.integer({ min: 10, max: 40 }),
  other: fc.boolean(),
});
export const begin = (published: boolean): Played => {
  const first = { stay: undefined, state: published ? cases.publishedCase().state : cases.opened().state };
  return tell(first, { kind: 'admitted', ward: 'own', hour: 0 });
};
