import type { Extension, QuestionnaireItem } from 'fhir/r4.js';
import { fromProjectRoot } from '../../../src/configuration/project-root.js';
import { renderQuestionnaire } from '../../../src/projection/form/questionnaire.js';
import { readQuestionnaires } from '../../../src/questionnaires/read-questionnaires.js';
import { madeBy, quoted } from './shorthand.js';

/** `fhir-profiles/input/fsh/questionnaires.fsh`: what the forms that come with the hub ask, each version. */
export function questionnairesShorthand(): string {
  const all = readQuestionnaires(fromProjectRoot('questionnaires')).all.map(renderQuestionnaire);
  const instances = all.map((questionnaire) => {
    const { id, url = '', version = '', name = '', title = '', item = [], extension = [] } = questionnaire;
    return [
      `Instance: ${id}`,
      'InstanceOf: Questionnaire',
      'Usage: #definition',
      `Title: ${quoted(title)}`,
      `* url = ${quoted(url)}`,
      `* version = ${quoted(version)}`,
      `* name = ${quoted(name)}`,
      `* title = ${quoted(title)}`,
      '* status = #active',
      '* language = #sv',
      '* subjectType = #Patient',
      ...extensionLines('', extension),
      ...item.flatMap((each, index) => [
        ...lines(`item[${index}]`, each),
        ...(each.item ?? []).flatMap((inner, number) => lines(`item[${index}].item[${number}]`, inner)),
      ]),
      '',
    ].join('\n');
  });
  return [madeBy('questionnaires'), '', instances.join('\n')].join('\n');
}

const lines = (
  at: string,
  {
    linkId,
    text = '',
    type,
    extension = [],
    required,
    enableWhen = [],
    answerOption = [],
  }: QuestionnaireItem,
): readonly string[] => [
  `* ${at}.linkId = ${quoted(linkId)}`,
  `* ${at}.text = ${quoted(text)}`,
  `* ${at}.type = #${type}`,
  ...(required === undefined ? [] : [`* ${at}.required = ${required}`]),
  ...enableWhen.flatMap(({ question, operator, answerBoolean }, index) => [
    `* ${at}.enableWhen[${index}].question = ${quoted(question)}`,
    `* ${at}.enableWhen[${index}].operator = #${operator}`,
    `* ${at}.enableWhen[${index}].answerBoolean = ${answerBoolean}`,
  ]),
  ...answerOption.map(
    ({ valueString = '' }, index) => `* ${at}.answerOption[${index}].valueString = ${quoted(valueString)}`,
  ),
  ...extensionLines(`${at}.`, extension),
];

const extensionLines = (at: string, extension: readonly Extension[]): readonly string[] =>
  extension.flatMap(({ url, valueCoding, valueBoolean }, index) => [
    `* ${at}extension[${index}].url = ${quoted(url)}`,
    valueCoding === undefined
      ? `* ${at}extension[${index}].valueBoolean = ${valueBoolean}`
      : `* ${at}extension[${index}].valueCoding = ${valueCoding.system}#${valueCoding.code} ${quoted(valueCoding.display ?? '')}`,
  ]);
