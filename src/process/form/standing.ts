import type { Standing } from '../case/standing.js';
import type { Side } from '../vocabulary.js';
import type { FormState } from './form.js';
import { lacksAnswer } from './parts.js';
import { questionsOf } from './questionnaire.js';
import type { Question } from './questionnaire.js';
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
  const isAnswered = (questions: readonly Question[]): boolean =>
    questions.length > 0 && !questions.some((each) => lacksAnswer(each, answers));
  const complete = isAnswered(asked);
  const completeFor = complete ? [] : sides.filter((side) => isAnswered(asked.filter(isOf(side))));
  const track = trackOf(questionnaire.trackColours, answers);
  return {
    ...(complete ? { complete } : {}),
    ...(completeFor.length === 0 ? {} : { completeFor }),
    ...(track === undefined ? {} : { track }),
  };
}

/** Who writes; whoever takes part may write what names no side. */
const sides: readonly Side[] = ['hospital', 'outpatient', 'municipality'];
const isOf =
  (side: Side) =>
  ({ writtenBy }: Question): boolean =>
    writtenBy?.includes(side) ?? true;
