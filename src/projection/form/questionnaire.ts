import type { Extension, Questionnaire as FhirQuestionnaire, QuestionnaireItem } from 'fhir/r4.js';
import type { Question, Questionnaire } from '../../process/form/questionnaire.js';
import { codeSystems, coding, extensions } from '../codes/codes.js';

/** One version of the questions of a kind of form, as FHIR has it. @see https://hl7.org/fhir/R4/questionnaire.html */
export function renderQuestionnaire({
  name,
  url,
  version,
  title,
  sections,
  openers = [],
}: Questionnaire): FhirQuestionnaire & { readonly id: string } {
  return {
    resourceType: 'Questionnaire',
    id: `${name}-${version}`,
    language: 'sv',
    ...(openers.length === 0
      ? {}
      : {
          extension: openers.map((side) => ({
            url: extensions.openedBySide,
            valueCoding: coding(codeSystems.side, side),
          })),
        }),
    url,
    version: String(version),
    name: name.replaceAll(/(?:^|-)([a-z0-9])/gu, (_all, first: string) => first.toUpperCase()),
    title,
    status: 'active',
    subjectType: ['Patient'],
    item: sections.map(group),
  };
}

function group({
  linkId,
  text,
  part,
  together,
  questions,
}: Questionnaire['sections'][number]): QuestionnaireItem {
  const extension: Extension[] = [
    ...(part === undefined
      ? []
      : [{ url: extensions.partOfForm, valueCoding: coding(codeSystems.side, part) }]),
    ...(together === undefined ? [] : [{ url: extensions.together, valueBoolean: true }]),
  ];
  return {
    ...(extension.length === 0 ? {} : { extension }),
    linkId,
    text,
    type: 'group',
    item: questions.map(item),
  };
}

const item = (question: Question): QuestionnaireItem => {
  const { linkId, text, answer, options, required, requiredWhenYes } = question;
  const extension = extensionsOf(question);
  return {
    ...(extension.length === 0 ? {} : { extension: [...extension] }),
    linkId,
    text,
    type: options !== undefined ? 'choice' : answer === 'text' ? 'text' : 'boolean',
    ...(requiredWhenYes === undefined
      ? {}
      : { enableWhen: [{ question: requiredWhenYes, operator: '=', answerBoolean: true }] }),
    ...(required === undefined && requiredWhenYes === undefined ? {} : { required: true }),
    ...(options === undefined ? {} : { answerOption: options.map((valueString) => ({ valueString })) }),
  };
};

const extensionsOf = ({ writtenBy = [], agreesWithHospital }: Question): readonly Extension[] => [
  ...writtenBy.map((side) => ({ url: extensions.writtenBy, valueCoding: coding(codeSystems.side, side) })),
  ...(agreesWithHospital === undefined ? [] : [{ url: extensions.agreesWithHospital, valueBoolean: true }]),
];
