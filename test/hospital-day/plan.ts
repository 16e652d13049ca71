import type { Random } from '../endurance/random.js';

/**
 * Assumed, not measured: a county's two hospitals of 1 000 beds each, 80 wards of 25 beds, nine beds in ten taken at midnight, some
 * 300 admitted and as many discharged in a day, most of it between ten and two o'clock.
 */
export const assumed = {
  wards: 80,
  bedsOfWard: 25,
  occupied: 0.9,
  longestStayBeforeDays: 20,
  admissions: 300,
  transfers: 160,
  changes: 250,
  discharges: 300,
  cancelledAdmissions: 12,
  cancelledDischarges: 12,
  readmitted: 0.1,
  late: 0.15,
  veryLate: 0.05,
} as const;

export type Source = 'melior' | 'cosmic';
export type StepKind =
  'admit' | 'transfer' | 'change' | 'discharge' | 'cancel-admission' | 'cancel-discharge';

/** Something that happens to a stay: when, and when its journal system tells of it. Milliseconds since 1970, whole seconds. */
export type Step = {
  readonly stay: PlannedStay;
  readonly kind: StepKind;
  readonly at: number;
  readonly toldAt: number;
  /** Where the patient is after it. */
  readonly ward: number;
  /** Of a stay that goes on; undefined: none. */
  readonly expectedDischarge: string | undefined;
};

/** A stay as it is when the day is over, by what happened and not by what was told. */
export type PlannedStay = {
  readonly visit: string;
  /** Place among the persons of the plan. */
  readonly person: number;
  readonly source: Source;
  readonly admittedAt: number;
  status: 'in-progress' | 'finished' | 'cancelled';
  ward: number;
  readonly wards: { readonly ward: number; readonly from: number }[];
  dischargedAt: number | undefined;
  expectedDischarge: string | undefined;
  readonly steps: Step[];
};

export type Plan = {
  readonly stays: readonly PlannedStay[];
  readonly persons: number;
  /** All steps; those before the day are admissions alone. */
  readonly before: readonly Step[];
  readonly today: readonly Step[];
};

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
/** A journal system that is polled shows one thing at a time; between two there is time for a poll. */
const pauseAfterTelling = 61 * minute;

/** Wards of Melior are the first half. */
export const sourceOf = (ward: number): Source => (ward < assumed.wards / 2 ? 'melior' : 'cosmic');

/** The day's plan: the same for the same seed and midnight. @param midnight when the day begins, milliseconds since 1970 */
export function makePlan(random: Random, midnight: number): Plan {
  return new Planner(random, midnight).plan();
}

class Planner {
  readonly #stays: PlannedStay[] = [];
  readonly #taken = Array.from({ length: assumed.wards }, () => 0);
  /** Discharged for good: they may come back. */
  readonly #home: number[] = [];
  #persons = 0;

  constructor(
    private readonly random: Random,
    private readonly midnight: number,
  ) {}

  plan(): Plan {
    for (let ward = 0; ward < assumed.wards; ward += 1)
      for (let bed = 0; bed < assumed.bedsOfWard; bed += 1)
        if (this.random.chance(assumed.occupied)) this.#admit(ward, this.#before(), false);
    for (const { at, kind } of this.#moments()) this.#happen(kind, at);
    const steps = this.#stays.flatMap((stay) => stay.steps);
    return {
      stays: this.#stays,
      persons: this.#persons,
      before: steps.filter(({ at }) => at < this.midnight).toSorted((one, other) => one.at - other.at),
      today: steps.filter(({ at }) => at >= this.midnight),
    };
  }

  /** When something happens, in order. */
  #moments(): readonly { readonly at: number; readonly kind: StepKind }[] {
    const counts: readonly (readonly [StepKind, number])[] = [
      ['admit', assumed.admissions],
      ['transfer', assumed.transfers],
      ['change', assumed.changes],
      ['discharge', assumed.discharges],
      ['cancel-admission', assumed.cancelledAdmissions],
      ['cancel-discharge', assumed.cancelledDischarges],
    ];
    return counts
      .flatMap(([kind, count]) => Array.from({ length: count }, () => ({ kind, at: this.#moment() })))
      .toSorted((one, other) => one.at - other.at);
  }

  /** Six in ten between ten and two o'clock, the others all around the day. */
  #moment(): number {
    const [from, to] = this.random.chance(0.6) ? [10 * hour, 14 * hour] : [0, day - second];
    return this.midnight + this.random.between(from / second, to / second) * second;
  }

  #before(): number {
    return this.midnight - this.random.between(60, assumed.longestStayBeforeDays * 24 * 60) * minute;
  }

  #happen(kind: StepKind, at: number): void {
    if (kind === 'admit') {
      const ward = this.#freeWard(undefined);
      if (ward !== undefined) this.#admit(ward, at, this.random.chance(assumed.readmitted));
      return;
    }
    const stay = this.#pick(kind, at);
    if (stay === undefined) return;
    if (kind === 'transfer') {
      const ward = this.#freeWard(stay);
      if (ward === undefined) return;
      this.#move(stay, ward);
      const { toldAt } = this.#tell(stay, kind, at);
      // A system that is polled does not say when the patient moved, only when it was written.
      stay.wards.push({ ward, from: stay.source === 'melior' ? at : toldAt });
      return;
    }
    if (kind === 'change')
      stay.expectedDischarge = this.random.chance(0.1)
        ? undefined
        : this.#expected(at, stay.expectedDischarge);
    if (kind === 'discharge') this.#leave(stay, 'finished', at);
    if (kind === 'cancel-admission') this.#leave(stay, 'cancelled', undefined);
    if (kind === 'cancel-discharge') {
      stay.status = 'in-progress';
      stay.dischargedAt = undefined;
      this.#taken[stay.ward] = (this.#taken[stay.ward] ?? 0) + 1;
      this.#home.splice(this.#home.indexOf(stay.person), 1);
    }
    this.#tell(stay, kind, at);
  }

  #admit(ward: number, at: number, again: boolean): void {
    const back = again ? this.#home.shift() : undefined;
    const stay: PlannedStay = {
      visit: `${sourceOf(ward).slice(0, 1)}${this.#stays.length}`,
      person: back ?? this.#persons++,
      source: sourceOf(ward),
      admittedAt: at,
      status: 'in-progress',
      ward,
      wards: [{ ward, from: at }],
      dischargedAt: undefined,
      expectedDischarge: this.random.chance(0.7) ? this.#expected(Math.max(at, this.midnight)) : undefined,
      steps: [],
    };
    this.#taken[ward] = (this.#taken[ward] ?? 0) + 1;
    this.#stays.push(stay);
    this.#tell(stay, 'admit', at);
  }

  /** A stay that this can happen to, and whose last step is long enough ago. */
  #pick(kind: StepKind, at: number): PlannedStay | undefined {
    const can = this.#stays.filter(({ status, steps, person, ward, source }) => {
      const last = steps.at(-1);
      const ready =
        last !== undefined &&
        at >= (source === 'melior' ? last.at + 5 * minute : last.toldAt + pauseAfterTelling);
      if (!ready) return false;
      if (kind === 'cancel-admission')
        return status === 'in-progress' && steps.length === 1 && last.at >= this.midnight;
      if (kind === 'cancel-discharge')
        return status === 'finished' && this.#home.includes(person) && this.#hasBed(ward);
      return status === 'in-progress';
    });
    return can[this.random.between(0, Math.max(0, can.length - 1))];
  }

  #leave(stay: PlannedStay, status: 'finished' | 'cancelled', at: number | undefined): void {
    stay.status = status;
    stay.dischargedAt = at;
    this.#taken[stay.ward] = (this.#taken[stay.ward] ?? 0) - 1;
    if (status === 'finished') this.#home.push(stay.person);
  }

  #move(stay: PlannedStay, ward: number): void {
    this.#taken[stay.ward] = (this.#taken[stay.ward] ?? 0) - 1;
    this.#taken[ward] = (this.#taken[ward] ?? 0) + 1;
    stay.ward = ward;
  }

  #hasBed(ward: number): boolean {
    return (this.#taken[ward] ?? 0) < assumed.bedsOfWard;
  }

  /** Another ward with a free bed, of the hospital where the patient is; of any without one. */
  #freeWard(stay: PlannedStay | undefined): number | undefined {
    const free = this.#taken.flatMap((_, ward) =>
      this.#hasBed(ward) && ward !== stay?.ward && (stay === undefined || sourceOf(ward) === stay.source)
        ? [ward]
        : [],
    );
    return free[this.random.between(0, Math.max(0, free.length - 1))];
  }

  #expected(at: number, other?: string): string {
    const date = new Date(at + this.random.between(1, 10) * day).toISOString().slice(0, 10);
    return date === other ? this.#expected(at, other) : date;
  }

  #tell(stay: PlannedStay, kind: StepKind, at: number): Step {
    const { ward, expectedDischarge } = stay;
    const step = { stay, kind, at, toldAt: at + this.#lateness(at), ward, expectedDischarge };
    stay.steps.push(step);
    return step;
  }

  /** How long after it happened it is told: within two minutes, within the hour, or up to eight hours. */
  #lateness(at: number): number {
    if (at < this.midnight) return 0;
    const chance = this.random.next();
    if (chance < assumed.veryLate) return this.random.between(60, 8 * 60) * minute;
    return this.random.between(0, chance < assumed.veryLate + assumed.late ? 3600 : 120) * second;
  }
}
