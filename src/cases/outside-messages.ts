import type { Session } from '../log/log.js';
import { personLock } from '../persons/person-locks.js';
import type { Uuid } from '../process/vocabulary.js';
import type {
  OutsideMessageCommand,
  OutsideMessageState,
} from '../process/outside-message/outside-message.js';
import type { CasesDependencies } from './dependencies.js';
import { outsideMessageStream } from './streams/of-no-case.js';
import type { HooksUnderCase, OutcomeUnderCase, RequestUnderCase } from './run-under-case.js';

/** What a unit does with a message outside every case: acknowledge it, annul it, or register that the consent was taken back. */
export type OutsideStep = Pick<
  Extract<OutsideMessageCommand, { type: 'annul' | 'withdraw-consent' | 'complete-todo' | 'update-todo' }>,
  'type' | 'data'
>;

/**
 * Runs a unit's step on a message outside every case, in one transaction under the lock of the person.
 * @returns undefined when there is no such message or to-do
 */
export function runOnOutsideMessage(
  deps: CasesDependencies,
  { by, requestId, personId, messageId }: Omit<RequestUnderCase, 'caseId'> & { readonly messageId: Uuid },
  hooks: HooksUnderCase,
  step: (state: OutsideMessageState) => OutsideStep | undefined,
): Promise<OutcomeUnderCase | undefined> {
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'request', id: requestId }, recordedAt: at },
    async (session) => {
      await hooks.before(session);
      if ((await session.typeOf(messageId)) !== outsideMessageStream.name) return undefined;
      const { state } = await session.load(outsideMessageStream, messageId);
      const wanted = state && step(state);
      if (wanted === undefined) return undefined;
      const command = { ...wanted, at, by } as OutsideMessageCommand;
      const { decision } = await session.execute(outsideMessageStream, messageId, command);
      if (decision.rejection !== undefined) return { accepted: false, rejection: decision.rejection };
      await hooks.after(session);
      return { accepted: true };
    },
  );
}

/** Tells every message about a person outside cases what became of her: protected (PAT-6), or another (PAT-12). */
export async function tellOutsideMessages(
  session: Session,
  personId: Uuid,
  command: Extract<OutsideMessageCommand, { type: 'seal' | 'unseal' | 'replace-person' }>,
): Promise<void> {
  for (const { id } of await session.streamsOf(personId, outsideMessageStream.name)) {
    // Destroyed by decision: there is nothing left to be anybody's.
    if ((await session.load(outsideMessageStream, id)).state !== undefined)
      await session.execute(outsideMessageStream, id, command);
  }
}
