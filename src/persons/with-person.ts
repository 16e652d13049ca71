import { randomUUID } from 'node:crypto';
import type { Log, Session } from '../log/log.js';
import type { Cause } from '../log/stream-type.js';
import type { PersonIdentifier, RegisterRecord } from '../messaging/contracts/facts.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import { identityLock, personLock } from './person-locks.js';
import { findPersons, rememberIdentity } from './person-store.js';
import type { Registers } from './registers.js';

/** Whom the numbers name became another between the look before the transaction and the locks; the work starts over. */
class PersonChanged extends Error {
  override readonly name = 'PersonChanged';
}

/** The numbers of one person: the one that was asked for, and what the register answers, which may say more of them. */
export type Numbers = { readonly asked: PersonIdentifier; readonly record?: RegisterRecord | undefined };

/** Two persons of the hub whom the register says are one. */
export type Twins = { readonly survivor: Uuid; readonly retired: Uuid };

export type WithPersonOptions = {
  readonly cause: Cause;
  readonly recordedAt: Instant;
  /** Others whom the work is about: their locks are taken too. */
  readonly others?: readonly Uuid[];
  /** Who held the number that was asked for a moment ago, where that is known: it need not be asked again before the transaction. */
  readonly holder?: Uuid | undefined;
  /** Streams that the work will load: read in the transaction's first round trip. */
  readonly streams?: readonly Uuid[];
  /** Where the holder is known: whether the work may share its transaction; see `TransactOptions`. */
  readonly shared?: boolean;
  /** Makes two persons one; false when that cannot be done now, and then both stay as they are. */
  readonly merge: (session: Session, twins: Twins) => Promise<boolean>;
};

/** The person of the work. `joined`: a number came to this person just now, so the reading is the first under it (PAT-12). */
export type FoundPerson = { readonly id: Uuid; readonly joined: boolean };

/** The number that holds now first: its person is the one who lives on. */
export function numbersOf({ asked, record }: Numbers): readonly PersonIdentifier[] {
  const told = record === undefined ? [] : [record.identifier, asked, ...(record.referred ?? [])];
  return told.length === 0 ? [asked] : told;
}

/**
 * Runs `work` in one transaction under the lock of the person with these numbers, who is made when unknown. The ids are found
 * before the transaction so that all locks, of the numbers and of the persons, are known when it starts; the log takes them in
 * one order. Numbers that the register says are one person's all name that person (PAT-12); where they name two so far, the
 * two are merged, or the work is done on the one that was asked for.
 */
export async function withPerson<T>(
  log: Log,
  registers: Registers,
  numbers: Numbers,
  options: WithPersonOptions,
  work: (session: Session, person: FoundPerson) => Promise<T>,
): Promise<T> {
  const hashes = [...new Set(numbersOf(numbers).map((each) => registers.hash(each)))];
  const asked = registers.hash(numbers.asked);
  const { merge, cause, recordedAt, holder, streams = [] } = options;
  return untilSettled(async (attempt) => {
    const known = attempt === 1 && hashes.length === 1 ? holder : undefined;
    const expected = known === undefined ? await registers.holders(hashes) : new Map([[asked, known]]);
    const shared = options.shared === true && known !== undefined;
    const made = randomUUID();
    const persons = expected.size === 0 ? [made] : [...new Set(expected.values())];
    const locks = [...hashes.map(identityLock), ...[...persons, ...(options.others ?? [])].map(personLock)];
    return log.transact({ cause, recordedAt, locks, shared }, async (session) => {
      const [holders] = await Promise.all([
        findPersons(session.sql, hashes),
        session.readAhead([...persons, ...streams], persons),
      ]);
      if (!same(holders, expected)) throw new PersonChanged();
      const survivor = hashes.map((hash) => holders.get(hash)).find((id) => id !== undefined) ?? made;
      let apart = false;
      for (const retired of persons.filter((id) => id !== survivor)) {
        if (!(await merge(session, { survivor, retired }))) apart = true;
      }
      const id = apart ? (holders.get(asked) ?? survivor) : survivor;
      const missing = hashes.filter((hash) => !holders.has(hash));
      for (const hash of missing) await rememberIdentity(session.sql, hash, id);
      const joined = holders.size > 0 && (missing.length > 0 || persons.length > 1);
      return work(session, { id, joined });
    });
  });
}

/**
 * Runs `work` in one transaction under the lock of the person who holds this number, and of the number itself. Nobody is made:
 * of a number that names nobody here `work` gets undefined.
 */
export function withHolder<T>(
  log: Log,
  registers: Registers,
  identifier: PersonIdentifier,
  { cause, recordedAt }: Pick<WithPersonOptions, 'cause' | 'recordedAt'>,
  work: (session: Session, holder: Uuid | undefined) => Promise<T>,
): Promise<T> {
  const hash = registers.hash(identifier);
  return untilSettled(async () => {
    const expected = (await registers.holders([hash])).get(hash);
    const locks = [identityLock(hash), ...(expected === undefined ? [] : [personLock(expected)])];
    return log.transact({ cause, recordedAt, locks }, async (session) => {
      const holder = (await findPersons(session.sql, [hash])).get(hash);
      if (holder !== expected) throw new PersonChanged();
      return work(session, holder);
    });
  });
}

async function untilSettled<T>(attempt: (count: number) => Promise<T>): Promise<T> {
  for (let count = 1; ; count += 1) {
    try {
      return await attempt(count);
    } catch (error) {
      if (!(error instanceof PersonChanged) || count === 3) throw error;
    }
  }
}

const same = (one: ReadonlyMap<string, Uuid>, other: ReadonlyMap<string, Uuid>): boolean =>
  one.size === other.size && [...one].every(([hash, id]) => other.get(hash) === id);
