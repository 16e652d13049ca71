import type { Session } from '../log/log.js';
import { dropPayloadsOf } from '../messaging/inbox/retention.js';
import { emptyCopies, moveIdentities, noteReading } from '../persons/person-store.js';
import { personStream } from '../persons/person-stream.js';
import { withPerson } from '../persons/with-person.js';
import type { FoundPerson, Numbers, Twins, WithPersonOptions } from '../persons/with-person.js';
import type { IdentityQuestion } from '../process/case/identity-question.js';
import type { Actor, Instant, Uuid } from '../process/vocabulary.js';
import type { CaseKinds } from './kinds/case-kind.js';
import { systemActor } from './dependencies.js';
import { freeze } from './freeze.js';
import type { CasesDependencies } from './dependencies.js';
import { casesOf, openCases } from './open-cases.js';
import type { FoundCase } from './open-cases.js';
import { executeOnCase } from './on-case.js';
import { tellOutsideMessages } from './outside-messages.js';
import { stayStream } from './streams/of-no-case.js';

type Context = { readonly at: Instant; readonly by: Actor };

/** `withPerson`, with persons who turn out to be one merged as the cases ask for (PAT-12). */
export function inPerson<T>(
  deps: CasesDependencies,
  numbers: Numbers,
  options: Omit<WithPersonOptions, 'merge'>,
  work: (session: Session, person: FoundPerson) => Promise<T>,
): Promise<T> {
  const context = { at: deps.now().toISOString(), by: systemActor('population-register') };
  const merge = (session: Session, twins: Twins) => mergePersons(session, deps.kinds, twins, context);
  return withPerson(deps.log, deps.registers, numbers, { ...options, merge }, work);
}

/**
 * PAT-12: two persons of the hub whom the population register says are one become one, under the locks of both: the cases and
 * stays of the one who is retired are the survivor's from now on, her numbers name the survivor, and her id leads there. If
 * either is protected the survivor is (PAT-6). Two who both have an open case of a kind are not merged where a person has at most
 * one (SVU-2): the wards are asked to end or annul one of them, and the next reading of the register merges them.
 *
 * @returns whether they are one now
 */
async function mergePersons(
  session: Session,
  kinds: CaseKinds,
  { survivor, retired }: Twins,
  context: Context,
): Promise<boolean> {
  const open = [await openCases(session, kinds, survivor), await openCases(session, kinds, retired)].flat();
  const double = open.filter(
    (one) =>
      one.kind.onePerPerson !== undefined &&
      open.some(({ kind, state }) => kind === one.kind && state.personId !== one.state.personId),
  );
  if (double.length > 0) {
    await questionIdentity(session, double, 'double-case', context);
    return false;
  }
  const data = { personId: survivor, replaced: retired };
  const sealed = (await isSealed(session, survivor)) || (await isSealed(session, retired));
  for (const { id, kind } of await casesOf(session, kinds, survivor))
    await executeOnCase(session, kind, id, { type: 'settle-identity', ...context, data: {} });
  for (const { id, kind } of await casesOf(session, kinds, retired))
    await executeOnCase(session, kind, id, { type: 'replace-person', ...context, data });
  for (const { id } of await session.streamsOf(retired, stayStream.name)) {
    // Destroyed by decision: there is nothing left to be anybody's.
    if ((await session.load(stayStream, id)).state !== undefined)
      await session.execute(stayStream, id, { type: 'replace-person', ...context, data });
  }
  await tellOutsideMessages(session, retired, {
    type: 'replace-person',
    ...context,
    data: { personId: survivor },
  });
  if (sealed) await dropPayloadsOf(session.sql, retired);
  await moveIdentities(session.sql, retired, survivor);
  await session.execute(personStream, retired, { type: 'merge-into', ...context, data: { survivor } });
  await session.execute(personStream, survivor, { type: 'absorb', ...context, data: { retired } });
  if (sealed) await seal(session, kinds, survivor, context);
  return true;
}

/** Asks the wards of open cases about whose they are. */
export async function questionIdentity(
  session: Session,
  cases: readonly Pick<FoundCase, 'id' | 'kind'>[],
  cause: IdentityQuestion,
  context: Context,
): Promise<void> {
  for (const { id, kind } of cases) {
    await executeOnCase(session, kind, id, { type: 'question-identity', ...context, data: { cause } });
  }
}

async function isSealed(session: Session, personId: Uuid): Promise<boolean> {
  return (await session.load(personStream, personId)).state?.sealed === true;
}

/** PAT-6, for every case of the person, also those that came with the other. */
async function seal(session: Session, kinds: CaseKinds, personId: Uuid, context: Context): Promise<void> {
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
  await tellOutsideMessages(session, personId, { type: 'seal', ...context, data: {} });
  for (const each of await casesOf(session, kinds, personId))
    await freeze(session, each, 'protected-identity', context);
}
