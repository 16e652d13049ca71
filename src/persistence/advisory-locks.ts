/**
 * The numbers of the advisory locks that stand for one thing in the whole hub. Locks on persons and numbers are hashes of
 * their names; that one of them meets these is as likely as any two hashes of 64 bits meeting.
 */
export const advisoryLocks = {
  /** Held by the process that owns the embedded server (in its database `postgres`). */
  embeddedOwner: 4_836_001,
  migration: 4_836_002,
  /** Held by the one process that sequences. */
  sequencer: 4_836_003,
  rebuild: 4_836_004,
  /** Shared by every transaction of the log; taken alone while a rebuild swaps, and by migrations of its tables. */
  swap: 4_836_005,
  /** Held by the one process that tells case events. */
  relay: 4_836_006,
  /** Held while the organisation file is written as resources. */
  directory: 4_836_020,
} as const;
