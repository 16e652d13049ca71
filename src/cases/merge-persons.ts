import type { Session } from '../log/log.js';
import { dropPayloadsOf } from '../messaging/inbox/retention.js';
import { emptyCopies, moveIdentities, noteReading } from '../persons/person-store.js';
import { personStream } from '../persons/person-stream.js';
import { withPerson } from '../persons/with-person.js';
import type { FoundPerson, Numbers, Twins, WithPersonOptions } from '../persons/with-person.js';
import type { IdentityQuestion } from '../process/case/identity-question.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import { systemActor } from './dependencies.js';
import { freeze } from './freeze.js';
import type { CasesDependencies } from './dependencies.js';
import { openCases } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { stayStream, svuStream } from './streams.js';

type Context = { readonly at: Instant; readonly by: Actor };

/** `withPerson`, with persons who turn out to be one merged as the cases ask for (PAT-12). */
export function inPerson<T>(
  deps: CasesDependencies,
  numbers: Numbers,
  options: Omit<WithPersonOptions, 'merge'>,
  work: (session: Session, person: FoundPerson) => Promise<T>,
): Promise<T> {
  const context = { at: deps.now().toISOString(), by: systemActor('population-register') };
  const merge = (session: Session, twins: Twins) => mergePersons(session, twins, context);
  return withPerson(deps.log, deps.registers, numbers, { ...options, merge }, work);
}

/**
 * PAT-12: two persons of the hub whom the population register says are one become one, under the locks of both: the cases and
 * stays of the one who is retired are the survivor's from now on, her numbers name the survivor, and her id leads there. If
 * either is protected the survivor is (PAT-6). Two who both have an open case are not merged, because a person has at most
 * one (SVU-2): the wards are asked to end or annul one of them, and the next reading of the register merges them.
 *
 * @returns whether they are one now
 */
async function mergePersons(
  session: Session,
  { survivor, retired }: Twins,
  context: Context,
): Promise<boolean> {
  const open = [await openCases(session, survivor), await openCases(session, retired)].flat();
  const both = open.some(({ state }) => state.personId === survivor);
  if (both && open.some(({ state }) => state.personId === retired)) {
    await questionIdentity(
      session,
      open.map(({ id }) => id),
      'double-case',
      context,
    );
    return false;
  }
  const data = { personId: survivor, replaced: retired };
  const sealed = (await isSealed(session, survivor)) || (await isSealed(session, retired));
  for (const id of await session.streamsOf(survivor, 'svu')) {
    if (await isThere(session, svuStream, id))
      await executeOnCase(session, id, { type: 'settle-identity', ...context, data: {} });
  }
  for (const id of await session.streamsOf(retired, 'svu')) {
    if (await isThere(session, svuStream, id))
      await executeOnCase(session, id, { type: 'replace-person', ...context, data });
  }
  for (const id of await session.streamsOf(retired, 'stay')) {
    if (await isThere(session, stayStream, id))
      await session.execute(stayStream, id, { type: 'replace-person', ...context, data });
  }
  if (sealed) await dropPayloadsOf(session.sql, retired);
  await moveIdentities(session.sql, retired, survivor);
  await session.execute(personStream, retired, { type: 'merge-into', ...context, data: { survivor } });
  await session.execute(personStream, survivor, { type: 'absorb', ...context, data: { retired } });
  if (sealed) await seal(session, survivor, context);
  return true;
}

/** Asks the wards of open cases about whose they are. */
export async function questionIdentity(
  session: Session,
  cases: readonly Uuid[],
  cause: IdentityQuestion,
  context: Context,
): Promise<void> {
  for (const id of cases) {
    await executeOnCase(session, id, { type: 'question-identity', ...context, data: { cause } });
  }
}

/** False for a stream whose payloads were destroyed by decision: there is nothing left to be anybody's. */
async function isThere(
  session: Session,
  type: typeof svuStream | typeof stayStream,
  id: Uuid,
): Promise<boolean> {
  return (await session.load<unknown, never, never>(type as never, id)).state !== undefined;
}

async function isSealed(session: Session, personId: Uuid): Promise<boolean> {
  return (await session.load(personStream, personId)).state?.sealed === true;
}

/** PAT-6, for every case of the person, also those that came with the other. */
async function seal(session: Session, personId: Uuid, context: Context): Promise<void> {
  const { state } = await session.load(personStream, personId);
  await session.execute(personStream, personId, {
    type: 'note-register-copy',
    ...context,
    data: { copy: state?.copy ?? 0, protection: 'protected', deceased: state?.deceased ?? false },
  });
  await emptyCopies(session.sql, personId);
  // An answer from before the two were one may be about the number that was not protected: only a later one ends this.
  await noteReading(session.sql, personId, 'population', context.at);
  await dropPayloadsOf(session.sql, personId);
  for (const id of await session.streamsOf(personId, 'svu')) {
    if (!(await isThere(session, svuStream, id))) continue;
    await freeze(session, id, 'protected-identity', context);
  }
}
