import type { Session } from '../../log/log.js';
import type { IdentityFact, PersonIdentifier, RegisterRecord } from '../../messaging/contracts/facts.js';
import type { Fact, Mark } from '../../messaging/inbox/fact.js';
import { personLock } from '../../persons/person-locks.js';
import { protection } from '../../persons/protection.js';
import type { Reading } from '../../persons/record-reading.js';
import { numbersOf } from '../../persons/with-person.js';
import { applyReading } from '../apply-reading.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';
import { inPerson, questionIdentity } from '../merge-persons.js';
import { openCases } from '../open-cases.js';
import { nationalNumber } from './national-number.js';

/** What the register said of one number when it was asked because of a merge. */
type Asked = {
  readonly asked: PersonIdentifier;
  readonly record?: RegisterRecord | undefined;
  readonly reading: Reading;
};

/**
 * A journal says that identities are one person's (A40). The journal alone merges nobody: the register is asked, and is the
 * truth (PAT-2, PAT-12). What it confirms is linked or merged; what it does not makes a to-do for the wards of the open cases
 * to check who the patient is, since two patients mixed up are worse than a question (PAT-13). Of persons the hub does not know
 * nothing is kept, and reserve numbers name nobody here (PAT-4): a number given up for one cannot be confirmed at all, so the
 * wards are asked.
 */
export async function handleIdentityFact(deps: CasesDependencies, envelope: Fact, mark: Mark): Promise<void> {
  const fact = envelope.event.data as IdentityFact;
  const options = {
    cause: { kind: 'fact', id: envelope.eventId },
    recordedAt: deps.now().toISOString(),
  } as const;
  const end = (outcome: string, keepRecording = false) =>
    deps.log.transact({ ...options, locks: [] }, (session) =>
      mark(session.sql, outcome, false, keepRecording),
    );
  const surviving = nationalNumber(fact.person);
  const replaced = fact.replaced.map(nationalNumber).filter((each) => each !== undefined);
  if (replaced.length === 0) return end('no-number-to-merge');
  const named = surviving === undefined ? replaced : [surviving, ...replaced];
  if (!(await deps.registers.knows(named))) return end('persons-not-known');
  if (surviving === undefined) {
    await askWards(
      deps,
      replaced.map((asked) => ({ asked, reading: {} })),
      options,
    );
    return end('no-number-survives, wards asked');
  }

  const now = await ask(deps, surviving);
  const before = await Promise.all(replaced.map((each) => ask(deps, each)));
  const isOne = (other: Asked) => names(deps, now, other.asked) || names(deps, other, now.asked);
  // The answer that names both is the one to keep: it is about the number that holds now.
  const confirmed = before.filter(isOne).map((other) => (names(deps, now, other.asked) ? now : other));
  const apart = before.filter((other) => !isOne(other));
  if (apart.length > 0) await askWards(deps, [now, ...apart], options);
  for (const each of confirmed) await note(deps, each, options);
  const outcome = [
    ...(confirmed.length > 0 ? ['confirmed-by-the-register'] : []),
    ...(apart.length > 0 ? ['not-confirmed, wards asked'] : []),
  ].join(', ');
  const all = [now, ...before].map(({ record }) => record);
  await end(
    outcome,
    all.every((record) => record !== undefined && protection(record) === 'none'),
  );
}

type Options = Parameters<typeof inPerson>[2];

/** Asks the register itself: what the hub read lately may be from before the change. */
async function ask(deps: CasesDependencies, asked: PersonIdentifier): Promise<Asked> {
  const answer = await deps.registers.person(asked, true);
  if (answer.outcome === 'not-found') return { asked, reading: {} };
  const record = answer.outcome === 'found' ? answer.record : answer.reading.record;
  return { asked, record, reading: answer.reading === undefined ? {} : { population: answer.reading } };
}

/** Whether the register's answer about one number names the other as the same person's. */
function names(deps: CasesDependencies, one: Asked, other: PersonIdentifier): boolean {
  const hash = deps.registers.hash(other);
  return one.record !== undefined && numbersOf(one).some((each) => deps.registers.hash(each) === hash);
}

/** What the register said reaches the person, whose numbers it names; repeated it changes nothing. */
async function note(deps: CasesDependencies, each: Asked, options: Options): Promise<void> {
  if (!(await deps.registers.knows(numbersOf(each)))) return;
  await inPerson(deps, each, options, async (session: Session, { id, joined }) => {
    const context = { at: options.recordedAt, by: systemActor('population-register') };
    await applyReading(deps, session, id, each.reading, { ...context, joined });
  });
}

/** The wards of everybody's open cases check who the patient is. Who the others are is not told. */
async function askWards(deps: CasesDependencies, persons: readonly Asked[], options: Options): Promise<void> {
  for (const each of persons) await note(deps, each, options);
  const hashes = persons.map(({ asked }) => deps.registers.hash(asked));
  const ids = [...new Set((await deps.registers.holders(hashes)).values())];
  // Known by now as one: the register knew it by another number.
  if (ids.length === 0) return;
  const context = { at: options.recordedAt, by: systemActor('journal') };
  await deps.log.transact(
    { cause: options.cause, recordedAt: options.recordedAt, locks: ids.map(personLock) },
    async (session) => {
      for (const id of ids) {
        const open = await openCases(session, deps.kinds, id);
        await questionIdentity(session, open, 'not-confirmed', context);
      }
    },
  );
}
