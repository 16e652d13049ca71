import type { Standing } from '../case/standing.js';
import type { FormState } from './form.js';
import { questionsOf } from './questionnaire.js';
import { trackOf } from './track-colour.js';

/** What a case is told of its form. Of one that is signed part by part it is told nothing here (src/process/form/parts.ts). */
export function standingOf({
  questionnaire,
  answers,
}: Pick<FormState, 'questionnaire' | 'answers'>): Standing {
  if (questionnaire.sections.some(({ part }) => part !== undefined)) return {};
  const asked = questionsOf(questionnaire).filter(
    ({ required, requiredWhenYes }) =>
      required === true || (requiredWhenYes !== undefined && answers[requiredWhenYes]?.value === true),
  );
  const complete = asked.length > 0 && asked.every(({ linkId }) => answers[linkId]?.value !== undefined);
  const track = trackOf(questionnaire.trackColours, answers);
  return { ...(complete ? { complete } : {}), ...(track === undefined ? {} : { track }) };
}
