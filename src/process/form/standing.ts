import type { Standing } from '../case/standing.js';
import type { FormState } from './form.js';
import { questionsOf } from './questionnaire.js';
import { trackOf } from './track-colour.js';

/** What a case is told of its form; undefined of one that each unit has for itself. */
export function standingOf({
  questionnaire,
  answers,
}: Pick<FormState, 'questionnaire' | 'answers'>): Standing | undefined {
  if (questionnaire.perUnit !== undefined) return undefined;
  const complete = questionsOf(questionnaire).every(({ linkId, required, requiredWhenYes }) => {
    const isRequired =
      required === true || (requiredWhenYes !== undefined && answers[requiredWhenYes]?.value === true);
    return !isRequired || answers[linkId]?.value !== undefined;
  });
  const track = trackOf(questionnaire.trackColours, answers);
  return { ...(complete ? { complete } : {}), ...(track === undefined ? {} : { track }) };
}
