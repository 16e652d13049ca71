import { hash, randomUUID } from 'node:crypto';
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
 * A record that `recordOf` made, as the written format spells it: a JSON array of its fields. They are in the one spelling already, so
 * plain JSON is the same text as `canonicalJson`; each by itself, because V8 takes several times as long over an array that holds an object.
 */
export const lineOf = (record: AuditRecord): string =>
  `[${fieldsOfTheFirst(record)
    .map((field) => JSON.stringify(field))
    .join(',')}]`;

/**
 * The hash of a group that was read. Undefined for a format nobody knows.
 * @see hashOfLines
 */
export function groupHash(head: GroupHead, records: readonly AuditRecord[]): string | undefined {
  const fieldsOf = fields[head.format];
  return fieldsOf === undefined
    ? undefined
    : hashOfLines(
        head,
        records.map((record) => canonicalJson(fieldsOf(record))),
      );
}

/**
 * SHA-256 (hex) over the group's place in its chain, the hash before it and each record in order: whoever alters, removes
 * or reorders anything changes this hash and with it every later one of the chain.
 * @param lines the records, each as its format spells it
 */
export function hashOfLines(head: GroupHead, lines: readonly string[]): string {
  const place = [head.chain, head.number, head.previous, head.recordedAt];
  const first = canonicalJson(head.format >= firstSealedFormat ? [head.format, ...place] : place);
  return hash('sha256', [first, ...lines].join('\n'));
}

function fieldsOfTheFirst(record: AuditRecord): readonly unknown[] {
  return [
    record.id,
    record.recordedAt.toISOString(),
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
