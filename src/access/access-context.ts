import type { HsaId, UserActor, Uuid } from '../process/vocabulary.js';

/**
 * Who asks, established once for each request from the token and the directory (design, section 6). Participation is not
 * in here: it is asked of the database on each request, so removal works at once (ACC-7).
 */
export type AccessContext = {
  /** The client of the token (`client_id` or `azp`), for audit and for the scope of Idempotency-Key. */
  readonly client: string;
  /** Who issued the token; absent where the hub itself acts. Each issuer names its clients by itself. */
  readonly issuer?: string;
  /** Units whose grants open resources: the one of a user's assignment, or all of a system token's. */
  readonly units: readonly HsaId[];
  /** The person acting; absent for a system token, which reads, searches and subscribes but takes no reserved step. */
  readonly actor?: UserActor;
  /** X-Request-ID, or one the hub made. */
  readonly requestId: string;
};

/** The client as a key: each issuer names its clients by itself, so a client is known by both names together. */
export const clientKey = ({ issuer, client }: Pick<AccessContext, 'issuer' | 'client'>): string =>
  JSON.stringify([issuer ?? null, client]);

/** On whose behalf the catalogue is asked about staff: the unit's, or the client's where there is none yet. */
export const askerOf = ({ actor, ...rest }: Pick<AccessContext, 'actor' | 'issuer' | 'client'>): string =>
  actor?.unit ?? clientKey(rest);

/** One thing somebody did or tried, as the trail keeps it (ACC-5). Ids only, never personal data. */
export type AuditEntry = {
  readonly context: AccessContext;
  readonly at: Date;
  /** FHIR RESTful interaction code or operation name: read, vread, history, search-type, create, update, $publish… */
  readonly action: string;
  readonly outcome: 'success' | 'refused' | 'failed';
  readonly personId?: Uuid;
  readonly caseId?: Uuid;
  /** What was read or done: `CarePlan/<id>`, search parameters without values that name a person, rule refused by. */
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Writes the trail in groups; resolves when the entry's group is durable. Rejects with `AuditUnavailable`: answer 503. */
export interface AuditTrail {
  record(entries: readonly AuditEntry[]): Promise<void>;
}

export class AuditUnavailable extends Error {
  override readonly name = 'AuditUnavailable';
}
