import { open } from 'node:fs/promises';
import type { AuditPublicKeys, SealedHead } from '../../access/audit/audit-key.js';
import { lastHeadFiles, readHead } from '../../access/audit/heads-file.js';
import type { Database } from '../../persistence/database.js';

/** Of a file of heads only its end is read: the last of them is the latest thing the trail did. About a thousand heads. */
const tailBytes = 256 * 1024;

/**
 * The last head of the trail that was kept in the file and that the database does not have, written since the log's epoch began: the database
 * is then at an earlier point than it was, because a head is kept when its group is committed. What an epoch left behind is known to be gone.
 * Undefined where there is none, or no file.
 */
export async function lostEnd(
  database: Database,
  headsFile: string,
  keys: AuditPublicKeys,
): Promise<SealedHead | undefined> {
  const { rows: epochs } = await database.query<{ since: Date }>(
    'select since from log_epoch order by number desc limit 1',
  );
  const since = epochs[0]?.since.getTime() ?? -Infinity;
  const last = new Map<string, SealedHead>();
  const files = [...(await lastHeadFiles(headsFile)), headsFile];
  for (const line of (await Promise.all(files.map(lastLines))).flat()) {
    const head = readHead(line);
    if (head && Date.parse(head.recordedAt) > since && (last.get(head.chain)?.number ?? 0) < head.number)
      last.set(head.chain, head);
  }
  const { rows } = await database.query<{ chain: string; number: number }>(
    `select chain, max(number)::integer as number from audit_group where chain = any($1) group by chain`,
    [[...last.keys()]],
  );
  const stored = new Map(rows.map(({ chain, number }) => [chain, number]));
  return [...last.values()]
    .filter((head) => head.number > (stored.get(head.chain) ?? 0) && keys.verifies(head))
    .toSorted((one, other) => one.recordedAt.localeCompare(other.recordedAt))
    .at(-1);
}

/** The whole lines at the end of a file; none where there is no such file. */
async function lastLines(file: string): Promise<readonly string[]> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  if (handle === undefined) return [];
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - tailBytes);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.subarray(0, bytesRead).toString('utf8').split('\n');
  } finally {
    await handle.close();
  }
}
