import type { PersonIdentifier, StayFact } from '../../../src/messaging/contracts/facts.js';
import { isSamePerson } from '../is-same-person.js';
import type { Remembered } from '../kind.js';
import { present } from '../present.js';
import { earliest, latest } from '../times.js';
import type { Observed } from './translate.js';

/** What was told last of an Encounter, as it is kept between polls. */
export type Reported = Remembered & {
  readonly ward?: string;
  /** The place that the Encounter named when the ward was told. */
  readonly place?: string;
  readonly admittedAt?: string;
  readonly dischargedAt?: string;
  readonly expectedDischarge?: string;
  /** It was told last that it is other care than a stay in hospital. */
  readonly otherCare?: true;
  /** Counts the persons the Encounter was of: one that turns out to be another's is another stay. */
  readonly visit: number;
  /** Facts told so far; the next has the next number. */
  readonly sequence: number;
  /** `occurredAt` of the last fact; no later fact has an earlier one. */
  readonly at?: string;
};

/** A fact without what only the sender knows (visit, sender, message id). */
export type Step =
  | {
      readonly topic: 'stay';
      readonly visit: number;
      readonly fact: StepFact;
      /** What goes beside the fact (decision 98). */
      readonly otherCare?: true;
    }
  | {
      readonly topic: 'identity';
      readonly person: PersonIdentifier;
      readonly replaced: PersonIdentifier;
      readonly occurredAt: string;
      readonly sequence: number;
    };

type StepFact = Omit<StayFact, 'visit' | 'sender' | 'messageId' | 'sequence'> & { readonly sequence: number };

export type Derived = { readonly steps: readonly Step[]; readonly told: Reported };

const nothing: Reported = { status: 'none', visit: 1, sequence: 0 };

/**
 * What has happened to a stay between what was reported last and what is observed now. Pure.
 *
 * The order of the facts is the connector's own count, because one version of an Encounter may give several and versions need
 * not be numbers; `occurredAt` is when the server says that it was changed, but never after `now` and never before an earlier
 * fact's, so that a server whose clock is wrong, or is put right, cannot turn the order around.
 *
 * A stay that gets another class is neither over nor taken back: that is told beside a change, and its end when that comes. Other care
 * begins no stay, and one that was over stays as it was told: it does not go on in it, is not over at another time, and is not taken back
 * (decision 116).
 * @param now our own time, UTC
 */
export function derive(before: Reported | undefined, seen: Observed, now: string): Derived {
  const told = before ?? nothing;
  const occurredAt = latest(told.at, earliest(seen.updatedAt, now));
  const course = new Course(told, occurredAt);
  if (seen.person !== undefined) course.identify(seen.person, seen.patient);
  const isStay = seen.otherCare === undefined;
  if (!isStay && course.told.status === 'ended') return { steps: course.steps, told: course.told };
  if (seen.status === 'none') course.cancel(seen);
  else {
    if (course.told.status === 'none' && isStay) course.admit(seen);
    else if (course.told.status === 'ended' && seen.status === 'open' && isStay) course.reopen();
    if (course.told.status === 'open') course.follow(seen);
    if (course.told.status !== 'none' && seen.status === 'ended') course.discharge(seen);
  }
  return { steps: course.steps, told: course.told };
}

/** A stay that had ended long before it was first observed: kept as known, and not reported. */
export function stayEndedBefore(seen: Observed): Reported {
  const { updatedAt: _, wardNotReadable: __, ...state } = seen;
  return { ...nothing, ...state };
}

class Course {
  readonly steps: Step[] = [];
  told: Reported;

  constructor(
    told: Reported,
    private readonly occurredAt: string,
  ) {
    this.told = told;
  }

  /**
   * The person is another than was told. A reserve number or samordningsnummer that gives way to another identity of the same
   * Patient is told as such; anything else means that the stay was told of the wrong person, and is taken back.
   */
  identify(person: PersonIdentifier, patient: string | undefined): void {
    const { person: earlier, status } = this.told;
    if (earlier !== undefined && !isSamePerson(earlier, person) && this.told.sequence > 0) {
      const grown =
        status !== 'none' &&
        earlier.type !== 'personnummer' &&
        patient !== undefined &&
        patient === this.told.patient;
      if (!grown) {
        this.cancel({});
        this.told = { ...this.told, visit: this.told.visit + 1 };
      } else {
        const { occurredAt } = this;
        const sequence = this.told.sequence + 1;
        this.steps.push({ topic: 'identity', person, replaced: earlier, occurredAt, sequence });
        // Under a reserve number nobody could record the stay, so it is told from its beginning.
        const again = earlier.type === 'samordningsnummer' ? {} : { status: 'none' as const };
        this.told = { ...this.told, ...again, sequence, at: occurredAt };
      }
    }
    const { patient: _, ...rest } = this.told;
    this.told = { ...rest, person, ...(patient !== undefined && { patient }) };
  }

  admit(seen: Observed): void {
    const { ward, admittedAt, expectedDischarge } = seen;
    const state = present({ ward, admittedAt, expectedDischarge });
    this.told = { ...this.bare(), status: 'open', ...state };
    this.standAt(seen);
    this.tell('admitted', state);
  }

  reopen(): void {
    const { dischargedAt: _, otherCare: __, ...rest } = this.told;
    this.told = { ...rest, status: 'open' };
    this.tell('discharge-cancelled', present({ ward: rest.ward, admittedAt: rest.admittedAt }));
  }

  /**
   * What changes while the stay goes on. Without a ward the patient is at one that nobody here knows, and no longer where she was (ADR-13);
   * where one was who has left, or is an outpatient, is nothing to tell when it is not known. What may not be read moves nobody.
   */
  follow(seen: Observed): void {
    if (
      !seen.wardNotReadable &&
      seen.ward !== this.told.ward &&
      (seen.ward !== undefined || (seen.status === 'open' && !seen.otherCare))
    ) {
      const { ward: _, ...rest } = this.told;
      const there = present({ ward: seen.ward });
      this.told = { ...rest, ...there };
      this.tell('transferred', there);
    }
    this.standAt(seen);
    // What an ended stay no longer expects is nothing to tell.
    const expectedDischarge = seen.status === 'ended' ? this.told.expectedDischarge : seen.expectedDischarge;
    const admittedAt = seen.admittedAt ?? this.told.admittedAt;
    const gone = expectedDischarge === undefined && this.told.expectedDischarge !== undefined;
    const otherCare = seen.status === 'ended' ? this.told.otherCare : seen.otherCare;
    const now = present({ expectedDischarge, admittedAt, otherCare });
    const { expectedDischarge: before, admittedAt: began, otherCare: was, ...rest } = this.told;
    if (expectedDischarge === before && admittedAt === began && otherCare === was) return;
    this.told = { ...rest, ...now };
    this.tell('changed', {
      ...present({ ward: this.told.ward, admittedAt, expectedDischarge }),
      ...(gone && { expectedDischargeRemoved: true as const }),
    });
  }

  /** Once, and again when the journal puts the time right. */
  discharge({ dischargedAt }: Observed): void {
    const known = this.told.status === 'ended';
    if (known && (dischargedAt === undefined || dischargedAt === this.told.dischargedAt)) return;
    this.told = { ...this.told, status: 'ended', ...present({ dischargedAt }) };
    this.tell('discharged', present({ ward: this.told.ward, dischargedAt }));
  }

  /**
   * Nothing was told, or its person is forgotten: nothing to take back. What is taken back is the visit as it is seen: in other care the
   * ward is asked of it. Of another person it was never her stay, whatever its class.
   */
  cancel({ otherCare }: Pick<Observed, 'otherCare'>): void {
    const { otherCare: _, ...rest } = this.told;
    this.told = { ...rest, ...present({ otherCare }) };
    if (this.told.status !== 'none' && this.told.person !== undefined)
      this.tell('admission-cancelled', present({ ward: this.told.ward }));
    this.told = this.bare();
  }

  /** From which place the ward was told; one that may not be read, or whose ward was not told, is none. */
  private standAt({ place, ward, wardNotReadable }: Observed): void {
    if (!wardNotReadable && ward === this.told.ward) this.told = { ...this.told, ...present({ place }) };
  }

  private bare(): Reported {
    const { visit, sequence, at, person, patient } = this.told;
    return { status: 'none', visit, sequence, ...present({ at, person, patient }) };
  }

  private tell(kind: StayFact['kind'], rest: Partial<StepFact>): void {
    const { person, visit } = this.told;
    if (person === undefined) throw new Error('a stay is told of a person');
    const sequence = this.told.sequence + 1;
    this.told = { ...this.told, sequence, at: this.occurredAt };
    const fact: StepFact = { kind, person, ...rest, occurredAt: this.occurredAt, sequence };
    const beside = present({ otherCare: this.told.otherCare });
    this.steps.push({ topic: 'stay', visit, fact, ...beside });
  }
}
