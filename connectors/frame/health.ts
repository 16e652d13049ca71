/**
 * How a connector says that it is well. `down`: it takes nothing; `degraded`: it takes, but what it takes does not go on.
 * `detail` is for operators: counts, times and codes, never personal data.
 */
export type Health = {
  readonly status: 'up' | 'degraded' | 'down';
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};

/** A running part of a connector. */
export type Running = {
  /** Takes nothing new, finishes what it holds, frees sockets and timers. */
  stop(): Promise<void>;
  health(): Promise<Health>;
};

/** Where a server listens. */
export type Address = { readonly host: string; readonly port: number };
