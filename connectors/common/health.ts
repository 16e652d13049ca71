/**
 * How a connector says that it is well, in one shape. `down`: it takes nothing; `degraded`: it takes, but not everything goes
 * on. All of it is for operators: counts, times, codes and plain words, never personal data.
 */
export type Health = {
  readonly status: 'up' | 'degraded' | 'down';
  /** Why it is not `up`, in words an operator can act on. */
  readonly why?: string;
  /** When the system outside was last heard: a message came, or a question was answered. UTC. */
  readonly lastMessageAt?: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  /** Where it stands, for who judges whether it keeps up (`late.ts`). */
  readonly pace?: Pace;
};

/** How far a connector has come. Times are the connector's clock's. */
export type Pace = {
  /** What was taken and has to be brought to its topic: since when the oldest waits, and how many do. */
  readonly waitingSince?: Date;
  readonly waiting?: number;
  /** When all was read that has to be read again and again; before the first time, when that began. Absent where another process reads. */
  readonly allReadAt?: Date;
  /** From one time to the next. */
  readonly everyMilliseconds?: number;
};

/** A running part of a connector. */
export type Running = {
  /** Takes nothing new, finishes what it holds, frees sockets and timers. */
  stop(): Promise<void>;
  health(): Promise<Health>;
};

/** Where a server listens. */
export type Address = { readonly host: string; readonly port: number };

const worstFirst = ['down', 'degraded', 'up'] as const;

/** The health of a connector that consists of parts: the worst status, every reason, the latest message, all details, and how far each is. */
export function combineHealth(parts: readonly Health[], detail: Health['detail'] = {}): Health {
  const why = parts.flatMap((part) => part.why ?? []).join('; ');
  const paces = parts.flatMap((part) => part.pace ?? []);
  const lastMessageAt = parts
    .flatMap((part) => part.lastMessageAt ?? [])
    .toSorted()
    .at(-1);
  return {
    status: worstFirst.find((status) => parts.some((part) => part.status === status)) ?? 'up',
    ...(why !== '' && { why }),
    ...(lastMessageAt !== undefined && { lastMessageAt }),
    detail: Object.assign({}, detail, ...parts.map((part) => part.detail)) as Health['detail'],
    ...(paces.length > 0 && { pace: Object.assign({}, ...paces) as Pace }),
  };
}
