import type { Session } from '../log/log.js';
import { forgetBackgroundPlans } from '../persons/background-plans.js';
import type { Uuid } from '../process/vocabulary.js';
import type { CaseKinds } from './kinds/case-kind.js';
import { openCases } from './open-cases.js';

/** Whether the person has a case that care plans of the journals are kept for. Under the person's lock the answer holds. */
export async function hasCaseForBackground(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
): Promise<boolean> {
  return (await openCases(session, kinds, personId)).some(
    ({ kind, state }) => kind.background?.keeps(state) === true,
  );
}

/** After a step that may have ended the need of them: background of no case is not kept. */
export async function forgetBackgroundOfNone(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
): Promise<void> {
  if (!(await hasCaseForBackground(session, kinds, personId)))
    await forgetBackgroundPlans(session.sql, personId);
}
