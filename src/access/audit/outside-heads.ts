import type { AuditPublicKeys, SealedHead } from './audit-key.js';
import type { ChainHead } from './chain-heads.js';
import type { Findings } from './finding.js';
import { readHead } from './heads-file.js';

/** What is known outside the database of one chain. */
export type KnownEnd = {
  /** The last head of it that anybody kept. */
  readonly last: SealedHead;
  /** The time of the first kept head that the database has not. Absent: it has all. */
  readonly firstLostAt?: string;
};

/**
 * Reads heads that were kept outside the database, however many: of each chain only its end counts, because its hash stands for all
 * before it. Old heads that are told again say nothing new.
 * @param lines heads as JSON, one in a line; what is no head, as a line that a crash cut short, is passed over
 * @param ends how far each chain goes in the database
 */
export async function knownEnds(
  lines: AsyncIterable<string>,
  keys: AuditPublicKeys,
  ends: readonly ChainHead[],
  findings: Findings,
): Promise<ReadonlyMap<string, KnownEnd>> {
  const stored = new Map(ends.map(({ chain, number }) => [chain, number]));
  const known = new Map<string, KnownEnd>();
  for await (const line of lines) {
    const head = readHead(line);
    if (head === undefined) continue;
    const { chain, number } = head;
    if (!keys.verifies(head)) {
      findings.add({
        kind: keys.knows(head.keyId) ? 'forged-head' : 'unknown-key',
        chain,
        from: number,
        to: number,
      });
      continue;
    }
    known.set(chain, merged(known.get(chain), head, number > (stored.get(chain) ?? 0)));
  }
  return known;
}

function merged(before: KnownEnd | undefined, head: SealedHead, isLost: boolean): KnownEnd {
  const last = before === undefined || before.last.number < head.number ? head : before.last;
  const times = [before?.firstLostAt, isLost ? head.recordedAt : undefined].filter((at) => at !== undefined);
  const firstLostAt = times.toSorted()[0];
  return { last, ...(firstLostAt !== undefined && { firstLostAt }) };
}
