import { carried } from '../todo/carried.js';
import { todoRows } from '../todo/kind-of-todo.js';

/** By what the ward knows which of its patients it is. */
const carries = { reference: carried.reference, visit: carried.visit };

/** What a ward is told outside every case. */
export const wardTodoKinds = todoRows({
  // For that ward; no personal data at all
  'agree-on-planning': {
    rules: ['SVU-42'],
    responsibility: 'write',
    carries,
    sv: 'Patienten har flyttats hit från en annan vårdgivare: kom överens med avdelningen där om vem som planerar utskrivningen',
    en: 'The patient was moved here from another organisation: agree with the ward there who plans the discharge',
  },
  // No personal data at all
  'plan-by-telephone': {
    rules: ['PAT-1', 'PAT-4', 'PAT-5'],
    responsibility: 'write',
    carries,
    sv: 'Planera per telefon enligt manuell rutin',
    en: 'Plan by telephone, by the manual routine',
  },
});

/** `plan-by-telephone`: a patient the hub may not or cannot know. `agree-on-planning`: one whom another organisation plans for (SVU-42). */
export type WardNoticeKind = keyof typeof wardTodoKinds;
