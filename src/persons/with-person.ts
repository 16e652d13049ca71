import { randomUUID } from 'node:crypto';
import type { Log, Session } from '../log/log.js';
import type { Cause } from '../log/stream-type.js';
import type { PersonIdentifier } from '../messaging/contracts/facts.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import { identityLock, personLock } from './person-locks.js';
import { findPerson, rememberIdentity } from './person-store.js';
import type { Registers } from './registers.js';

/** Another process made the person between the look before the transaction and the lock; the work starts over. */
class PersonAppeared extends Error {
  override readonly name = 'PersonAppeared';
}

/**
 * Runs `work` in one transaction under the lock of the person with this number, who is made when unknown. The id is found
 * before the transaction so that both locks, of the number and of the person, are known when it starts.
 *
 * @param current the number as the register has it now, when it differs from the one asked for: both name the person
 */
export async function withPerson<T>(
  log: Log,
  registers: Registers,
  identifier: PersonIdentifier,
  current: PersonIdentifier | undefined,
  options: { readonly cause: Cause; readonly recordedAt: Instant },
  work: (session: Session, personId: Uuid) => Promise<T>,
): Promise<T> {
  const hashes = [
    ...new Set([identifier, ...(current ? [current] : [])].map((each) => registers.hash(each))),
  ];
  for (let attempt = 1; ; attempt += 1) {
    const known =
      (await registers.known(identifier)) ??
      (current && hashes.length > 1 ? await registers.known(current) : undefined);
    const personId = known ?? randomUUID();
    try {
      return await log.transact(
        { ...options, locks: [...hashes.map(identityLock), personLock(personId)] },
        async (session) => {
          for (const hash of hashes) {
            const holder = await findPerson(session.sql, hash);
            if (holder !== undefined && known === undefined) throw new PersonAppeared();
            if (holder === undefined) await rememberIdentity(session.sql, hash, personId);
          }
          return work(session, personId);
        },
      );
    } catch (error) {
      if (!(error instanceof PersonAppeared) || attempt === 3) throw error;
    }
  }
}
