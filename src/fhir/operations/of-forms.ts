/** A parameter of an operation on forms, or on a type. `part`: what it consists of, where it has no value of its own. */
export type FormParameter = {
  readonly name: string;
  readonly type?: 'boolean' | 'canonical' | 'code' | 'positiveInt' | 'Reference' | 'string' | 'unsignedInt';
  readonly min: 0 | 1;
  readonly max: '1' | '*';
  readonly sv: string;
  readonly en: string;
  readonly part?: readonly FormParameter[];
};

const linkId = {
  name: 'linkId',
  type: 'string',
  min: 1,
  max: '1',
  sv: 'Fältet, som frågeformuläret namnger det.',
  en: 'The field, as the Questionnaire names it.',
} as const satisfies FormParameter;

/**
 * The operations on forms, which are streams of their own under a case and so no rows of a kind of case. Read by the facade and the
 * CapabilityStatement, and published as OperationDefinitions (`npm run docs`).
 */
export const formOperations = {
  'open-form': {
    on: 'CarePlan',
    reads: false,
    rules: ['SVU-14', 'SVU-32'],
    sv: 'Öppna ett formulär i ärendet, eller det som redan är öppnat.',
    en: 'Opens a form under the case, or gives the one that is open already.',
    parameters: [
      {
        name: 'questionnaire',
        type: 'canonical',
        min: 1,
        max: '1',
        sv: 'Vilket formulär. Med version: den senaste.',
        en: 'Which kind of form: the URL of its Questionnaire; with a version: the newest.',
      },
    ],
    returns: 'QuestionnaireResponse',
    returned: 'The form; 201 where it was opened now.',
  },
  'save-answers': {
    on: 'QuestionnaireResponse',
    reads: false,
    rules: ['SVU-14'],
    sv: 'Spara det som har skrivits i ett eller flera fält.',
    en: 'Saves what was written in one field or several: all of it, or nothing.',
    parameters: [
      {
        name: 'answer',
        min: 1,
        max: '*',
        sv: 'Ett fält.',
        en: 'A field, each once.',
        part: [
          linkId,
          {
            name: 'value',
            min: 0,
            max: '1',
            sv: 'Svaret: text, eller ja eller nej. Utelämnas för att ta bort det.',
            en: 'The answer: valueString, or valueBoolean where the question is yes or no. Left out: it is taken away.',
          },
          {
            name: 'version',
            type: 'positiveInt',
            min: 1,
            max: '1',
            sv: 'Formulärets version när fältet lästes.',
            en: 'meta.versionId of the form in which the field was seen.',
          },
        ],
      },
    ],
    returns: 'QuestionnaireResponse',
    returned: 'The form as it now is.',
  },
  'answer-history': {
    on: 'QuestionnaireResponse',
    reads: true,
    rules: ['SVU-14', 'PLB-2'],
    sv: 'Visa vad som har stått i ett fält, av vem och när.',
    en: 'Shows what a field says and has said, written by whom and when.',
    parameters: [
      linkId,
      {
        name: 'before',
        type: 'positiveInt',
        min: 0,
        max: '1',
        sv: 'Bara det som är äldre än den här versionen.',
        en: 'Only what was written before this version: the last `version` of an answer that said `more`.',
      },
    ],
    returns: 'Parameters',
    returned:
      'Newest first, for each time that it was written a parameter `answer` with parts version, at, by (who, with name, title and unit) and value, which is left out where it was taken away. At most 100; `more` true where there are older ones.',
  },
  print: {
    on: 'QuestionnaireResponse',
    reads: true,
    rules: ['VIEW-7'],
    sv: 'Skriv ut formuläret.',
    en: 'Prints the form. What sides sign is printed once all have signed.',
    parameters: [],
    returns: 'Binary',
    returned: 'A PDF (PDF/A-2a, tagged, in Swedish), base64 in `data`.',
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly on: 'CarePlan' | 'QuestionnaireResponse';
      readonly reads: boolean;
      readonly rules: readonly string[];
      readonly sv: string;
      readonly en: string;
      readonly parameters: readonly FormParameter[];
      readonly returns: string;
      readonly returned: string;
    }
  >
>;

/** The operations on forms that are called on one resource of a type, and whether each reads. */
export const formOperationsOn = (type: string): ReadonlyMap<string, boolean> =>
  new Map(
    Object.entries(formOperations)
      .filter(([, { on }]) => on === type)
      .map(([name, { reads }]) => [name, reads]),
  );
