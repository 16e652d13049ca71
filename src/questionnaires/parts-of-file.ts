import { partsOfForm, questionsOf } from '../process/form/questionnaire.js';
import type { Question, Questionnaire } from '../process/form/questionnaire.js';

export type Fault = (path: readonly PropertyKey[], message: string) => void;

/**
 * What a form that is signed asks of its questions: every heading is a side's or none is, each side has its part, what an answer depends on
 * is answered yes or no, and what staff choose among is a text.
 */
export function checkParts(
  { sections }: Pick<Questionnaire, 'sections'>,
  place: readonly PropertyKey[],
  fault: Fault,
): void {
  const parts = new Set(sections.flatMap(({ part }) => part ?? []));
  const yesOrNo = new Set(
    questionsOf({ sections }).flatMap(({ linkId, answer }) => (answer === 'yes-or-no' ? [linkId] : [])),
  );
  if (parts.size > 0 && parts.size < partsOfForm.length)
    fault([...place, 'sections'], `must have a part of each side: ${partsOfForm.join(', ')}`);
  sections.forEach(({ part, questions }, index) => {
    const at = [...place, 'sections', index];
    if (parts.size > 0 && part === undefined)
      fault([...at, 'part'], 'must be there: other headings have one');
    questions.forEach((question, number) => {
      const of = [...at, 'questions', number];
      for (const [field, message] of faultsOf(question, yesOrNo)) fault([...of, field], message);
      if (question.agreesWithHospital === true && (part === undefined || part === 'hospital'))
        fault([...of, 'agreesWithHospital'], 'must stand in the part of another side than the hospital');
    });
  });
}

function faultsOf(
  { answer, options, requiredWhenYes, agreesWithHospital }: Question,
  yesOrNo: ReadonlySet<string>,
): readonly (readonly [string, string])[] {
  const faults: (readonly [string, string])[] = [];
  if (options !== undefined && answer !== 'text') faults.push(['options', 'must be of a text']);
  if (options !== undefined && new Set(options).size < options.length)
    faults.push(['options', 'must have each once']);
  if (requiredWhenYes !== undefined && !yesOrNo.has(requiredWhenYes))
    faults.push(['requiredWhenYes', 'must name a question that is answered yes or no']);
  if (agreesWithHospital === true && answer !== 'yes-or-no')
    faults.push(['agreesWithHospital', 'must be of a question that is answered yes or no']);
  return faults;
}
