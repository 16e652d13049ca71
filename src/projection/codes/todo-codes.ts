import { own } from './own-system.js';

/** To-dos, and how far things came. */
export const todoCodeSystems = {
  /** The codes are those of the kinds of case (`publishedSystems`). */
  todo: own<string>('todo', 'To-do of a unit', {}),
  /** What the kinds of to-do carry, and what they ask: both of `publishedSystems` too. */
  todoInput: own<string>('todo-input', 'What a to-do carries', {}),
  todoOutput: own<string>('todo-output', 'What a to-do asks', {}),
  todoStatusReason: own('todo-status-reason', 'Why a to-do stands where it stands', {
    'awaits-information': { sv: 'Väntar på uppgifter', en: 'Awaits information' },
    'awaits-another-unit': { sv: 'Väntar på en annan enhet', en: 'Awaits another unit' },
    'awaits-assessment': { sv: 'Väntar på bedömning', en: 'Awaits an assessment' },
    'done-by-telephone': { sv: 'Gjort per telefon', en: 'Done by telephone' },
    'patient-gone': {
      sv: 'Patienten är inte kvar på avdelningen',
      en: 'The patient is not at the ward any more',
    },
    'planning-ended': {
      sv: 'Det finns inte längre något att komma överens om',
      en: 'There is nothing left to agree on',
    },
    'identity-known': {
      sv: 'Patienten finns nu i tjänsten',
      en: 'The patient is in the service now',
    },
  }),
  delivery: own('delivery', 'How far a thing came', {
    delivered: { sv: 'Levererat', en: 'Delivered' },
    shown: { sv: 'Visat', en: 'Shown' },
    acknowledged: { sv: 'Kvitterat', en: 'Acknowledged' },
  }),
  todoDeadline: own('todo-deadline', 'How an open to-do stands to its deadline', {
    due: { sv: 'Tiden är snart ute', en: 'Due soon' },
    overdue: { sv: 'Försenad', en: 'Overdue' },
  }),
} as const;
