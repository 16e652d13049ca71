import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import type { EventMessage } from '../../src/messaging/contracts/build-event.js';

/** What is kept of every resource that was told of, whatever its type; each type keeps more. */
export type Remembered = {
  readonly status: 'open' | 'ended' | 'none';
  /** Forgotten some time after the end. */
  readonly person?: PersonIdentifier;
  /** Which Patient the person was read from; absent when the resource names the identity itself. */
  readonly patient?: string;
};

/** Which version of a resource is told of. */
export type Source = {
  readonly id: string;
  /** `meta.versionId`, or what stands for it. */
  readonly version: string;
};

/** One fact as it goes out. */
export type Report = {
  /** For the log. */
  readonly kind: string;
  readonly topic: string;
  readonly messageId: string;
  readonly message: EventMessage;
  /** The same as was told before. */
  readonly again?: true;
};

type Reported<State> = {
  readonly state: State;
  readonly reports: readonly Report[];
  /** Why it cannot be reported as it is now, where something had to be reported anyway. */
  readonly fault?: string;
};

/** A resource as far as it is looked at. */
export type LookedAt = {
  readonly id: string;
  readonly meta?:
    { readonly versionId?: string | undefined; readonly lastUpdated?: string | undefined } | undefined;
};

/**
 * What is particular to one type of resource. `Observed` is what a resource is at one moment, `State` what was reported of it last.
 */
export type ResourceKind<Resource extends LookedAt, Observed, State extends Remembered> = {
  readonly resourceType: string;
  /** The URN its facts come from. */
  readonly source: string;
  /** What decides what is told: when it is other than before, everything is looked at again. */
  readonly settings: unknown;
  /** Undefined when it is no such resource by FHIR's own rules. */
  read(value: unknown): Resource | undefined;
  /** A sweep begins: nothing that resources lead to is believed from before. */
  beginSweep?(): void;
  /** Reads together what many of them lead to, before each is translated. @throws FhirFailure */
  prepare?(resources: readonly Resource[]): Promise<void>;
  /**
   * Undefined: it says nothing, and what was known stays.
   * @param told what was told of it before
   * @throws Untranslatable; FhirFailure when what it leads to could not be read now.
   */
  translate(resource: Resource, told?: State): Promise<Observed | undefined>;
  /** One that is not there any more. */
  readonly gone: Observed;
  /** How many are asked for by their ids in one search at a sweep; 1: each is read, so that one that may not be read any more is seen. */
  readonly readTogether: number;
  /** One that may not be read by its id any more counts as gone; else what was known of it stays. */
  readonly unreadableIsGone: boolean;
  /** True when it is to be looked at again in a sweep although it has not changed: what it leads to may have. */
  isDue(state: State, now: Date): boolean;
  /** The facts between what was reported last and what is observed now. Pure. @throws InvalidEvent */
  tell(before: State | undefined, seen: Observed, source: Source, now: Date): Reported<State>;
};

/** One resource that cannot be told; the others go on. `code` never holds anything of the resource. */
export class Untranslatable extends Error {
  override readonly name = 'Untranslatable';
  constructor(readonly code: string) {
    super(code);
  }
}
