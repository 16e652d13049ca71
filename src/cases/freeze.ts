import type { Session } from '../log/log.js';
import type { FreezingCommand } from '../process/case/freezing.js';
import type { Actor, Instant } from '../process/vocabulary.js';
import type { FoundCase } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { stayStream } from './streams/of-no-case.js';

/** Freezes a case (PAT-6), with what the journal of its ward calls the stay, so that the ward knows for whom it goes on by telephone. */
export async function freeze(
  session: Session,
  { id, kind, state }: FoundCase,
  cause: Extract<FreezingCommand, { readonly type: 'freeze' }>['data']['cause'],
  { at, by }: { readonly at: Instant; readonly by: Actor },
): Promise<void> {
  const stayId = kind.stays?.of(state);
  const stay = stayId === undefined ? undefined : (await session.load(stayStream, stayId)).state;
  const visit = stay?.visit === undefined ? {} : { visit: stay.visit };
  await executeOnCase(session, kind, id, { type: 'freeze', at, by, data: { cause, ...visit } });
}
