import { reject } from '../rejections/rejection.js';
import type { Rejected } from '../rejections/rejection.js';
import type { AnswerValue, FieldAsWritten, FormEvent, FormState } from './form.js';
import { partsOfForm, questionsOf } from './questionnaire.js';
import type { PartOfForm, Question, Questionnaire } from './questionnaire.js';

type Answers = Readonly<Record<string, { readonly value?: AnswerValue }>>;

/** What a form with parts says now, as far as signing asks it (SVU-16 to SVU-20). */
export type FormReading = {
  /** The version of the form that says so. */
  readonly version: number;
  /** By part: what the first question is called that lacks its answer. A part that is left out is complete. */
  readonly missing: Readonly<Partial<Record<PartOfForm, string>>>;
  /** The parts in which something stands. */
  readonly written: readonly PartOfForm[];
  /** A part says no to what the hospital proposes. */
  readonly disagrees: boolean;
};

/** The part of a form in which a question stands; undefined: in none, so that any unit may write. */
export const partOf = ({ sections }: Questionnaire, linkId: string): PartOfForm | undefined =>
  sections.find(({ questions }) => questions.some((each) => each.linkId === linkId))?.part;

/** The questions of a part, in their order. */
const questionsOfPart = ({ sections }: Questionnaire, part: PartOfForm): readonly Question[] =>
  questionsOf({ sections: sections.filter((each) => each.part === part) });

/** What signing asks of a form, as it stands. */
export function readingOf({
  version,
  questionnaire,
  answers,
}: Pick<FormState, 'version' | 'questionnaire' | 'answers'>): FormReading {
  const missing = partsOfForm.flatMap((part) => {
    const questions = questionsOfPart(questionnaire, part);
    // A form that lacks the part cannot be complete.
    if (questions.length === 0) return [[part, questionnaire.title] as const];
    const lacking = questions.find((each) => lacksAnswer(each, answers));
    return lacking === undefined ? [] : [[part, lacking.text] as const];
  });
  return {
    version,
    missing: Object.fromEntries(missing),
    written: partsOfForm.filter((part) =>
      questionsOfPart(questionnaire, part).some(({ linkId }) => answers[linkId]?.value !== undefined),
    ),
    disagrees: questionsOf(questionnaire).some(
      ({ agreesWithHospital, linkId }) => agreesWithHospital === true && answers[linkId]?.value === false,
    ),
  };
}

/** No is an answer; nothing is none (SVU-15). */
export function lacksAnswer({ linkId, required, requiredWhenYes }: Question, answers: Answers): boolean {
  if (answers[linkId]?.value !== undefined) return false;
  return required === true || (requiredWhenYes !== undefined && answers[requiredWhenYes]?.value === true);
}

/** SVU-39: what belongs together is answered together, so that no giver stands without a receiver. */
export function partedBy(
  changed: readonly Pick<FieldAsWritten, 'linkId' | 'value'>[],
  { questionnaire, answers }: Pick<FormState, 'questionnaire' | 'answers'>,
): Rejected | undefined {
  const after: Answers = { ...answers, ...Object.fromEntries(changed.map((each) => [each.linkId, each])) };
  for (const { together, questions } of questionnaire.sections) {
    if (together === undefined || !changed.some(({ linkId }) => isAmong(questions, linkId))) continue;
    const lacking = questions.find(({ linkId }) => after[linkId]?.value === undefined);
    if (lacking === undefined || questions.every(({ linkId }) => after[linkId]?.value === undefined))
      continue;
    const { linkId } = changed.find((each) => isAmong(questions, each.linkId)) ?? lacking;
    return reject('answers-belong-together', {
      field: linkId,
      values: { questions: questions.map(({ text }) => text).join(', ') },
    });
  }
  return undefined;
}

const isAmong = (questions: readonly Question[], linkId: string): boolean =>
  questions.some((each) => each.linkId === linkId);

/** SVU-17: whether a no to what the hospital proposes was said with this; one that stands from before hands nothing back again. */
export function saysNo({ questionnaire }: FormState, events: readonly FormEvent[]): boolean {
  const agreeing = new Set(
    questionsOf(questionnaire).flatMap((each) => (each.agreesWithHospital === true ? each.linkId : [])),
  );
  const written = events.flatMap(({ type, data }) => (type === 'AnswersSaved' ? data.fields : []));
  return written.some(({ linkId, value }) => value === false && agreeing.has(linkId));
}
