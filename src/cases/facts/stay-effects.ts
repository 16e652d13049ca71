import type { Session } from '../../log/log.js';
import type { StayFact } from '../../messaging/contracts/facts.js';
import type { StayChange, ToldOfStay } from '../../process/case/told-of-stay.js';
import type { Instant, Uuid } from '../../process/vocabulary.js';
import { forgetBackgroundOfNone } from '../background.js';
import type { CaseKinds } from '../kinds/case-kind.js';
import { systemActor } from '../dependencies.js';
import { questionIdentity } from '../merge-persons.js';
import { executeOnCase } from '../on-case.js';
import { casesOf } from '../open-cases.js';
import type { FoundCase } from '../open-cases.js';
import { stayStream } from '../streams/of-no-case.js';
import { askOtherWard, askingNoticeOf } from './notify-ward.js';

/** What the hub knows around a fact of a stay. */
type FactContext = Pick<ToldOfStay, 'ward' | 'wardOf' | 'organisationOf' | 'at'>;

/**
 * What a journal fact does to the person's cases, as each kind of case says (its `stays`).
 *
 * @returns `said`: what was done, in words for the inbox; `placed`: whether a case now says where the patient is, or asks
 */
export async function stayEffects(
  session: Session,
  kinds: CaseKinds,
  personId: Uuid,
  stay: StayChange,
  fact: StayFact,
  context: FactContext,
): Promise<{ readonly said: readonly string[]; readonly placed: boolean }> {
  const said: string[] = [];
  let placed = false;
  const cases = await hearing(session, kinds, personId);
  const told = {
    ...context,
    by: systemActor('journal'),
    stay,
    fact,
    noticeFor: (ward: string) => askingNoticeOf(fact, ward),
    stayUnderWay:
      (cancels(fact) || stay.now.status === 'cancelled') &&
      (await hasStayUnderWay(session, personId, stay.id)),
  };
  for (const { id, kind, state } of cases) {
    const stayId = kind.stays?.of(state);
    const tiedTo = stayId === undefined ? undefined : (await session.load(stayStream, stayId)).state;
    const openCase = cases.find((each) => each.kind === kind && kind.stream.isOpen(each.state))?.id;
    for (const command of kind.stays?.commands(state, { ...told, tiedTo, openCase }) ?? []) {
      const { decision } = await executeOnCase(session, kind, id, command);
      if (decision.rejection !== undefined) {
        said.push(`${command.type} not taken: ${decision.rejection.code}`);
      } else if (decision.events.length > 0) {
        said.push(command.type);
        placed ||= kind.stays?.places.has(command.type) === true;
      }
      for (const event of decision.events ?? []) {
        const to = kind.elsewhere?.askedBy(event);
        if (to !== undefined) await askOtherWard(session, fact, to, context.at);
      }
    }
  }
  // A draft may have been annulled.
  if (said.length > 0) await forgetBackgroundOfNone(session, kinds, personId);
  return { said, placed };
}

const cancels = ({ kind }: StayFact): boolean =>
  kind === 'admission-cancelled' || kind === 'discharge-cancelled';

/** The person's cases that are told of stays. */
async function hearing(session: Session, kinds: CaseKinds, personId: Uuid): Promise<readonly FoundCase[]> {
  return (await casesOf(session, kinds, personId)).filter(
    ({ kind, state }) => kind.stays?.hears(state) === true,
  );
}

async function hasStayUnderWay(session: Session, personId: Uuid, except: Uuid): Promise<boolean> {
  for (const { id } of await session.streamsOf(personId, stayStream.name)) {
    if (id === except) continue;
    if ((await session.load(stayStream, id)).state?.status === 'in-progress') return true;
  }
  return false;
}

/**
 * PAT-13: the wards of the cases of a stay that turned out to be another's, or of which the journal told something under a number
 * that names nobody here, are asked whose they are.
 */
export async function askAboutStay(
  session: Session,
  kinds: CaseKinds,
  stayId: Uuid,
  personId: Uuid,
  at: Instant,
  cause: 'stay-of-another' | 'stay-of-unknown' = 'stay-of-another',
): Promise<readonly string[]> {
  const cases = (await hearing(session, kinds, personId)).filter(
    ({ kind, state }) => kind.stays?.of(state) === stayId,
  );
  await questionIdentity(session, cases, cause, { at, by: systemActor('journal') });
  return cases.length > 0 ? ['wards asked'] : [];
}
