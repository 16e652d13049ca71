import type { Session } from '../log/log.js';
import { personLock } from '../persons/person-locks.js';
import type { WardNoticeCommand, WardNoticeState } from '../process/ward-notice/ward-notice.js';
import type { Rejection } from '../process/rejections/rejection.js';
import { keepsBackground } from '../process/svu/background.js';
import type { SvuCommand } from '../process/svu/commands.js';
import type { SvuState } from '../process/svu/state.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import { forgetBackgroundOfNone } from './background.js';
import type { CasesDependencies } from './dependencies.js';
import { hidden, openCases } from './open-cases.js';
import type { OpenCase } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { svuStream, wardNoticeStream } from './streams.js';

/** A command without its time and actor, which the service adds. */
export type CaseStep = SvuCommand extends infer Each
  ? Each extends SvuCommand
    ? { readonly type: Each['type']; readonly data: Each['data'] }
    : never
  : never;

export type CaseCommandRequest = {
  readonly by: UserActor;
  readonly requestId: string;
  readonly caseId: Uuid;
  /** Whose the case is, as it was seen. */
  readonly personId: Uuid;
  /** What is to be done with the case as it is now; undefined where that is not there. */
  readonly step: (state: SvuState) => CaseStep | undefined;
};

/** What the caller adds to the transaction. */
export type CaseCommandHooks = {
  /** First in the transaction: may the caller do this now, on this version? Throws to undo (ACC-1, ACC-7, If-Match). */
  readonly before: (session: Session) => Promise<void>;
  /** Last, when the step was accepted: what must be true together with it. */
  readonly after: (session: Session) => Promise<void>;
};

export type CaseCommandOutcome =
  | { readonly accepted: true; readonly personId: Uuid; readonly state: SvuState }
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
  hooks: CaseCommandHooks,
): Promise<CaseCommandOutcome | undefined> {
  const { caseId, personId } = request;
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'request', id: request.requestId }, recordedAt: at },
    async (session) => {
      const before = await mayNow(session, hooks, caseId, () => session.load(svuStream, caseId));
      const wanted = before.state && request.step(before.state);
      if (wanted === undefined) return undefined;
      const other = await otherOpenCase(session, personId, caseId, wanted);
      const command = { ...withOpenSvu(wanted, other), at, by: request.by } as SvuCommand;
      const { decision, state } = await executeOnCase(session, caseId, command);
      if (decision.rejection !== undefined)
        return { accepted: false, personId, rejection: hidden(decision.rejection, request.by, other) };
      if (state === undefined) throw new Error('an accepted step left no state');
      if (!keepsBackground(state)) await forgetBackgroundOfNone(session, state.personId);
      await hooks.after(session);
      return { accepted: true, personId, state };
    },
  );
}

/** Asks whether the caller may, and in the same round trip for the stream that it is about. */
async function mayNow<Loaded>(
  session: Session,
  hooks: CaseCommandHooks,
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

/** The person may have got a new case since the discharge, and there is room for one (SVU-2). */
async function otherOpenCase(
  session: Session,
  personId: Uuid,
  caseId: Uuid,
  step: CaseStep,
): Promise<OpenCase | undefined> {
  if (step.type !== 'undo-discharge') return undefined;
  return (await openCases(session, personId)).find(({ id }) => id !== caseId);
}

function withOpenSvu(step: CaseStep, other: OpenCase | undefined): CaseStep {
  return step.type !== 'undo-discharge' || other === undefined
    ? step
    : { ...step, data: { ...step.data, openSvu: other.id } };
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
  hooks: CaseCommandHooks,
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
      if (step === undefined) return undefined;
      const command = { ...step, at, by: request.by } as WardNoticeCommand;
      const { decision } = await session.execute(wardNoticeStream, request.noticeId, command);
      if (decision.rejection !== undefined) return { accepted: false, rejection: decision.rejection };
      await hooks.after(session);
      return { accepted: true };
    },
  );
}
