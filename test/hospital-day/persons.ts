import { testNumber } from '../connectors/common/support.js';
import { ordinaryPerson, testNumbers } from '../bench/hub/persons.js';
import type { Random } from '../endurance/random.js';
import type { Plan } from './plan.js';

/** Assumed, not measured: of a hundred persons one each. */
const assumedOfPersons = { protected: 0.01, unknown: 0.01, reserve: 0.01, renumbered: 0.02 } as const;

/**
 * A person of the plan. Of who is protected, unknown to the register or has a reserve number nothing is kept but what the ward is
 * told. Who is renumbered is written by a samordningsnummer until then, and by the personal number after.
 */
export type Person = {
  readonly kind: 'ordinary' | keyof typeof assumedOfPersons;
  /** As the journals write it when the day is over. */
  readonly number: string;
  readonly renumbered?: {
    readonly former: string;
    /** When the journal writes the new number first, and when it tells so by an A40. Milliseconds since 1970. */
    readonly at: number;
    readonly toldAt: number;
  };
};

const hour = 3_600_000;
/** When the register has the new numbers, counted from midnight; the journal writes none before. */
export const registerRenumbersAt = 12 * hour;

/** Who the persons of the plan are, by their place in it. */
export function makePersons(plan: Plan, random: Random, midnight: number): readonly Person[] {
  const elsewhere = new Set(
    plan.stays.filter(({ source }) => source === 'cosmic').map(({ person }) => person),
  );
  return testNumbers(plan.persons).map((number, place): Person => {
    const kind = kindBy(random.next());
    // The journal that is polled has its patients from the beginning.
    if (kind === 'ordinary' || (kind === 'renumbered' && elsewhere.has(place)))
      return { kind: 'ordinary', number };
    if (kind === 'reserve') return { kind, number: `9824${String(place).padStart(4, '0')}AA06` };
    if (kind !== 'renumbered') return { kind, number };
    const at = midnight + registerRenumbersAt + random.between(1, 6 * 60) * 60_000;
    const day = Number(number.slice(6, 8)) + 60;
    const former = testNumber(`${number.slice(0, 6)}${day}`, Number(number.slice(8, 11)));
    return { kind, number, renumbered: { former, at, toldAt: at + random.between(0, 90) * 60_000 } };
  });
}

/** Whether the hub may know the person. */
export const isKept = ({ kind }: Person): boolean => kind === 'ordinary' || kind === 'renumbered';

/** The number that a journal writes for a person at a time. */
export const numberAt = ({ number, renumbered }: Person, at: number): string =>
  renumbered !== undefined && at < renumbered.at ? renumbered.former : number;

/** What the register's stand-in answers from, before and after it has the new numbers. */
export function registerFile(persons: readonly Person[], renumbered: boolean): object {
  const known = persons.filter(({ kind }) => kind !== 'unknown' && kind !== 'reserve');
  return {
    persons: known.map((person) => ({
      ...ordinaryPerson(renumbered ? person.number : numberAt(person, 0)),
      ...(person.kind === 'protected' && { protectedPerson: true }),
      ...(renumbered && person.renumbered && { referred: [person.renumbered.former] }),
    })),
  };
}

function kindBy(chance: number): Person['kind'] {
  let below = 0;
  for (const [kind, share] of Object.entries(assumedOfPersons) as [keyof typeof assumedOfPersons, number][])
    if (chance < (below += share)) return kind;
  return 'ordinary';
}
