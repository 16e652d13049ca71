import { z } from 'zod';
import type { SqlConnection } from '../../persistence/database.js';
import type { AuditPublicKeys } from './audit-key.js';
import { chainStarted, firstSealedFormat } from './audit-record.js';
import { chainHeads, chainsWithoutGroups } from './chain-heads.js';
import type { ChainHead } from './chain-heads.js';
import { Findings, nameOf } from './finding.js';
import type { Finding } from './finding.js';
import { knownEnds } from './outside-heads.js';
import type { KnownEnd } from './outside-heads.js';
import { walkChain } from './verify-chain.js';
import type { StoredGroup, VerifiedGroup } from './verify-chain.js';

/** What somebody answerable took note of. The hub sealed it, so nobody else can have written it. */
type Acknowledgement = { readonly by: string; readonly at: string; readonly reason: string };

export type AuditReport = {
  readonly chains: number;
  readonly groups: number;
  readonly records: number;
  /** Groups from before seals began; only their own hashes vouch for them. */
  readonly unsealedGroups: number;
  /** What nobody has taken note of yet. The trail is whole when there is nothing. */
  readonly findings: readonly Finding[];
  readonly acknowledged: readonly (Finding & { readonly acknowledgement: Acknowledgement })[];
  /** What is lost is all that there was from one moment to another, as a restore of the database leaves it. */
  readonly restore?: { readonly from?: string; readonly until: string; readonly groups: number };
};

/** The action by which findings are taken note of. */
export const findingsAcknowledged = 'audit-findings-acknowledged';

const heldHead = z.object({ chain: z.string(), number: z.number(), hash: z.string() });
type HeldHead = z.infer<typeof heldHead>;
const startDetail = z.object({ heads: z.array(heldHead), unsealed: z.array(heldHead).optional() });
const acknowledgedDetail = z.object({ findings: z.array(z.string()), reason: z.string() });

/**
 * Verifies the whole trail (ACC-5): every chain by its seals, every end that was kept outside the database or written down by a
 * later chain, and that it holds nothing which the hub did not write.
 * @param outside heads kept outside the database, one in a line
 */
export async function verifyAudit(
  database: SqlConnection,
  keys: AuditPublicKeys,
  outside: AsyncIterable<string>,
): Promise<AuditReport> {
  return new Verification(database, keys).run(outside);
}

class Verification {
  readonly #findings = new Findings();
  readonly #held: HeldHead[] = [];
  readonly #mark: HeldHead[] = [];
  readonly #acknowledged = new Map<string, Acknowledgement>();
  readonly #unsealed: StoredGroup[] = [];
  #unsealedGroups = 0;
  #groups = 0;
  #records = 0;
  /** The chain that is being verified, and when its first group was written. */
  #chain = { id: '', since: '' };
  /** Times of lost heads. Who is there after the first, in a chain begun before the last, was spared by whoever cut the others. */
  #lostFrom: string | undefined;
  #lostUntil: string | undefined;
  #spared = false;

  constructor(
    private readonly database: SqlConnection,
    private readonly keys: AuditPublicKeys,
  ) {}

  async run(outside: AsyncIterable<string>): Promise<AuditReport> {
    const ends = await chainHeads(this.database);
    const known = await this.#stillLost(await knownEnds(outside, this.keys, ends, this.#findings));
    const lost = this.#tellLost(known, ends);
    for (const chain of await chainsWithoutGroups(this.database))
      this.#findings.add({ kind: 'orphaned', chain });
    for (const { chain } of ends)
      for await (const verified of walkChain(this.database, this.keys, chain, this.#findings))
        this.#meet(verified);
    await this.#compareHeld(lost);
    this.#tellUnsealed();
    this.#tellNothingKnown(ends, known);
    return this.#report(ends.length, lost);
  }

  /** A hub that runs writes on while this reads: what came into the database meanwhile is not lost. */
  async #stillLost(known: ReadonlyMap<string, KnownEnd>): Promise<ReadonlyMap<string, KnownEnd>> {
    const now = new Map<string, KnownEnd>();
    for (const [chain, end] of known) {
      const hash = await this.#hashOf(chain, end.last.number);
      if (hash !== undefined && hash !== end.last.hash)
        this.#findings.add({ kind: 'altered', chain, from: end.last.number, to: end.last.number });
      now.set(chain, hash === undefined ? end : { last: end.last });
    }
    return now;
  }

  #tellLost(known: ReadonlyMap<string, KnownEnd>, ends: readonly ChainHead[]): readonly Finding[] {
    const stored = new Map(ends.map(({ chain, number }) => [chain, number]));
    const lost = [...known]
      .filter(
        ([chain, { firstLostAt, last }]) =>
          firstLostAt !== undefined && last.number > (stored.get(chain) ?? 0),
      )
      .map(([chain, { last }]): Finding => ({
        kind: 'lost',
        chain,
        from: (stored.get(chain) ?? 0) + 1,
        to: last.number,
        until: last.recordedAt,
      }));
    for (const finding of lost) this.#findings.add(finding);
    this.#lostFrom = [...known.values()].flatMap(({ firstLostAt = [] }) => firstLostAt).toSorted()[0];
    this.#lostUntil = lost
      .map(({ until = '' }) => until)
      .toSorted()
      .at(-1);
    return lost;
  }

  #meet({ group, records, genuine }: VerifiedGroup): void {
    this.#groups++;
    this.#records += records.length;
    const at = group.recordedAt.toISOString();
    if (this.#chain.id !== group.chain) this.#chain = { id: group.chain, since: at };
    if (this.#lostFrom !== undefined && this.#lostUntil !== undefined)
      this.#spared ||= at >= this.#lostFrom && this.#chain.since <= this.#lostUntil;
    if (group.format < firstSealedFormat) {
      this.#unsealedGroups++;
      this.#unsealed.splice(
        this.#unsealed.at(-1)?.chain === group.chain ? -1 : this.#unsealed.length,
        1,
        group,
      );
    }
    const first = records[0];
    if (group.number === 1 && first?.action === chainStarted) {
      const { heads = [], unsealed = [] } = startDetail.safeParse(first.detail).data ?? {};
      this.#held.push(...heads);
      if (genuine) this.#mark.push(...unsealed);
    }
    if (genuine) for (const record of records) this.#takeNote(record);
  }

  #takeNote({ action, actor, recordedAt, detail }: VerifiedGroup['records'][number]): void {
    if (action !== findingsAcknowledged) return;
    const { findings = [], reason = '' } = acknowledgedDetail.safeParse(detail).data ?? {};
    for (const name of findings)
      this.#acknowledged.set(name, { by: actor, at: recordedAt.toISOString(), reason });
  }

  /** What later chains hold on to is still there, as it was. */
  async #compareHeld(lost: readonly Finding[]): Promise<void> {
    const told = new Set(lost.map(({ chain }) => chain));
    const latest = new Map<string, HeldHead>();
    for (const head of [...this.#held, ...this.#mark])
      if ((latest.get(head.chain)?.number ?? 0) < head.number) latest.set(head.chain, head);
    for (const { chain, number, hash } of latest.values()) {
      const stored = await this.#hashOf(chain, number);
      if (stored === undefined && !told.has(chain))
        this.#findings.add({ kind: 'lost', chain, from: number, to: number });
      if (stored !== undefined && stored !== hash)
        this.#findings.add({ kind: 'altered', chain, from: number, to: number });
    }
  }

  /** Groups without a seal are those that the mark names, where seals began. Without any seal there is no mark yet. */
  #tellUnsealed(): void {
    if (this.#groups === this.#unsealedGroups && this.#lostUntil === undefined) return;
    const marked = new Map(this.#mark.map(({ chain, number }) => [chain, number]));
    for (const { chain, number, recordedAt } of this.#unsealed) {
      const until = marked.get(chain) ?? 0;
      if (number > until)
        this.#findings.add({
          kind: 'unsealed',
          chain,
          from: until + 1,
          to: number,
          until: recordedAt.toISOString(),
        });
    }
  }

  #tellNothingKnown(ends: readonly ChainHead[], known: ReadonlyMap<string, KnownEnd>): void {
    if (ends.length === 0) this.#findings.add({ kind: 'empty' });
    else if (known.size === 0 && this.#unsealedGroups < this.#groups)
      this.#findings.add({ kind: 'no-heads' });
  }

  #report(chains: number, lost: readonly Finding[]): AuditReport {
    const all = [...new Map(this.#findings.all.map((finding) => [nameOf(finding), finding])).values()];
    const acknowledgement = (finding: Finding) => this.#acknowledged.get(nameOf(finding));
    return {
      chains,
      groups: this.#groups,
      records: this.#records,
      unsealedGroups: this.#unsealedGroups,
      findings: all.filter((finding) => acknowledgement(finding) === undefined),
      acknowledged: all.flatMap((finding) => {
        const noted = acknowledgement(finding);
        return noted === undefined ? [] : [{ ...finding, acknowledgement: noted }];
      }),
      ...(this.#lostUntil !== undefined &&
        !this.#spared && {
          restore: {
            ...(this.#lostFrom !== undefined && { from: this.#lostFrom }),
            until: this.#lostUntil,
            groups: lost.reduce((sum, { from = 0, to = 0 }) => sum + to - from + 1, 0),
          },
        }),
    };
  }

  async #hashOf(chain: string, number: number): Promise<string | undefined> {
    const { rows } = await this.database.query<{ hash: string }>(
      'select hash from audit_group where chain = $1 and number = $2',
      [chain, number],
    );
    return rows[0]?.hash;
  }
}
