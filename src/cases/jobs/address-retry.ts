import { LookupUnavailable } from '../../messaging/contracts/lookups.js';
import { WrittenByNewer } from '../../log/written-by-newer.js';
import { latestCopy } from '../../persons/person-store.js';
import { personLock } from '../../persons/person-locks.js';
import type { Uuid } from '../../process/vocabulary.js';
import { addressOutpatient } from '../addressing.js';
import { applyReading } from '../apply-reading.js';
import { systemActor } from '../dependencies.js';
import type { CasesDependencies } from '../dependencies.js';
import { localDateOf } from '../../process/time.js';
import { executeOnCase } from '../on-case.js';
import { findCase } from '../open-cases.js';

/** What one round of the timer did. */
export type AddressRetryResult = { readonly tried: number; readonly addressed: number };

/**
 * One round of the timer job of ADR-13: asks the listing service again for open cases whose outpatient unit is missing
 * because the service was down. The round ends early when the service is still down: three questions in a row without an
 * answer; a person it has no answer for delays nobody else. Safe in several processes at once:
 * the process decides under the person's lock, and addressing an addressed case changes nothing.
 *
 * @param limit cases in one round, so that one round never holds back the next
 */
export async function retryAddressing(deps: CasesDependencies, limit = 50): Promise<AddressRetryResult> {
  const { rows } = await deps.sql.query<{ id: Uuid; person_id: Uuid }>(
    `select id, person_id from stream
      where open and not (state ->> 'frozen')::boolean
        and state #>> '{notAddressed,outpatient}' = 'service-unavailable'
      order by random() limit $1`,
    [limit],
  );
  let addressed = 0;
  let tried = 0;
  let unanswered = 0;
  for (const row of rows) {
    const copy = await latestCopy(deps.sql, row.person_id);
    if (copy === undefined || copy.record === null) continue;
    tried += 1;
    try {
      const { listings, reading } = await deps.registers.listings(copy.record.identifier);
      const changed = await address(
        deps,
        row.id,
        row.person_id,
        addressOutpatient(deps.directory, listings, localDateOf(deps.now().toISOString())),
        reading,
      );
      if (changed) addressed += 1;
      unanswered = 0;
    } catch (error) {
      // The processes of that version try again.
      if (error instanceof WrittenByNewer) continue;
      if (!(error instanceof LookupUnavailable)) throw error;
      unanswered += 1;
      if (unanswered === 3) return { tried, addressed };
    }
  }
  return { tried, addressed };
}

async function address(
  deps: CasesDependencies,
  caseId: Uuid,
  personId: Uuid,
  outpatient: ReturnType<typeof addressOutpatient>,
  listing: Awaited<ReturnType<CasesDependencies['registers']['listings']>>['reading'],
): Promise<boolean> {
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'hub', id: 'address-retry' }, recordedAt: at },
    async (session) => {
      const found = await findCase(session, deps.kinds, caseId);
      if (found === undefined || !found.kind.stream.isOpen(found.state) || found.state.frozen) return false;
      if (listing !== undefined) {
        await applyReading(deps, session, personId, { listing }, { at, by: systemActor('listing-service') });
      }
      const { decision } = await executeOnCase(session, found.kind, caseId, {
        type: 'address',
        at,
        by: systemActor('listing-service'),
        data: { outpatient },
      });
      return decision.rejection === undefined && outpatient.found;
    },
  );
}
