import type { Session } from '../log/log.js';
import { WrittenByNewer } from '../log/written-by-newer.js';
import { personLock } from '../persons/person-locks.js';
import type { Moment } from '../process/case/event.js';
import type { CaseState } from '../process/case/state.js';
import type { Decision, Rejection } from '../process/rejections/rejection.js';
import { todoStatuses } from '../process/todo/status.js';
import type { FollowingCommand } from '../process/under-case/following-case.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import type { CaseKind, StepUnderCase, StreamThatTakesSteps } from './kinds/case-kind.js';
import type { CasesDependencies } from './dependencies.js';
import { findCase } from './open-cases.js';
import type { FoundCase } from './open-cases.js';

export type RequestUnderCase = {
  readonly by: UserActor;
  readonly requestId: string;
  readonly caseId: Uuid;
  /** Whose the case is, as it was seen. */
  readonly personId: Uuid;
};

/** What the caller adds to the transaction, as with a step on the case itself. */
export type HooksUnderCase = {
  readonly before: (session: Session) => Promise<void>;
  readonly after: (session: Session) => Promise<void>;
};

export type OutcomeUnderCase =
  { readonly accepted: true } | { readonly accepted: false; readonly rejection: Rejection };

/** What is done in the transaction, with the case as it is then. */
type Work = (
  session: Session,
  found: FoundCase,
  moment: Moment & { readonly by: UserActor },
) => Promise<Decision<unknown> | undefined>;

/**
 * Does something to what hangs on a case, in one transaction under the lock of the person: whatever the case says while it is done is
 * true of it.
 *
 * @returns undefined when there is no such case, or `work` finds nothing to do it to
 */
export async function runWithCase(
  deps: CasesDependencies,
  { by, requestId, caseId, personId }: RequestUnderCase,
  hooks: HooksUnderCase,
  work: Work,
): Promise<OutcomeUnderCase | undefined> {
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'request', id: requestId }, recordedAt: at },
    async (session) => {
      await hooks.before(session);
      const found = await findCase(session, deps.kinds, caseId);
      const decision = found && (await work(session, found, { at, by }));
      if (decision === undefined) return undefined;
      if (decision.rejection !== undefined) return { accepted: false, rejection: decision.rejection };
      await hooks.after(session);
      return { accepted: true };
    },
  );
}

/**
 * Runs one step on a stream that hangs on a case, such as a to-do of it.
 * @param step what is to be done with the stream as it is now; undefined where that is not there
 * @returns undefined when there is no such case, stream or to-do
 */
export function runUnderCase(
  deps: CasesDependencies,
  request: RequestUnderCase & { readonly streamId: Uuid },
  hooks: HooksUnderCase,
  step: (state: Pick<CaseState, 'todos'>) => StepUnderCase | undefined,
): Promise<OutcomeUnderCase | undefined> {
  const { streamId } = request;
  return runWithCase(deps, request, hooks, async (session, { kind, state: of }, moment) => {
    const stream = streamUnder(kind, await session.typeOf(streamId));
    const state = stream && (await session.load(stream, streamId)).state;
    const wanted = state && step(state);
    if (stream === undefined || wanted === undefined) return undefined;
    return (await session.execute(stream, streamId, { ...wanted, ...moment, of })).decision;
  });
}

/** The kind of stream, where cases of the kind have such and clients take steps on it. */
function streamUnder({ under = [] }: CaseKind, name: string | undefined): StreamThatTakesSteps | undefined {
  return under.flatMap((each) => (takesSteps(each) && each.name === name ? [each] : []))[0];
}

const takesSteps = (stream: object): stream is StreamThatTakesSteps => 'takesSteps' in stream;

/**
 * Tells what hangs on a case what became of it: that it is another person's (PAT-12), and that a unit left which has something to do there
 * (ACC-7, SVU-25). Nothing else of a case is told: the case itself decides who sees what hangs on it (decision 73).
 *
 * @throws {WrittenByNewer} where something that must be told is of a kind that this program does not know: it would be left behind
 */
export async function tellUnder(
  session: Session,
  kind: CaseKind,
  caseId: Uuid,
  states: { readonly before: CaseState | undefined; readonly after: CaseState },
  moment: Moment,
): Promise<void> {
  const { before, after } = states;
  if (before === undefined || kind.under === undefined) return;
  const tell = async (streams: readonly Uuid[], command: FollowingCommand) => {
    for (const [index, id] of streams.entries()) {
      if (index % readAtOnce === 0) await session.readAhead(streams.slice(index, index + readAtOnce));
      const name = await session.typeOf(id);
      if (name !== undefined && kind.under?.every((each) => each.name !== name))
        throw new WrittenByNewer(name, 'the kind of stream');
      const stream = streamUnder(kind, name);
      if (stream !== undefined) await session.execute(stream, id, command);
    }
  };
  if (before.personId !== after.personId)
    await tell(await everyStreamUnder(session, caseId), {
      type: 'replace-person',
      ...moment,
      data: { personId: after.personId },
    });
  const left = Object.keys(before.participants).filter((unit) => after.participants[unit] === undefined);
  for (const unit of left) {
    const leader = kind.messages?.leader(after);
    const handedOver = leader !== undefined && kind.messages?.leader(before) === unit && leader !== unit;
    const successorName = handedOver ? after.unitNames[leader] : undefined;
    const data = {
      unit,
      ...(handedOver ? { successor: leader } : {}),
      ...(successorName === undefined ? {} : { successorName }),
    };
    await tell(await streamsWithTodosOf(session, caseId, unit), { type: 'unit-left', ...moment, data });
  }
}

/** Streams that are read by one statement: a message may have a file. */
const readAtOnce = 20;

async function everyStreamUnder({ sql }: Session, caseId: Uuid): Promise<readonly Uuid[]> {
  const { rows } = await sql.query<{ id: Uuid }>(
    `select distinct stream_id as id from resource
      where about && array[$1]::uuid[] and case_id = $1 and stream_id <> $1 order by id`,
    [caseId],
  );
  return rows.map(({ id }) => id);
}

/** Found by the work list of the unit, so that the cost is that of what it has to do. */
async function streamsWithTodosOf({ sql }: Session, caseId: Uuid, unit: string): Promise<readonly Uuid[]> {
  const { rows } = await sql.query<{ id: Uuid }>(
    `select distinct stream_id as id from resource
      where type = 'Task' and owner = $2 and status = any($3::text[]) and case_id = $1 and not deleted order by id`,
    [caseId, unit, openStatuses],
  );
  return rows.map(({ id }) => id);
}

const openStatuses = todoStatuses.filter((status) => status !== 'completed' && status !== 'cancelled');
