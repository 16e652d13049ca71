import type { Decider } from '../process/decider.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import type { Projection } from '../projection/projection.js';

/** The name of a kind of stream, as stored. Which there are is the composition's to say (`StreamRegistry`). */
export type StreamName = string;

/**
 * A kind of stream: the pure process and the pure view of its state. `context` gives the view what lives outside the
 * log (e.g. the register copy of a person).
 */
export type StreamType<State, Command, Event extends LoggedEvent> = {
  readonly name: StreamName;
  readonly decider: Decider<State, Command, Event>;
  /** Current version of each event type's payload; events not listed are version 1. */
  readonly versions?: Readonly<Record<string, number>>;
  /** Every event this program knows. Absent, in tests alone: it takes any. */
  readonly events?: ReadonlySet<string>;
  /** What stands in a state that this program does not know, in words of the program; undefined where there is nothing. */
  unknownIn?(this: void, state: State): string | undefined;
  personOf(state: State): Uuid | undefined;
  /** When the stream has next to be asked what its deadlines have come to (`note-deadlines`). Absent: it has no deadlines. */
  nextDeadline?(this: void, state: State): Instant | undefined;
  /** Of a case: whether it is under way now, as `stream.open` says to whoever asks the database. Absent: it is no case. */
  isOpen?(this: void, state: State): boolean;
  /**
   * The case that the stream hangs on: of a form, a message or a document. The case alone decides who sees what it shows (ADR 73), so
   * all of it has a scope of the case (`scopesUnder`), and the stream gives nobody a right. Absent: the stream stands by itself.
   */
  caseOf?(this: void, state: State): Uuid;
  project(id: Uuid, state: State, context: ProjectionContext): Projection | Promise<Projection>;
  /**
   * What two states show, each without resources that both show alike, so that a step costs by what it changes. Grants are whole. Absent:
   * both are projected whole.
   */
  projectChange?(
    this: void,
    id: Uuid,
    before: State,
    after: State,
  ): { readonly before: Projection; readonly after: Projection };
};

/** What an event must have for the log to keep it. */
export type LoggedEvent = {
  readonly type: string;
  readonly at: Instant;
  readonly by: Actor;
  readonly data: unknown;
};

/** What a view may ask for besides the state. */
export type ProjectionContext = {
  /**
   * The register copy with this version, as `{ record, listing }` (src/messaging/contracts/facts.ts); undefined when it
   * was destroyed or sealed, or never was.
   */
  registerCopy(personId: Uuid, version: number): Promise<unknown>;
};

/** What caused an event: a fact from the inbox, a request, or the hub itself. Ids only. */
export type Cause = { readonly kind: 'fact' | 'request' | 'hub'; readonly id: string };
