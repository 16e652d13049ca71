import type { AnyStreamType } from '../../log/stream-registry.js';
import type { LoggedEvent, StreamType } from '../../log/stream-type.js';
import type { AnyCommand, AnyEvent, KindOfCase } from '../../process/case/kind-of-case.js';
import type { CaseState } from '../../process/case/state.js';
import type { FollowingCommand } from '../../process/under-case/following-case.js';
import type { TodoCommandUnderCase } from '../../process/under-case/todos-under-case.js';
import type { TodoRemarks, TodoUpdate } from '../../process/vocabulary.js';
import type { NoteDeadlines } from '../../process/deadlines/telling.js';
import type { RowsOfKind } from '../../process/case/tables-of-kind.js';
import type { ProfilesOfCase } from '../../projection/codes/canonicals.js';
import { byName } from '../operations/operation.js';
import type { Operation } from '../operations/operation.js';
import { rowsOfKinds } from './rows-of-kinds.js';
import type { OpeningCarePlan } from '../opening-care-plan.js';

/** The stream of a kind of case: whether a case is open is its to say. */
type CaseStream<State extends CaseState, Command, Event extends AnyEvent> = StreamType<
  State,
  Command,
  Event
> &
  Required<Pick<StreamType<State, Command, Event>, 'isOpen'>>;

/** A stream that has to-dos, and with them deadlines. */
export type StreamWithDeadlines = StreamType<unknown, NoteDeadlines, LoggedEvent>;

/** A step of a client on a stream that hangs on a case. */
export type StepUnderCase =
  | { readonly type: 'complete-todo'; readonly data: { readonly key: string } & TodoRemarks }
  | { readonly type: 'update-todo'; readonly data: { readonly key: string } & TodoUpdate };

/** A stream under a case on which units do to-dos, and which is told when one of them leaves the case. */
export type StreamThatTakesSteps = StreamType<
  Pick<CaseState, 'todos'>,
  TodoCommandUnderCase | FollowingCommand,
  LoggedEvent
> & { readonly takesSteps: true };

/** A stream that hangs on a case, with deadlines or without, and with to-dos that clients do (`takesSteps`) or none. */
export type StreamUnderCase =
  | (AnyStreamType & { readonly nextDeadline?: undefined })
  | (StreamWithDeadlines & Required<Pick<StreamWithDeadlines, 'nextDeadline'>>);

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
  /** The profiles that its resources claim, as its projection writes them. Left out: those of every case, and none of its CarePlans. */
  readonly profiles?: ProfilesOfCase;
  /** The streams that hang on its cases: forms, messages, documents. Two kinds may have one of the same (decision 73). */
  readonly under?: readonly StreamUnderCase[];
  /** What a client can do with one: the rows of its own steps, and those of what every case has. */
  readonly operations: readonly Operation[];
};

/** The kinds of case that a hub has. Made by the composition; everything outside the kinds' own rooms asks it. */
export class CaseKinds {
  readonly all: readonly [CaseKind, ...CaseKind[]];
  /** The operations of all kinds, each once; kinds that have one of a name have the same row. */
  readonly operations: ReadonlyMap<string, Operation>;
  /** The kinds of to-do and of notice and the rejections of all kinds, with those of every case and of no case. */
  readonly todos: RowsOfKind['todos'];
  readonly notices: RowsOfKind['notices'];
  readonly rejections: RowsOfKind['rejections'];
  readonly #byName: ReadonlyMap<string, CaseKind>;

  /**
   * @throws Error at start, when two kinds have one name, a kind's name is not that of its stream, two operations or two rows have one
   * name, or the rows of a kind are not complete
   */
  constructor(...all: readonly [CaseKind, ...CaseKind[]]) {
    this.all = all;
    this.operations = new Map(
      Object.entries(byName([...new Set(all.flatMap(({ operations }) => operations))])),
    );
    const { todos, notices, rejections } = rowsOfKinds(all);
    this.todos = todos;
    this.notices = notices;
    this.rejections = rejections;
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
  get under(): readonly StreamUnderCase[] {
    return [...new Set(this.all.flatMap(({ under = [] }) => under))];
  }
}
