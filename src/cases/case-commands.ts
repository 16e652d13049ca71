import type { Session } from '../log/log.js';
import { personLock } from '../persons/person-locks.js';
import type { WardNoticeCommand, WardNoticeState } from '../process/ward-notice/ward-notice.js';
import { reject } from '../process/rejections/rejection.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { AnyStep } from '../process/case/kind-of-case.js';
import type { CaseState } from '../process/case/state.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import { forgetBackgroundOfNone } from './background.js';
import type { CaseKind, CaseKinds } from './kinds/case-kind.js';
import type { CasesDependencies } from './dependencies.js';
import { fillsUp } from './fills-up.js';
import { findCase, hidden, openCases } from './open-cases.js';
import type { FoundCase } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { withForm } from './forms-of-case.js';
import { withRefusalElsewhere } from './refused-elsewhere.js';
import { wardNoticeStream } from './streams/of-no-case.js';

/** A command without its time and actor, which the service adds. */
export type StepOf<Command extends AnyStep> = Command extends infer Each extends AnyStep
  ? { readonly type: Each['type']; readonly data: Each['data'] }
  : never;

export type CaseCommandRequest = {
  readonly by: UserActor;
  readonly requestId: string;
  readonly caseId: Uuid;
  /** Whose the case is, as it was seen. */
  readonly personId: Uuid;
  /** What is to be done with the case as it is now; undefined where that is not there. */
  readonly step: (state: CaseState) => AnyStep | undefined;
};

/** What the caller adds to the transaction. */
export type StepHooks<State> = {
  /** First in the transaction: may the caller do this now, on this version? Throws to undo (ACC-1, ACC-7, If-Match). */
  readonly before: (session: Session) => Promise<void>;
  /** Last, when the step was accepted: what must be true together with it. */
  readonly after: (session: Session, state: State) => Promise<void>;
};

export type CaseCommandOutcome =
  | { readonly accepted: true; readonly personId: Uuid; readonly state: CaseState }
  | { readonly accepted: false; readonly personId?: Uuid; readonly rejection: Rejection };

/**
 * Runs one step on a case for a user, in one transaction under the person's lock. Two writers on one case take turns; the
 * second decides on what the first left behind, so a conflict of streams is never the client's affair.
 *
 * @returns undefined when there is no such case
 */
export async function runOnCase(
  deps: CasesDependencies,
  request: CaseCommandRequest,
  hooks: StepHooks<CaseState>,
): Promise<CaseCommandOutcome | undefined> {
  const { caseId, personId } = request;
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'request', id: request.requestId }, recordedAt: at },
    async (session) => {
      const found = await mayNow(session, hooks, caseId, () => findCase(session, deps.kinds, caseId));
      const wanted = found && request.step(found.state);
      if (found === undefined || wanted === undefined) return undefined;
      const { kind } = found;
      const other = await otherOpenCase(session, deps.kinds, personId, found, wanted);
      const asked = await withRefusalElsewhere(session, deps.kinds, found, besides(kind, wanted, other));
      const told = await withForm(session, found, asked);
      const command = { ...told, at, by: request.by };
      if (fillsUp(kind, found.state, command, deps.noticeLimit)) {
        const values = { most: String(deps.noticeLimit) };
        return { accepted: false, personId, rejection: reject('case-full', { values }).rejection };
      }
      const { decision, state } = await executeOnCase(session, kind, caseId, command);
      if (decision.rejection !== undefined)
        return { accepted: false, personId, rejection: hidden(kind, decision.rejection, request.by, other) };
      if (state === undefined) throw new Error('an accepted step left no state');
      if (kind.background?.keeps(state) !== true)
        await forgetBackgroundOfNone(session, deps.kinds, state.personId);
      await hooks.after(session, state);
      return { accepted: true, personId, state };
    },
  );
}

/** Asks whether the caller may, and in the same round trip for the stream that it is about. */
async function mayNow<Loaded>(
  session: Session,
  hooks: Pick<StepHooks<never>, 'before'>,
  id: Uuid,
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  const ahead = session.readAhead([id]);
  // Told below; who may not is told so first.
  ahead.catch(() => undefined);
  await hooks.before(session);
  await ahead;
  return load();
}

/** The person may have got a new case since this one ended, and there is room for one (SVU-2). */
async function otherOpenCase(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
  { id, kind }: FoundCase,
  step: AnyStep,
): Promise<FoundCase | undefined> {
  if (kind.onePerPerson?.reopens(step.type) !== true) return undefined;
  return (await openCases(session, kinds, personId)).find((each) => each.kind === kind && each.id !== id);
}

function besides({ onePerPerson }: CaseKind, step: AnyStep, other: FoundCase | undefined): AnyStep {
  return onePerPerson === undefined || other === undefined ? step : onePerPerson.besides(step, other.id);
}

export type WardNoticeOutcome =
  { readonly accepted: true } | { readonly accepted: false; readonly rejection: Rejection };

/** A ward's step on its to-do about a patient whom the hub may not know (PAT-1, PAT-4, PAT-5). */
export type WardNoticeStep = Pick<
  Extract<WardNoticeCommand, { type: 'complete-todo' | 'update-todo' }>,
  'type' | 'data'
>;

/**
 * Runs a ward's step on such a to-do, in one transaction under the lock of the notice.
 *
 * @returns undefined when there is no such to-do
 */
export async function runOnWardNotice(
  deps: CasesDependencies,
  request: {
    by: UserActor;
    requestId: string;
    noticeId: Uuid;
    step: (state: WardNoticeState) => WardNoticeStep | undefined;
  },
  hooks: StepHooks<WardNoticeState>,
): Promise<WardNoticeOutcome | undefined> {
  const at = deps.now().toISOString();
  return deps.log.transact(
    {
      locks: [`ward-notice:${request.noticeId}`],
      cause: { kind: 'request', id: request.requestId },
      recordedAt: at,
    },
    async (session) => {
      const load = () => session.load(wardNoticeStream, request.noticeId);
      const { state } = await mayNow(session, hooks, request.noticeId, load);
      const step = state && request.step(state);
      if (state === undefined || step === undefined) return undefined;
      const command = { ...step, at, by: request.by } as WardNoticeCommand;
      const { decision, state: after } = await session.execute(wardNoticeStream, request.noticeId, command);
      if (decision.rejection !== undefined) return { accepted: false, rejection: decision.rejection };
      await hooks.after(session, after ?? state);
      return { accepted: true };
    },
  );
}
