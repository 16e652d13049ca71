import { isStaffed } from '../directory/is-staffed.js';
import type { Session } from '../log/log.js';
import { personStream } from '../persons/person-stream.js';
import { reject } from '../process/rejections/rejection.js';
import type { Rejected } from '../process/rejections/rejection.js';
import { settingsOf } from '../process/policy/settings-of.js';
import { outsideMessage } from '../process/outside-message/outside-message-decider.js';
import type { OutsideMessageCommand } from '../process/outside-message/outside-message.js';
import type { HsaId, UserActor, Uuid } from '../process/vocabulary.js';
import { applyReading } from './apply-reading.js';
import { withAskedPerson } from './asked-person.js';
import { systemActor } from './dependencies.js';
import type { CasesDependencies } from './dependencies.js';
import { inPerson } from './merge-persons.js';
import { outsideMessageStream } from './streams/of-no-case.js';
import { hasSentItsShare } from './share-of-case.js';
import type { OutcomeUnderCase } from './run-under-case.js';

type Send = Extract<OutsideMessageCommand, { type: 'send' }>;

/** What a unit asks to be sent outside every case. */
export type OutsideMessageAsked = Omit<Send['data'], 'personId' | 'policy' | 'to'> & {
  readonly to: readonly HsaId[];
};

export type OutsideMessageRequest = {
  readonly by: UserActor;
  readonly requestId: string;
  /** The number as it was entered. */
  readonly number: string;
  readonly messageId: Uuid;
  readonly asked: OutsideMessageAsked;
};

/**
 * Sends a message about a person outside every case (MSG-5), as the policy of the sender's organisation has it. What is at fault in the
 * message itself is told before anybody is looked up, so that it tells nothing of the person (PAT-5).
 * @param after what must be true together with it
 */
export async function sendOutsideMessage(
  deps: CasesDependencies,
  request: OutsideMessageRequest,
  after: (session: Session, personId: Uuid) => Promise<void>,
): Promise<OutcomeUnderCase> {
  const { by, messageId, asked } = request;
  const at = deps.now().toISOString();
  const { policy: name, local } = deps.directory.provider(by.organisation) ?? {};
  const newest = name === undefined ? undefined : deps.policies.newest(name);
  if (newest === undefined) return refused(reject('no-policy'));
  const policy = settingsOf({ ...newest, settings: { ...newest.settings, ...local } });
  const to = asked.to.flatMap((hsaId) => {
    const unit = deps.directory.unit(hsaId);
    return isStaffed(unit) ? [{ unit: hsaId, name: unit.name, side: unit.side }] : [];
  });
  // Nobody would ever read it there, and its sender would wait for an answer.
  const unread = asked.to.find((hsaId) => !isStaffed(deps.directory.unit(hsaId)));
  if (unread !== undefined)
    return refused(
      reject('addressee-closed', {
        field: 'to',
        values: { unit: deps.directory.unit(unread)?.name ?? unread },
      }),
    );
  const send = (personId: Uuid): Send => ({ type: 'send', at, by, data: { ...asked, to, policy, personId } });
  const unfit = outsideMessage.decide(send(''), undefined);
  if (unfit.rejection !== undefined) return refused(unfit);
  return withAskedPerson<OutcomeUnderCase>(deps, request, {
    rejected: refused,
    isTaken: ({ accepted }) => accepted,
    work: ({ identifier, person }) =>
      inPerson(
        deps,
        { asked: identifier, record: person.record },
        { cause: { kind: 'request', id: request.requestId }, recordedAt: at },
        async (session, { id, joined }) => {
          const reading = person.reading === undefined ? {} : { population: person.reading };
          await applyReading(deps, session, id, reading, {
            at,
            by: systemActor('population-register'),
            joined,
          });
          // Sealed by another reading between the lookup and the lock.
          if ((await session.load(personStream, id)).state?.sealed !== false)
            return refused(reject('person-protected', { field: 'personId' }));
          if (hasSentItsShare(by.unit, deps.messageLimit, { senders: await sendersAbout(session, id) }))
            return refused(reject('outside-messages-full', { values: { most: String(deps.messageLimit) } }));
          const { decision } = await session.execute(outsideMessageStream, messageId, send(id));
          if (decision.rejection !== undefined) return refused(decision);
          await after(session, id);
          return { accepted: true };
        },
      ),
  });
}

const refused = ({ rejection }: Pick<Rejected, 'rejection'>): OutcomeUnderCase => ({
  accepted: false,
  rejection,
});

/**
 * The unit of each that was sent about a person. Their number is bounded, for all of them are told in one transaction when she becomes
 * protected (PAT-6) or is merged (PAT-12).
 */
async function sendersAbout({ sql }: Session, personId: Uuid): Promise<readonly string[]> {
  const { rows } = await sql.query<{ unit: string }>(
    `select event.actor ->> 'unit' as unit from stream
      join event on event.stream_id = stream.id and event.stream_version = 1
      where stream.person_id = $1 and stream.type = $2`,
    [personId, outsideMessageStream.name],
  );
  return rows.map(({ unit }) => unit);
}
