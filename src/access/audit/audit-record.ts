import { createHash, randomUUID } from 'node:crypto';
import type { AuditEntry } from '../access-context.js';
import { canonicalJson, storable } from './canonical-json.js';

/** A record of the trail as `audit_record` keeps it. */
export type AuditRecord = {
  readonly id: string;
  readonly recordedAt: Date;
  /** HSA-id of the user, or the client of a system token. */
  readonly actor: string;
  readonly unit: string | null;
  readonly role: string | null;
  readonly personId: string | null;
  readonly caseId: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly detail: unknown;
};

/** The record of an entry. Client, request id and the units of a system stand in `detail`. */
export function recordOf({
  context,
  at,
  action,
  outcome,
  personId,
  caseId,
  detail,
}: AuditEntry): AuditRecord {
  const { actor, client, units, requestId } = context;
  const unit = actor?.unit ?? (units.length === 1 ? units[0] : undefined);
  return {
    id: randomUUID(),
    recordedAt: at,
    actor: storable(actor?.user ?? client) as string,
    unit: unit ?? null,
    role: actor?.role ?? null,
    personId: personId ?? null,
    caseId: caseId ?? null,
    action,
    outcome,
    detail: storable({ ...detail, client, requestId, ...(unit === undefined ? { units } : {}) }),
  };
}

/** What a group's hash is made of besides its records. */
export type GroupHead = {
  readonly chain: string;
  readonly number: number;
  readonly previous: string;
  readonly recordedAt: Date;
};

/** The `previous` of a chain's first group. */
export const chainStart = 'start';

/**
 * SHA-256 (hex) over the group's place in its chain, the hash before it and each record in order: whoever alters, removes
 * or reorders anything changes this hash and with it every later one of the chain.
 */
export function groupHash(head: GroupHead, records: readonly AuditRecord[]): string {
  const hash = createHash('sha256');
  hash.update(canonicalJson([head.chain, head.number, head.previous, head.recordedAt]));
  for (const record of records) {
    hash.update('\n');
    hash.update(
      canonicalJson([
        record.id,
        record.recordedAt,
        record.actor,
        record.unit,
        record.role,
        record.personId,
        record.caseId,
        record.action,
        record.outcome,
        record.detail,
      ]),
    );
  }
  return hash.digest('hex');
}
