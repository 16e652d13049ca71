import type { CaseState } from '../../process/case/state.js';
import type { Notice, Todo } from '../../process/vocabulary.js';
import type { CaseView } from './case-view.js';
import { replacementsOf, type Replacements } from './replaced-notices.js';

/** What of a case is not to be rendered, because it is shown as before. */
export type Unchanged = {
  readonly notice: (notice: Notice) => boolean;
  readonly todo: (todo: Todo) => boolean;
};

/**
 * The notices and to-dos that two states of a case show alike: they are the same by identity, and all that they are rendered with is the
 * same. A case says much, and a step changes little of it. Undefined where something has changed that may show in all of them.
 */
export function unchangedParts(before: CaseView, after: CaseView): Unchanged | undefined {
  const surroundings = surroundingsOf(before);
  if (surroundings === undefined || surroundings !== surroundingsOf(after)) return undefined;
  const [was, is] = [before, after].map((of) =>
    replacementsOf(of.tables.notices, of.state, of.shared.notices),
  ) as [Replacements, Replacements];
  const same = (key: string | undefined): boolean =>
    key === undefined || before.state.notices[key] === after.state.notices[key];
  return {
    notice({ key }) {
      const [replacedBy, replaces, replaced] = [
        is.replacedBy.get(key),
        is.replaces.get(key) ?? [],
        was.replaces.get(key) ?? [],
      ];
      return (
        same(key) &&
        replacedBy === was.replacedBy.get(key) &&
        same(replacedBy) &&
        replaces.length === replaced.length &&
        replaces.every((each, index) => each === replaced[index] && same(each))
      );
    },
    todo: ({ key, about }) => before.state.todos[key] === after.state.todos[key] && same(about),
  };
}

/** All that a notice or a to-do is rendered with beside itself; undefined where the kind of case does not say what it adds to that. */
function surroundingsOf({ id, state, shared, partsKey }: CaseView): string | undefined {
  if (partsKey === undefined) return undefined;
  const {
    personId,
    publishedAt,
    unitNames,
    participants,
    formerSides,
    frozen,
    phase,
    openedBy,
    policy,
  }: CaseState = state;
  const { level, freeText, namesHospitalStaff } = shared;
  return JSON.stringify([
    id,
    [personId, publishedAt, unitNames, participants, formerSides, frozen, phase, openedBy, policy],
    [level, freeText, namesHospitalStaff],
    partsKey,
  ]);
}
