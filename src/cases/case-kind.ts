import type { AnyStreamType } from '../log/stream-registry.js';
import type { StreamType } from '../log/stream-type.js';
import type { AnyCommand, AnyEvent, KindOfCase } from '../process/case/kind-of-case.js';
import type { CaseState } from '../process/case/state.js';
import { byName } from './operations/operation.js';
import type { Operation } from './operations/operation.js';
import type { OpeningCarePlan } from './opening-care-plan.js';

/** The stream of a kind of case: whether a case is open is its to say. */
type CaseStream<State extends CaseState, Command, Event extends AnyEvent> = StreamType<
  State,
  Command,
  Event
> &
  Required<Pick<StreamType<State, Command, Event>, 'isOpen'>>;

/** A kind of case: what the world outside asks it, and the stream that its cases are kept in. */
export type CaseKind<
  State extends CaseState = CaseState,
  Asked = unknown,
  Command = AnyCommand,
  Event extends AnyEvent = AnyEvent,
> = KindOfCase<State, Asked> & {
  readonly stream: CaseStream<State, Command, Event>;
  /** How a client opens one. */
  readonly carePlan: OpeningCarePlan;
  /** The streams that hang on its cases: forms, messages, documents. Two kinds may have one of the same (decision 73). */
  readonly under?: readonly AnyStreamType[];
  /** What a client can do with one: the rows of its own steps, and those of what every case has. */
  readonly operations: readonly Operation[];
};

/** The kinds of case that a hub has. Made by the composition; everything outside the kinds' own rooms asks it. */
export class CaseKinds {
  readonly all: readonly [CaseKind, ...CaseKind[]];
  /** The operations of all kinds, each once; kinds that have one of a name have the same row. */
  readonly operations: ReadonlyMap<string, Operation>;
  readonly #byName: ReadonlyMap<string, CaseKind>;

  /** @throws Error at start, when two kinds have one name, a kind's name is not that of its stream, or two operations have one name */
  constructor(...all: readonly [CaseKind, ...CaseKind[]]) {
    this.all = all;
    this.operations = new Map(
      Object.entries(byName([...new Set(all.flatMap(({ operations }) => operations))])),
    );
    this.#byName = new Map(all.map((kind) => [kind.name, kind]));
    if (this.#byName.size !== all.length) throw new Error('Two kinds of case have one name');
    const other = all.find(({ name, stream }) => stream.name !== name);
    if (other !== undefined) throw new Error(`The stream of ${other.name} is called ${other.stream.name}`);
  }

  /** The kind whose cases are kept in streams of this name; undefined for streams of no case. */
  ofStream(type: string | undefined): CaseKind | undefined {
    return type === undefined ? undefined : this.#byName.get(type);
  }

  /**
   * The kind of a case.
   * @throws Error for a case that another program wrote
   */
  of({ kind }: Pick<CaseState, 'kind'>): CaseKind {
    const found = this.#byName.get(kind);
    if (found === undefined) throw new Error(`There is no kind of case ${kind}`);
    return found;
  }

  get names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** The streams that hang on cases of any kind, each once. */
  get under(): readonly AnyStreamType[] {
    return [...new Set(this.all.flatMap(({ under = [] }) => under))];
  }
}
