import type { SqlConnection } from '../../persistence/database.js';
import { chainStart, groupHash } from './audit-record.js';
import type { AuditRecord } from './audit-record.js';
import { chainIds } from './chain-heads.js';
import type { ChainHead } from './chain-heads.js';

/** What the trail's own arithmetic says about one chain. */
export type ChainReport = {
  readonly chain: string;
  readonly groups: number;
  readonly records: number;
  /** The first thing found wrong, and the group's number. Absent: nothing was altered, removed or reordered. */
  readonly fault?: { readonly number: number; readonly kind: 'altered' | 'group-missing' | 'end-missing' };
};

type Group = { number: number; hash: string; previous: string; recordedAt: Date };
type Row = AuditRecord & { readonly number: number; readonly place: number };

const groupsAtATime = 200;

/**
 * Verifies the whole trail: every chain by itself, and that every end which a later chain wrote down is still there.
 * @returns one report for each chain; the trail is whole when none has a fault
 */
export async function verifyAudit(database: SqlConnection): Promise<readonly ChainReport[]> {
  const reports = new Map<string, ChainReport>();
  for (const chain of await chainIds(database)) reports.set(chain, await verifyChain(database, chain));
  for (const { chain, number, hash } of await heldHeads(database)) {
    const report = reports.get(chain) ?? { chain, groups: 0, records: 0 };
    if (report.fault !== undefined) continue;
    const { rows } = await database.query<{ hash: string }>(
      'select hash from audit_group where chain = $1 and number = $2',
      [chain, number],
    );
    const fault = rows[0] === undefined ? 'end-missing' : rows[0].hash === hash ? undefined : 'altered';
    if (fault !== undefined) reports.set(chain, { ...report, fault: { number, kind: fault } });
  }
  return [...reports.values()];
}

/** Verifies one chain from its first group to its last. */
export async function verifyChain(database: SqlConnection, chain: string): Promise<ChainReport> {
  let groups = 0;
  let records = 0;
  let previous = chainStart;
  for (;;) {
    const { rows } = await database.query<Group>(
      `select number, hash, previous, recorded_at as "recordedAt" from audit_group
       where chain = $1 and number > $2 order by number limit ${groupsAtATime}`,
      [chain, groups],
    );
    const last = rows.at(-1);
    if (last === undefined) return { chain, groups, records };
    const found = await recordsOf(database, chain, groups, last.number);
    for (const group of rows) {
      const fault = { number: group.number } as const;
      if (group.number !== groups + 1)
        return { chain, groups, records, fault: { number: groups + 1, kind: 'group-missing' } };
      const content = found.get(group.number) ?? [];
      const whole = group.previous === previous && groupHash({ ...group, chain }, content) === group.hash;
      if (!whole || content.some(({ place }, index) => place !== index))
        return { chain, groups, records, fault: { ...fault, kind: 'altered' } };
      previous = group.hash;
      groups++;
      records += content.length;
    }
  }
}

async function recordsOf(
  database: SqlConnection,
  chain: string,
  after: number,
  last: number,
): Promise<ReadonlyMap<number, readonly Row[]>> {
  const { rows } = await database.query<Row>(
    `select number, place, id, recorded_at as "recordedAt", actor, unit, role, person_id as "personId",
       case_id as "caseId", action, outcome, detail
     from audit_record where chain = $1 and number > $2 and number <= $3 order by number, place`,
    [chain, after, last],
  );
  return Map.groupBy(rows, ({ number }) => number);
}

async function heldHeads(database: SqlConnection): Promise<readonly ChainHead[]> {
  const { rows } = await database.query<{ heads: ChainHead[] }>(
    `select detail->'heads' as heads from audit_record
     where number = 1 and place = 0 and action = 'audit-chain-started'
       and chain in (select chain from audit_group where number = 1)`,
  );
  return rows.flatMap(({ heads }) => heads);
}
