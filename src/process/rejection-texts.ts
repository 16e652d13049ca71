/** PLACEHOLDER replaced by the process work: code → rule, Swedish, English. */
export type RejectionCode = string;
