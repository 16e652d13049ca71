import { createHash, randomUUID } from 'node:crypto';
import type { AuditEntry } from '../access-context.js';
import { canonicalJson, storable } from './canonical-json.js';

/** A record of the trail as `audit_record` keeps it. */
export type AuditRecord = {
  readonly id: string;
  readonly recordedAt: Date;
  /** HSA-id of the user; of a system token, `issuer|client`, in records of before the client alone; `hub` of the hub itself. */
  readonly actor: string;
  readonly unit: string | null;
  readonly role: string | null;
  readonly personId: string | null;
  readonly caseId: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly detail: unknown;
};

/** The record of an entry, all of it `storable`. Client, its issuer, request id and the units of a system stand in `detail`. */
export function recordOf({
  context,
  at,
  action,
  outcome,
  personId,
  caseId,
  detail,
}: AuditEntry): AuditRecord {
  const { actor, client, issuer, units, requestId } = context;
  const unit = actor?.unit ?? (units.length === 1 ? units[0] : undefined);
  return {
    id: randomUUID(),
    recordedAt: at,
    actor: storable(actor?.user ?? (issuer === undefined ? client : `${issuer}|${client}`)) as string,
    unit: unit === undefined ? null : (storable(unit) as string),
    role: actor?.role === undefined ? null : (storable(actor.role) as string),
    personId: personId ?? null,
    caseId: caseId ?? null,
    action: storable(action) as string,
    outcome,
    detail: storable({
      ...detail,
      client,
      ...(issuer === undefined ? {} : { issuer }),
      requestId,
      ...(unit === undefined ? { units } : {}),
    }),
  };
}

/** What a group's hash is made of besides its records. */
export type GroupHead = {
  readonly format: number;
  readonly chain: string;
  readonly number: number;
  readonly previous: string;
  readonly recordedAt: Date;
};

/** The `previous` of a chain's first group. */
export const chainStart = 'start';

/** What the first group of a chain begins with: which chains were there before it. */
export const chainStarted = 'audit-chain-started';

/**
 * How groups are hashed, by format. The format is part of the hash, so a field is added by a new format, and what older
 * ones wrote still verifies. Format 1 is from before groups were sealed, and has no number of its own in the hash.
 */
const fields: Readonly<Record<number, (record: AuditRecord) => readonly unknown[]>> = {
  1: fieldsOfTheFirst,
  2: fieldsOfTheFirst,
};

/** The first format whose groups carry a signature, and the one that is written. */
export const firstSealedFormat = 2;
export const writtenFormat = 2;

/**
 * SHA-256 (hex) over the group's place in its chain, the hash before it and each record in order: whoever alters, removes
 * or reorders anything changes this hash and with it every later one of the chain. Undefined for a format nobody knows.
 * @param spelled how a record is spelled: what `recordOf` made is in the one spelling already, so plain JSON is the same text
 */
export function groupHash(
  head: GroupHead,
  records: readonly AuditRecord[],
  spelled: (fields: readonly unknown[]) => string = canonicalJson,
): string | undefined {
  const fieldsOf = fields[head.format];
  if (fieldsOf === undefined) return undefined;
  const hash = createHash('sha256');
  const place = [head.chain, head.number, head.previous, head.recordedAt];
  hash.update(canonicalJson(head.format >= firstSealedFormat ? [head.format, ...place] : place));
  for (const record of records) {
    hash.update('\n');
    hash.update(spelled(fieldsOf(record)));
  }
  return hash.digest('hex');
}

function fieldsOfTheFirst(record: AuditRecord): readonly unknown[] {
  return [
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
  ];
}
