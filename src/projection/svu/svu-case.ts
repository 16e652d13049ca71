import { listedUntil } from '../../process/svu/off-the-list.js';
import type { SharedContent } from '../../process/svu/content-of-svu.js';
import { mayName, sharedContent } from '../../process/svu/shared-content.js';
import type { SvuState } from '../../process/svu/state.js';
import { svuTables } from '../../process/svu/tables.js';
import { svuTodoKinds } from '../../process/svu/todo-kinds.js';
import type { Uuid } from '../../process/vocabulary.js';
import type { CaseView } from '../case/case-view.js';
import { svuNoticeWords } from './notice-words.js';
import { svuProfiles } from '../codes/canonicals.js';

/** An SVU as its views see it: what every case has, with SVU's own state and content. */
export type SvuCase = CaseView & { readonly state: SvuState; readonly shared: SharedContent };

const aboutReady: ReadonlySet<string> = new Set(
  Object.entries(svuTodoKinds).flatMap(([kind, row]) => (row.aboutReady === true ? kind : [])),
);

/** An SVU, and what it adds to what every case shows. */
export function svuCase(id: Uuid, state: SvuState): SvuCase {
  const shared = sharedContent({ ...state, frozen: false });
  const until = listedUntil(state);
  return {
    id,
    state,
    tables: svuTables,
    profiles: svuProfiles,
    shared,
    teamName: 'Deltagare i samverkan vid utskrivning',
    leads: state.ward,
    ...(shared.ward === undefined ? {} : { leader: shared.ward }),
    ...(until === undefined ? {} : { listedUntil: until }),
    ...(state.stayId === undefined ? {} : { stayId: state.stayId }),
    mayName: (unit) => mayName(state, shared, unit),
    // Acknowledgements of ready, where a refusal hides that the patient ever was.
    hidesTodo: ({ kind }) => aboutReady.has(kind) && !shared.showsReady,
    // A change of ward that names no ward is not the receivers' to know (SVU-42).
    hidesNotice: ({ kind, content }) => kind === 'ward-changed' && content['toWard'] === undefined,
    formerLeader: ({ kind, content }) => {
      if (kind !== 'ward-changed') return undefined;
      const { left } = content;
      return left === undefined || left === '' ? {} : { unit: left };
    },
    noticeWords: svuNoticeWords,
    partsKey: JSON.stringify([state.ward, shared.hospitalUnits, shared.showsReady, shared.registerData]),
  };
}
