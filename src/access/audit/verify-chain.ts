import type { SqlConnection } from '../../persistence/database.js';
import type { AuditPublicKeys } from './audit-key.js';
import { chainStart, firstSealedFormat, groupHash } from './audit-record.js';
import type { AuditRecord } from './audit-record.js';
import type { Findings } from './finding.js';

/** A group of the trail with its records in order, as the database has them. */
export type StoredGroup = {
  readonly chain: string;
  readonly number: number;
  readonly format: number;
  readonly hash: string;
  readonly previous: string;
  readonly recordedAt: Date;
  readonly keyId: string | null;
  readonly signature: string | null;
  /** The hub writes whole milliseconds, and reads no more than those: other times are not its own. */
  readonly exact: boolean;
};
type StoredRecord = AuditRecord & {
  readonly number: number;
  readonly place: number;
  readonly exact: boolean;
};

export type VerifiedGroup = {
  readonly group: StoredGroup;
  readonly records: readonly AuditRecord[];
  /** Sealed by a known key, and unaltered: what its records say was said by the hub. */
  readonly genuine: boolean;
};

const groupsAtATime = 200;
/** Numbers begin at 1; whatever stands below was not written by the hub. */
const belowAll = -Number.MAX_SAFE_INTEGER;
const mostOrphans = 1000;

/**
 * Walks a chain from its first group to its last and on past every fault: each seal stands for itself. What is wrong goes to
 * `findings`; groups of a format without a seal are told by their arithmetic alone.
 */
export async function* walkChain(
  database: SqlConnection,
  keys: AuditPublicKeys,
  chain: string,
  findings: Findings,
): AsyncGenerator<VerifiedGroup> {
  let after = belowAll;
  let last: StoredGroup | undefined;
  for (;;) {
    const page = await groupsOf(database, chain, after);
    const end = page.at(-1)?.number;
    if (end === undefined) break;
    const records = await recordsOf(database, chain, after, end);
    for (const group of page) {
      tellGap(last, group, findings);
      const content = records.get(group.number) ?? [];
      records.delete(group.number);
      const at = { chain, from: group.number, to: group.number };
      const sealed = group.format >= firstSealedFormat;
      const known = !sealed || keys.knows(group.keyId ?? '');
      const whole = isWhole(last, group, content) && (!sealed || !known || isSealed(keys, group));
      if (!whole) findings.add({ kind: 'altered', ...at });
      else if (!known) findings.add({ kind: 'unknown-key', ...at });
      yield { group, records: content, genuine: whole && sealed && known };
      last = group;
    }
    // What is left belongs to numbers between the groups.
    for (const number of records.keys()) findings.add({ kind: 'orphaned', chain, from: number, to: number });
    after = end;
  }
  await tellOrphansAtTheEnd(database, chain, after, findings);
}

function tellGap(last: StoredGroup | undefined, group: StoredGroup, findings: Findings): void {
  const expected = last === undefined ? 1 : last.number + 1;
  if (group.number <= expected) return;
  findings.add({
    kind: 'missing',
    chain: group.chain,
    from: expected,
    to: group.number - 1,
    ...(last && { after: last.recordedAt.toISOString() }),
    until: group.recordedAt.toISOString(),
  });
}

/** Place, hash before and content are those that its hash was made of. After a gap the hash before cannot be compared. */
function isWhole(
  last: StoredGroup | undefined,
  group: StoredGroup,
  content: readonly StoredRecord[],
): boolean {
  const previous = last === undefined ? chainStart : last.hash;
  const follows = group.number === (last === undefined ? 1 : last.number + 1);
  return (
    group.number >= 1 &&
    (!follows || group.previous === previous) &&
    group.exact &&
    content.every(({ place, exact }, index) => place === index && exact) &&
    groupHash(group, content) === group.hash
  );
}

function isSealed(keys: AuditPublicKeys, group: StoredGroup): boolean {
  const { format, chain, number, hash, recordedAt, keyId, signature } = group;
  if (keyId === null || signature === null) return false;
  return keys.verifies({
    format,
    chain,
    number,
    hash,
    recordedAt: recordedAt.toISOString(),
    keyId,
    signature,
  });
}

async function groupsOf(database: SqlConnection, chain: string, after: number) {
  const { rows } = await database.query<StoredGroup>(
    `select chain, number, format, hash, previous, recorded_at as "recordedAt", key_id as "keyId", signature,
       recorded_at = date_trunc('milliseconds', recorded_at) as exact
     from audit_group where chain = $1 and number > $2 order by number limit ${groupsAtATime}`,
    [chain, after],
  );
  return rows;
}

async function recordsOf(
  database: SqlConnection,
  chain: string,
  after: number,
  last: number,
): Promise<Map<number, StoredRecord[]>> {
  const { rows } = await database.query<StoredRecord>(
    `select number, place, id, recorded_at as "recordedAt", actor, unit, role, person_id as "personId",
       case_id as "caseId", action, outcome, detail,
       recorded_at = date_trunc('milliseconds', recorded_at) as exact
     from audit_record where chain = $1 and number > $2 and number <= $3 order by number, place, id`,
    [chain, after, last],
  );
  return Map.groupBy(rows, ({ number }) => number);
}

async function tellOrphansAtTheEnd(
  database: SqlConnection,
  chain: string,
  after: number,
  findings: Findings,
): Promise<void> {
  // One statement, one moment: groups that a running hub writes meanwhile come with their records.
  const { rows } = await database.query<{ number: number }>(
    `select distinct r.number from audit_record as r where r.chain = $1 and r.number > $2
       and not exists (select from audit_group as g where g.chain = r.chain and g.number = r.number)
     order by r.number limit ${mostOrphans}`,
    [chain, after],
  );
  for (const { number } of rows) findings.add({ kind: 'orphaned', chain, from: number, to: number });
}
