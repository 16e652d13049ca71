import { kindOfNotice } from '../../process/notice/kind-of-notice.js';
import type { KindOfNotice, NoticeKinds } from '../../process/notice/kind-of-notice.js';
import { isOfHospital } from '../../process/case/questions.js';
import type { CaseState } from '../../process/case/state.js';
import type { Notice } from '../../process/vocabulary.js';

/** Which notices each notice replaces, and which replaced it, by key. */
export type Replacements = {
  readonly replaces: ReadonlyMap<string, readonly string[]>;
  readonly replacedBy: ReadonlyMap<string, string>;
};

/**
 * What of the notices that may be shown no longer holds (VIEW-12). A notice replaces those before it that it says again, or says
 * otherwise, to everybody they were for and who still takes part; one to a unit that joined late replaces nothing for the others.
 */
export function replacementsOf(
  kinds: NoticeKinds,
  state: CaseState,
  notices: Readonly<Record<string, Notice>>,
): Replacements {
  const replaces = new Map<string, readonly string[]>();
  const replacedBy = new Map<string, string>();
  const standing = new Map<string, readonly Notice[]>();
  for (const notice of Object.values(notices).toSorted(inOrder)) {
    // Who says it again knows of it.
    const sender = notice.sentBy.kind === 'user' ? [notice.sentBy.unit] : [];
    const reached = new Set([...notice.recipients, ...sender]);
    const isReplaced = ({ recipients }: Notice): boolean =>
      recipients
        .filter((unit) => state.participants[unit] !== undefined && !isOfHospital(state, unit))
        .every((unit) => reached.has(unit));
    const replaced: string[] = [];
    const { corrects = {}, repeats = {}, ...row } = kindOfNotice(kinds, notice);
    const fields = [...Object.keys(corrects), ...Object.keys(repeats)];
    for (const kind of [...(row.replaces ?? []), ...fields, ...replacedWhere(row, notice)]) {
      const before = standing.get(kind) ?? [];
      const isSame = ({ content }: Notice): boolean =>
        repeats[kind]?.every((field) => content[field] === (notice.content[field] ?? content[field])) ?? true;
      const isOther = ({ content }: Notice): boolean =>
        corrects[kind]?.some((field) => content[field] !== notice.content[field]) ?? true;
      const gone = before.filter((each) => isReplaced(each) && isOther(each) && isSame(each));
      if (gone.length === 0) continue;
      standing.set(
        kind,
        before.filter((each) => !gone.includes(each)),
      );
      replaced.push(...gone.map(({ key }) => key));
    }
    if (replaced.length > 0) replaces.set(notice.key, replaced);
    for (const key of replaced) replacedBy.set(key, notice.key);
    standing.set(notice.kind, [...(standing.get(notice.kind) ?? []), notice]);
  }
  return { replaces, replacedBy };
}

/** The kinds that the notice replaces because of what it says. */
const replacedWhere = ({ replacesWhere = {} }: KindOfNotice, { content }: Notice): readonly string[] =>
  Object.entries(replacesWhere)
    .filter(([, says]) => Object.entries(says).every(([field, value]) => content[field] === value))
    .map(([kind]) => kind);

const numberOf = ({ key }: Notice): number => Number(key.split(':').at(-1));
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const inOrder = (one: Notice, other: Notice): number =>
  compare(one.sentAt, other.sentAt) || compare(one.kind, other.kind) || numberOf(one) - numberOf(other);
