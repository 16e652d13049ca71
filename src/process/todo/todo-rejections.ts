import { table } from '../rejections/rejection-text.js';

/** What cannot be done with a to-do. */
export const todoRejections = table({
  'todo-of-another-unit': {
    rule: 'ORG-5',
    forbidden: true,
    sv: 'Uppgiften tillhör en annan enhet. Varje enhet gör sitt eget.',
    en: 'The to-do belongs to another unit. Every unit acts for itself.',
  },
  'receiver-cannot-reject': {
    rule: 'ORG-12',
    sv: 'Mottagaren kan kvittera men inte avvisa. Lägg till rätt enhet och ta bort den egna i stället.',
    en: 'A receiver can acknowledge but not reject. Add the right unit and remove your own instead.',
  },
  'todo-change-not-allowed': {
    rule: 'ORG-12',
    sv: 'Detta i uppgiften kan inte ändras. Det som kan ändras är hur långt ni har kommit, varför, svaren och era anteckningar.',
    en: 'The {element} of the to-do cannot be changed.',
  },
  'todo-status-not-allowed': {
    rule: 'ORG-12',
    sv: 'Uppgiften är {from}. Nästa steg kan vara: {allowed}.',
    en: 'The to-do is {from}. From there is taken: {allowed}.',
  },
  'todo-output-not-asked': {
    rule: 'ORG-12',
    sv: 'Uppgiften har ingen fråga som svaret hör till.',
    en: 'The to-do does not ask for {output}.',
  },
  'todo-output-type': {
    rule: 'ORG-12',
    sv: 'Svaret ska vara {expected}.',
    en: 'The answer {output} must be of type {expected}.',
  },
  'todo-notes-full': {
    rule: 'ORG-12',
    sv: 'Uppgiften kan ha högst {most} anteckningar. Skriv det som är viktigt i journalen.',
    en: 'A to-do has at most {most} notes. Write what matters in the record.',
  },
  'todo-carries-no-content': {
    rule: 'PAT-6',
    sv: 'Här får inget skrivas om personen. Ange bara hur långt ni har kommit.',
    en: 'The to-do carries nothing about the person. Only its status can be changed.',
  },
  'todo-takes-no-notes': {
    rule: 'ORG-12',
    sv: 'Uppgiften tar inga anteckningar. Skriv ett svar på meddelandet i stället.',
    en: 'The to-do takes no notes. Write an answer to the message instead.',
  },
  'todo-ends-by-its-step': {
    rule: 'ORG-12',
    sv: 'Uppgiften blir klar när steget är gjort. Den kan inte kvitteras.',
    en: 'The to-do ends when its step is done, not by acknowledging it.',
  },
  'todo-ended': {
    rule: 'ORG-12',
    sv: 'Uppgiften gäller inte längre.',
    en: 'The to-do no longer stands.',
  },
  'no-such-todo': {
    rule: 'ACC-1',
    hidden: true,
    sv: 'Uppgiften finns inte eller är inte tillgänglig för enheten.',
    en: 'There is no such to-do, or the unit cannot reach it.',
  },
});
