/** What can be wrong with the trail. */
export const findingKinds = {
  altered: 'was altered: its content, its place or its hash is not what was sealed',
  missing: 'is missing between groups that are there',
  lost: 'is missing at the end: it is known outside the database, or to later chains, and is not there',
  orphaned: 'has records that belong to no group: the hub did not write them',
  unsealed: 'has no seal, and was not there when seals began',
  'unknown-key': 'is sealed by a key that is not among the public keys (AUDIT_PUBLIC_KEYS)',
  'forged-head': 'is said to exist by a kept head that no known key sealed',
  empty: 'the trail is empty',
  'no-heads': 'no head of the trail is known outside the database, so a cut end would not show',
} as const;

export type FindingKind = keyof typeof findingKinds;

/** One thing found wrong: groups `from` to `to` of a chain. */
export type Finding = {
  readonly kind: FindingKind;
  readonly chain?: string;
  readonly from?: number;
  readonly to?: number;
  /** What is missing was written after this and not after that, as far as is known (UTC). */
  readonly after?: string;
  readonly until?: string;
};

/** A finding as it is written down when somebody takes note of it: the same finding gives the same text. */
export function nameOf({ kind, chain = '', from = 0, to = 0 }: Finding): string {
  return `${kind}:${chain}:${from}-${to}`;
}

/** Gathers findings; neighbours of one kind become one. */
export class Findings {
  readonly all: Finding[] = [];

  add(finding: Finding): void {
    const last = this.all.at(-1);
    const continues =
      last?.kind === finding.kind &&
      last.chain === finding.chain &&
      last.to !== undefined &&
      last.to + 1 === finding.from;
    if (continues && last.until === undefined && finding.until === undefined)
      this.all.splice(-1, 1, { ...last, ...(finding.to !== undefined && { to: finding.to }) });
    else this.all.push(finding);
  }
}
