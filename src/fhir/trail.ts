import { Inject, Injectable } from '@nestjs/common';
import type { AccessContext, AuditEntry, AuditTrail } from '../access/access-context.js';
import type { Uuid } from '../process/vocabulary.js';
import { codeSystems } from '../projection/codes/codes.js';
import { AUDIT_TRAIL, CLOCK } from './dependencies.js';
import type { Clock } from './dependencies.js';

type AccessGround = keyof typeof codeSystems.accessGround.concepts;

/** Whom and which case an access concerned, as far as they are known, and on what ground; left out: the unit takes part. */
export type Touched = {
  readonly personId?: Uuid | null;
  readonly caseId?: Uuid | null;
  readonly ground?: AccessGround;
};

export type TrailRecord = Pick<AuditEntry, 'context' | 'action' | 'outcome' | 'detail'> & {
  readonly touched: Touched;
};

/**
 * Writes what a request did or was refused into the trail (ACC-5). Resolves when it is durable: call it before
 * answering. Rejects with `AuditUnavailable`, which becomes 503.
 */
@Injectable()
export class Trail {
  constructor(
    @Inject(AUDIT_TRAIL) private readonly audit: AuditTrail,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param action FHIR interaction code or operation name (`read`, `search-type`, `create`, `$publish-admission-notice`)
   * @param detail what was read or done: `{ resource: 'CarePlan/<id>' }`; for a fault or rejection also `{ rule: 'ACC-1' }`. Ids only
   */
  record(
    context: AccessContext,
    action: string,
    outcome: AuditEntry['outcome'],
    touched: Touched,
    detail: Readonly<Record<string, unknown>>,
  ): Promise<void> {
    return this.recordAll([{ context, action, outcome, touched, detail }]);
  }

  /** Several records of one request, durable together. */
  recordAll(records: readonly TrailRecord[]): Promise<void> {
    const at = this.clock.now();
    return this.audit.record(
      records.map(({ context, action, outcome, touched, detail }) => ({
        context,
        at,
        action,
        outcome,
        ...(touched.personId ? { personId: touched.personId } : {}),
        ...(touched.caseId ? { caseId: touched.caseId } : {}),
        detail: { ...detail, ...groundOf(outcome, touched) },
      })),
    );
  }
}

/** The ground in the detail of a record; undefined in records of before it was kept, and of what is no ground. */
export function groundIn(detail: unknown): AccessGround | undefined {
  const ground = (detail as { readonly ground?: unknown } | null)?.ground;
  return typeof ground === 'string' && Object.hasOwn(codeSystems.accessGround.concepts, ground)
    ? (ground as AccessGround)
    : undefined;
}

/** ACC-5: what was refused or failed had no ground, and what is of nobody needs none. */
function groundOf(
  outcome: AuditEntry['outcome'],
  { personId, caseId, ground = 'participant' }: Touched,
): { readonly ground?: AccessGround } {
  return outcome === 'success' && (personId || caseId) ? { ground } : {};
}

/** Types that hang on the stream of a case; others hang on a person, a stay or the directory. */
const ofCases = new Set([
  'CarePlan',
  'CareTeam',
  'Communication',
  'Consent',
  'QuestionnaireResponse',
  'Task',
]);

/** A resource that an access concerned, as far as it is known; `content` where it was visible. */
type Concerned = {
  readonly streamId: Uuid | null;
  readonly caseId: Uuid | null;
  readonly personId: Uuid | null;
  readonly content?: string | null;
};

/**
 * Whom and which case an access to a resource concerned, and on what ground (ACC-5). The case: the stream that shows the resource, whatever
 * scope opens it (a note of a to-do and a notice of removal have one of their own), or the case that this stream hangs on. A to-do of those
 * types without a person is a ward's, about nobody's case; and a message outside every case is of none, nor are its to-dos.
 */
export function touchedBy(type: string, found: Concerned | undefined): Touched {
  const personId = found?.personId ?? null;
  if (found === undefined || personId === null || !ofCases.has(type)) return { personId, caseId: null };
  if (isOfMessageOutside(type, found)) return { personId, caseId: null, ground: 'message' };
  return { personId, caseId: found.caseId ?? found.streamId };
}

/** What is visible and not based on a case is of a message outside every case. In a text of somebody the quotes would be escaped. */
const isOfMessageOutside = (type: string, { caseId, content }: Concerned): boolean =>
  caseId === null &&
  (type === 'Communication' || type === 'Task') &&
  (content ?? '') !== '' &&
  content?.includes('"basedOn":[') === false;
