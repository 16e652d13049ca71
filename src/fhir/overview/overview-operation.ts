import type { ReadingOperation } from '../operations/reading-operation.js';
import { notForCaller } from '../operations/reading-operation.js';
import { findOverview } from './find-overview.js';
import { overviewOf } from './overview.js';

/** The steps of a case for the unit and role of the caller. */
export const overviewOperation: ReadingOperation = {
  rules: ['VIEW-2', 'VIEW-3', 'VIEW-12'],
  sv: 'Visa ärendets steg för den egna enheten och rollen: färg, sedan när, vad som ska göras, vem som väntas på och vem som har kvitterat.',
  en: 'Shows the steps of the case for the own unit and role: colour, since when, what is to be done, who is waited for, and who acknowledged.',
  returns: 'Parameters',
  returned:
    'For each step a parameter `step` with parts step, state, colour (red: my role must act; yellow: others must; green: done; grey: not begun), since, todo (each to-do of the own unit that the role may do), waitsFor (each other open one) and done (who did what, and when). A parameter `track` with the track of the case, where its planning basis gives one: colour, because, follows, homeBy (PLB-3, PLB-4). A parameter `todo` for each to-do of the own unit that belongs to no step.',
  async read({ database, kinds: { todos }, access, caseId }) {
    const found = await findOverview(database, access, caseId);
    if (found === undefined) return undefined;
    const { personId } = found;
    if (!found.seen) return notForCaller(personId);
    const { units, actor } = access;
    const viewer = { units, ...(actor === undefined ? {} : { responsibilities: actor.responsibilities }) };
    const stepOf = (kind: string) => (Object.hasOwn(todos, kind) ? todos[kind]?.step : undefined);
    return { personId, answer: overviewOf(found.plan, found.tasks, viewer, stepOf) };
  },
};
