import { randomUUID } from 'node:crypto';
import { svuStream } from '../../src/cases/kinds/svu.js';
import type { PostgresLog } from '../../src/log/postgres-log.js';
import type { Database } from '../../src/persistence/database.js';
import { personLock } from '../../src/persons/person-locks.js';
import type { SvuCommand } from '../../src/process/svu/subjects.js';
import type { Uuid } from '../../src/process/vocabulary.js';
import { now, opening, step } from '../support/process/svu.js';

/** A draft of the process's tests in the log: due 2026-03-03T06:30, told so four hours before. */
export async function openDraft(log: PostgresLog, ...more: readonly SvuCommand[]): Promise<Uuid> {
  const [id, personId] = [randomUUID(), randomUUID()];
  const open = step('open', { ...opening, personId });
  const options = {
    locks: [personLock(personId)],
    cause: { kind: 'hub', id: 'test' },
    recordedAt: now,
  } as const;
  await log.transact(options, async (session) => {
    for (const command of [open, ...more]) {
      const { decision } = await session.execute(svuStream, id, command);
      if (decision.rejection !== undefined) throw new Error(decision.rejection.code);
    }
  });
  return id;
}

/** The types of the events of each stream of whose deadlines something was told, in order. */
export async function toldOf(database: Database): Promise<ReadonlyMap<Uuid, readonly string[]>> {
  const { rows } = await database.query<{ id: Uuid; types: string[] }>(
    `select stream_id as id, array_agg(type order by stream_version) as types from event
      where type in ('TodoDue', 'TodoOverdue') group by stream_id`,
  );
  return new Map(rows.map(({ id, types }) => [id, types]));
}
