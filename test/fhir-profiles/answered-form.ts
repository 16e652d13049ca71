import type { FormState } from '../../src/process/form/form.js';
import type { Actor } from '../../src/process/vocabulary.js';
import { caseId, published } from '../projection/states.js';
import { questionnaires } from '../support/questionnaires.js';

/** The form that comes with the hub, in which somebody has written. */
export function answeredForm(by: Actor): FormState {
  const [questionnaire] = questionnaires.all;
  if (questionnaire === undefined) throw new Error('the hub comes with no forms');
  const at = published.openedAt;
  return {
    caseId,
    personId: published.personId,
    questionnaire,
    openedAt: at,
    openedBy: by,
    version: 2,
    answers: { 'mobility-current': { value: 'Går själv', at, by, version: 2 } },
    saves: {},
    todos: {},
  };
}
