import type { Questionnaire as FhirQuestionnaire, QuestionnaireItem } from 'fhir/r4.js';
import type { Question, Questionnaire } from '../../process/form/questionnaire.js';
import { codeSystems, coding, extensions } from '../codes/codes.js';

/** One version of the questions of a kind of form, as FHIR has it. @see https://hl7.org/fhir/R4/questionnaire.html */
export function renderQuestionnaire({
  name,
  url,
  version,
  title,
  sections,
}: Questionnaire): FhirQuestionnaire & { readonly id: string } {
  return {
    resourceType: 'Questionnaire',
    id: `${name}-${version}`,
    language: 'sv',
    url,
    version: String(version),
    name: name.replaceAll(/(?:^|-)([a-z0-9])/gu, (_all, first: string) => first.toUpperCase()),
    title,
    status: 'active',
    subjectType: ['Patient'],
    item: sections.map(({ linkId, text, questions }) => ({
      linkId,
      text,
      type: 'group',
      item: questions.map(item),
    })),
  };
}

const item = ({ linkId, text, answer, writtenBy = [] }: Question): QuestionnaireItem => ({
  ...(writtenBy.length === 0
    ? {}
    : {
        extension: writtenBy.map((side) => ({
          url: extensions.writtenBy,
          valueCoding: coding(codeSystems.side, side),
        })),
      }),
  linkId,
  text,
  type: answer === 'text' ? 'text' : 'boolean',
});
