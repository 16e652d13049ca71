import type { RuleId } from '../rules/rules.js';

/** What is true of every notice of a kind. What is left out is no. Who gets a notice, and who sent it, its subject says when it is sent. */
export type KindOfNotice = {
  /** The rules that it stands for. */
  readonly rules: readonly [RuleId, ...RuleId[]];
  /**
   * CON-5: which fields of its content stay under a refusal, by the words by which a policy lists what may be shared. Left out: none beside those that
   * every notice keeps.
   */
  readonly minimum?: Readonly<Record<string, readonly string[]>>;
  /**
   * CON-5: that it was sent is told under a refusal too, though nothing of its content is. A kind with neither this nor a `minimum` is shown to nobody
   * there, for its name alone says what only the full case may: that there is a coordinated care plan, say.
   */
  readonly toldUnderRefusal?: true;
  /** It tells that the patient is or was ready: not shown where a refusal hides that (CON-5, SVU-33). */
  readonly aboutReady?: true;
  /** What it says again or takes back: notices of these kinds no longer hold after it (VIEW-12). */
  readonly replaces?: readonly string[];
  /** Notices of other kinds that no longer hold after it where one of these fields of theirs says something else than its own (VIEW-12). */
  readonly corrects?: Readonly<Record<string, readonly string[]>>;
  /** Notices of these kinds no longer hold after it where these fields of theirs say the same as its own; a field that it does not say is any (VIEW-12). */
  readonly repeats?: Readonly<Record<string, readonly string[]>>;
  /** Notices of other kinds that no longer hold after it where its own content says this (VIEW-12). */
  readonly replacesWhere?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** It reaches a unit that has left the case too, and names no person (ACC-7, SVU-42). */
  readonly reachesWhoLeft?: true;
  /** CON-5: sent while the case was a draft, it is shown to the side that opened the case alone where only a minimum is shared. */
  readonly hiddenOfDraft?: true;
  /** It is the last that is told of a case, and outlives it (VIEW-11). */
  readonly endsCase?: true;
  /** It names no person, for who reads it may not see the content (CON-8). */
  readonly namesNobody?: true;
  /** What it is called, in its title and in the code system `notice`. */
  readonly sv: string;
  readonly en: string;
  /** Its first sentence in Swedish, where it needs more than its name. */
  readonly lead?: string;
  /** What the fields are called that it alone has, in the order in which they read; those of several kinds stand with how the kind of case words its notices. */
  readonly fields?: Readonly<Record<string, FieldOfNotice>>;
};

/** A field of a notice in Swedish, and how its value reads, or what each of its codes reads as. Left out: as it is. */
type FieldOfNotice = {
  readonly label: string;
  readonly as?: 'moment' | 'yes-or-no' | 'unit';
  readonly words?: Readonly<Record<string, string>>;
  /** Somebody wrote it freely: not shown where only the minimum may be (CON-5). */
  readonly free?: true;
};

/** Rows of kinds of notice, by their code. */
export type NoticeKinds = Readonly<Record<string, KindOfNotice>>;

/**
 * What is true of the notice by its kind.
 * @param kinds the rows of the kind of case that sent it
 * @throws Error where they lack it: another program sent the notice
 */
export function kindOfNotice(kinds: NoticeKinds, { kind }: { readonly kind: string }): KindOfNotice {
  const row = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (row === undefined) throw new Error(`There is no kind of notice ${kind}`);
  return row;
}

/** Ties a table to its keys, so that the kinds are exact. */
export function noticeRows<Kind extends string>(
  kinds: Record<Kind, KindOfNotice>,
): Readonly<Record<Kind, KindOfNotice>> {
  return kinds;
}
