import { setImmediate as endOfTurn } from 'node:timers/promises';
import type { BatchStatement, Database, Transaction } from '../persistence/database.js';
import { unseen } from '../persistence/kept-plan.js';
import type { Uuid } from '../process/vocabulary.js';
import { SharedMember, type SharedOutcome, type SharedWork } from './shared-member.js';
import { appendChanges, type Appended } from './write-change.js';

/** Locks what is free now, and says which; nobody waits for a lock that is another's. */
const tryLocks = `select name from unnest(${unseen('$1::text[]')}) as name
  where pg_try_advisory_xact_lock(hashtextextended(name, 0))`;

/**
 * Runs several pieces of work in one transaction, each as if it were alone: what they read is asked for together, what they write is kept
 * until all have decided, and goes out in one statement for all. One that fails, waits for something else, asks for a statement of its
 * own, or meets the lock or the stream of another is left out, and nothing of it is written.
 *
 * No lock is waited for: who holds one keeps only its own person waiting, and no two such transactions wait for each other.
 *
 * @param first statements without parameters that go before everything else
 * @returns for each piece of work, in their order, what came of it
 * @throws what PostgreSQL refused: then nothing of any of them is written
 */
export async function runShared(
  database: Database,
  works: readonly SharedWork[],
  first: readonly string[],
): Promise<readonly SharedOutcome[]> {
  const members = works.map((work) => new SharedMember(work));
  leaveWhereLocksMeet(members);
  await database.transaction(async (sql) => {
    const locked = lockAll(sql, members);
    for (const member of present(members)) member.start();
    await answerAll(sql, members, locked);
    write(sql, present(members));
  }, first);
  return members.map(({ outcome }) => outcome ?? 'alone');
}

const present = (members: readonly SharedMember[]) => members.filter(({ outcome }) => outcome !== 'alone');

function leaveWhereLocksMeet(members: readonly SharedMember[]): void {
  const taken = new Set<string>();
  for (const member of members) {
    const { locks } = member.work;
    if (locks.some((name) => taken.has(name))) member.leave();
    else for (const name of locks) taken.add(name);
  }
}

async function lockAll(sql: Transaction, members: readonly SharedMember[]): Promise<void> {
  const names = present(members).flatMap(({ work }) => work.locks);
  const { rows } = await sql.prepared<{ name: string }>('log-try-locks', tryLocks, [names]);
  const locked = new Set(rows.map(({ name }) => name));
  for (const member of members) if (member.work.locks.some((name) => !locked.has(name))) member.leave();
}

/** Answers what is asked for, round after round, until nobody asks any more. Who is not done then waits for something else. */
async function answerAll(
  sql: Transaction,
  members: readonly SharedMember[],
  locked: Promise<void>,
): Promise<void> {
  locked.catch(() => undefined); // Waited for below.
  for (;;) {
    await endOfTurn();
    const asked = members.flatMap((member) => member.takeAsked());
    if (asked.length === 0) break;
    // PostgreSQL answers in order, so whose lock is another's has left before anything it read is told.
    const answered = Array.from(
      Map.groupBy(asked, ({ statement }) => statement),
      async ([statement, questions]) => {
        const asks = questions.map(({ question }) => question);
        const answers = await statement(sql, asks);
        questions.forEach(({ answer }, place) => answer(answers[place]));
      },
    );
    await Promise.all([locked, ...answered]);
  }
  await locked;
  for (const member of members) if (member.outcome === undefined) member.leave();
}

/** Writes what was decided, each statement for all. Nobody waits for the answers but the commit. */
function write(sql: Transaction, members: readonly SharedMember[]): void {
  const streams = new Set<Uuid>();
  const slots: Appended[][] = [];
  const last = new Map<BatchStatement<unknown, void>, unknown[]>();
  for (const member of members) {
    const own = member.appended.map(({ change }) => change.id);
    // Such as a visit that is told of two persons: the second decided without what the first did.
    if (own.some((id) => streams.has(id))) {
      member.leave();
      continue;
    }
    for (const id of own) streams.add(id);
    giveSlots(slots, member.appended);
    for (const { statement, write: one } of member.last)
      last.set(statement, [...(last.get(statement) ?? []), one]);
  }
  for (const [slot, appended] of slots.entries())
    if (appended.length > 0) sql.later(appendChanges(sql, appended, { unmet: isForNew(slot) }));
  for (const [statement, writes] of last) sql.later(statement(sql, writes));
}

/** Each slot is a statement; every second one is for new streams alone. */
const isForNew = (slot: number): boolean => slot % 2 === 0;

/** Places the changes of one: they are written in their order, and no statement has a stream twice. */
function giveSlots(slots: Appended[][], changes: readonly Appended[]): void {
  let slot = 0;
  for (const appended of changes) {
    const { change, expectedVersion } = appended;
    const fits = () =>
      isForNew(slot) === (expectedVersion === 0) &&
      !slots[slot]?.some((other) => other.change.id === change.id);
    while (!fits()) slot++;
    while (slots.length <= slot) slots.push([]);
    slots[slot]?.push(appended);
  }
}
