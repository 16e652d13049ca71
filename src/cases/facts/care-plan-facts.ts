import type { Session } from '../../log/log.js';
import type { CarePlanFact } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { keepBackgroundPlan } from '../../persons/background-plans.js';
import { personStream } from '../../persons/person-stream.js';
import { withHolder } from '../../persons/with-person.js';
import type { Uuid } from '../../process/vocabulary.js';
import { hasCaseForBackground } from '../background.js';
import type { CasesDependencies } from '../dependencies.js';
import { nationalNumber } from './national-number.js';

/**
 * A care plan of a journal, as background of the person's open case (docs/decisions/0029). A journal tells of everybody's
 * plans: of a person whom nobody has an open case about nothing is kept, nor of one who is, or may be, protected (PAT-5), and
 * no register is asked. The connector tells its plans again, so that a case opened later has them too.
 */
export async function handleCarePlanFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as CarePlanFact;
  const options = {
    cause: { kind: 'fact', id: envelope.eventId },
    recordedAt: deps.now().toISOString(),
  } as const;
  const number = nationalNumber(fact.person);
  if (number === undefined) {
    await deps.log.transact({ ...options, locks: [] }, ({ sql }) => mark(sql, 'no-number', false));
    return;
  }
  await withHolder(deps.log, deps.registers, number, options, async (session, personId) => {
    const outcome = personId === undefined ? 'person-not-known' : await keep(deps, session, personId, fact);
    // Whether kept or not, the inbox has no use for what it says.
    await mark(session.sql, outcome, false);
  });
}

async function keep(
  { kinds }: CasesDependencies,
  session: Session,
  personId: Uuid,
  fact: CarePlanFact,
): Promise<string> {
  const { state } = await session.load(personStream, personId);
  if (state === undefined || state.sealed || state.mergedInto !== undefined) return 'not-kept';
  if (!(await hasCaseForBackground(session, kinds, personId))) return 'no-case-for-it';
  return (await keepBackgroundPlan(session.sql, personId, fact)) ? 'background-kept' : 'unchanged';
}
