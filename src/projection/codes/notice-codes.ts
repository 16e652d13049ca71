import { own } from './own-system.js';

/** Notices. */
export const noticeCodeSystems = {
  /** Beside these, the codes are those of the kinds of case (`publishedSystems`). */
  notice: own('notice', 'Notice of the hub', {
    // Beside the kind, where the policy has a step told as a message (SVU-12, SVU-24).
    'general-message': { sv: 'Generellt meddelande', en: 'General message' },
    // Beside the kind, where it says something else than the notice that it replaces.
    changed: { sv: 'Ändring', en: 'Change' },
    // Written by a unit to others of the case (MSG-1); the hub's own notices have the code of their kind.
    message: { sv: 'Meddelande', en: 'Message' },
    // Not sent: what a unit wrote to itself of a to-do.
    'todo-note': { sv: 'Anteckning om uppgift', en: 'Note on a to-do' },
  }),
  /** VIEW-10: of the operator, to every user. */
  systemNotice: own('system-notice', 'What a notice to every user is about', {
    downtime: { sv: 'Planerat driftstopp', en: 'Planned downtime' },
    release: { sv: 'Ny version', en: 'New release' },
    information: { sv: 'Information', en: 'Information' },
  }),
} as const;
