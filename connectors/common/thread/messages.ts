import type { MessageOutcome } from '../connector-metrics.js';
import type { TakenSoFar } from '../fact-taker.js';
import type { Address, Health } from '../health.js';

/** What happened since the last of these. */
export type Told = {
  readonly kind: 'told';
  /** Something new is durable and waits to be published. */
  readonly stored: boolean;
  /** Lines of the log, as they are written. */
  readonly lines: string;
  /** Lines that there was no room for. */
  readonly lostLines: number;
  readonly outcomes: readonly (readonly [outcome: MessageOutcome, seconds: number | undefined])[];
};

/** How a receiving thread is: what it took, and what else is told of it. */
export type ThreadReport = { readonly soFar: TakenSoFar; readonly own: Health['detail'] };

export type FromThread =
  | Told
  | { readonly kind: 'listening'; readonly address: Address }
  /** It could not start. An error loses its code on its way between threads. */
  | { readonly kind: 'refused'; readonly error: unknown; readonly code: string | undefined }
  | { readonly kind: 'report'; readonly report: ThreadReport }
  | { readonly kind: 'stopped' };

export type ToThread = 'report' | 'stop';

/** What both threads see at once: whether senders wait, and how many `Told` have not been read. */
export const sharedPlaces = { busy: 0, unread: 1 } as const;

/** What a receiving thread is started with. */
export type ThreadData<Settings> = { readonly settings: Settings; readonly shared: SharedArrayBuffer };
