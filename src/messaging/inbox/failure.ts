import { types } from 'node:util';
import { LogConflict } from '../../log/log.js';
import { WrittenByNewer } from '../../log/written-by-newer.js';
import { LookupUnavailable } from '../contracts/lookups.js';
import { isConnectionFailure } from '../../persistence/connection-failure.js';
import { TransportUnavailable } from '../transport/transport.js';

/** Who has to mend what made a fact fail. */
export type FailureOwner = 'hub' | 'sender' | 'register';

/** What a failure means for the fact. */
export type Failure = {
  /** False: no retry will help; the fact becomes a dead letter at once. */
  readonly retry: boolean;
  /** Short, for people and metrics; never personal data, so never an error's own text unless it is ours. */
  readonly cause: string;
  readonly owner: FailureOwner;
  /** How long the fact may hold back later facts of its person, from its first attempt, in milliseconds. */
  readonly holdForMs?: number;
};

/** Not now: trying again can help. `cause` is stored and shown; never personal data. */
export class RetryableFailure extends Error {
  override readonly name = 'RetryableFailure';
  constructor(
    cause: string,
    readonly owner: FailureOwner,
    readonly holdForMs?: number,
    options?: ErrorOptions,
  ) {
    super(cause, options);
  }
}

/** Never: the fact becomes a dead letter. `cause` is stored and shown; never personal data. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
  constructor(
    cause: string,
    readonly owner: FailureOwner,
  ) {
    super(cause);
  }
}

/** Sorts what a handler threw. What nobody knows is a fault of the hub, mended by people: replayed after the fix. */
export function classifyFailure(error: unknown): Failure {
  if (error instanceof RetryableFailure) {
    const { message: cause, owner, holdForMs } = error;
    return { retry: true, cause, owner, ...(holdForMs !== undefined && { holdForMs }) };
  }
  if (error instanceof PermanentFailure) return { retry: false, cause: error.message, owner: error.owner };
  if (error instanceof LookupUnavailable) {
    return { retry: error.retryable, cause: `${error.system}: ${error.code}`, owner: 'register' };
  }
  // Processes of the newer version take it, however long that is: a dead letter would need hands.
  if (error instanceof WrittenByNewer)
    return { retry: true, cause: 'written-by-newer-version', owner: 'hub', holdForMs: Infinity };
  if (error instanceof LogConflict) return { retry: true, cause: 'conflict', owner: 'hub' };
  if (error instanceof TransportUnavailable)
    return { retry: true, cause: 'transport-unavailable', owner: 'hub' };
  if (isConnectionFailure(error)) return { retry: true, cause: 'database-unavailable', owner: 'hub' };
  return { retry: false, cause: `unexpected: ${kindOf(error)}`, owner: 'hub' };
}

/** The kind of error and its code; not its text, which may repeat what was in the fact. */
function kindOf(error: unknown): string {
  if (!types.isNativeError(error)) return 'not an error';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}
