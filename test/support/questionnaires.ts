import { readQuestionnaires } from '../../src/questionnaires/read-questionnaires.js';

/** What the forms that come with the hub ask, as the hub reads it. */
export const questionnaires = readQuestionnaires('questionnaires');
