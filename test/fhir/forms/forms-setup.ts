import { expect } from '@jest/globals';
import type { Bundle, Parameters, ParametersParameter, QuestionnaireResponse } from 'fhir/r4.js';
import type { Response } from 'supertest';
import type { TestHub } from '../../support/hub.js';
import { as, codesOf, parameters, type Who } from '../../support/svu.js';

export const formUrl = (name: string): string => `https://hemgang.example/fhir/Questionnaire/${name}`;
export const assessmentUrl = formUrl('assessment');
export type Form = QuestionnaireResponse & { readonly id: string };

/** One field, as a client saves it. */
export const field = (
  linkId: string,
  value: string | boolean | undefined,
  seen: number,
): ParametersParameter => ({
  name: 'answer',
  part: [
    { name: 'linkId', valueString: linkId },
    { name: 'version', valuePositiveInt: seen },
    ...(value === undefined
      ? []
      : [
          typeof value === 'string'
            ? { name: 'value', valueString: value }
            : { name: 'value', valueBoolean: value },
        ]),
  ],
});

/** The version of a form that somebody has read. */
export const versionOf = ({ meta }: QuestionnaireResponse): number => Number(meta?.versionId);

/** What a form says, by field. */
export const answersOf = ({ item = [] }: QuestionnaireResponse): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    item
      .flatMap(({ item: inner = [] }) => inner)
      .filter(({ answer }) => answer !== undefined)
      .map(({ linkId, answer }) => [linkId, answer?.[0]?.valueString ?? answer?.[0]?.valueBoolean]),
  );

/** What is done with forms of a hub, each by whoever may. */
export function withForms(hub: () => TestHub) {
  const open = async (who: Who, caseId: string, questionnaire = assessmentUrl): Promise<Response> =>
    (await as(hub(), who)).post(
      `CarePlan/${caseId}/$open-form`,
      parameters({ name: 'questionnaire', valueCanonical: questionnaire }),
    );
  const save = async (
    who: Who,
    id: string,
    fields: readonly ParametersParameter[],
    key?: string,
  ): Promise<Response> =>
    (await as(hub(), who)).post(
      `QuestionnaireResponse/${id}/$save-answers`,
      parameters(...fields),
      key === undefined ? {} : { key },
    );
  const history = async (who: Who, id: string, linkId: string, more = ''): Promise<Response> =>
    (await as(hub(), who)).get(`QuestionnaireResponse/${id}/$answer-history?linkId=${linkId}${more}`);
  return {
    open,
    save,
    history,
    opened: async (who: Who, caseId: string, questionnaire?: string): Promise<Form> => {
      const answer = await open(who, caseId, questionnaire);
      expect([answer.status < 300, codesOf(answer)]).toEqual([true, []]);
      return answer.body as Form;
    },
    saved: async (...of: Parameters_<typeof save>): Promise<Form> => {
      const answer = await save(...of);
      expect([answer.status, codesOf(answer)]).toEqual([200, []]);
      return answer.body as Form;
    },
    /** What a field says and has said, newest first: each by its version, its value, and who wrote it. */
    said: async (...of: Parameters_<typeof history>): Promise<readonly (readonly unknown[])[]> => {
      const answer = await history(...of);
      expect(answer.status).toBe(200);
      return ((answer.body as Parameters).parameter ?? [])
        .filter(({ name }) => name === 'answer')
        .map(({ part = [] }) => {
          const named = (name: string) => part.find((each) => each.name === name);
          return [
            named('version')?.valuePositiveInt,
            named('value')?.valueString ?? named('value')?.valueBoolean,
            named('by')?.valueReference?.display,
          ];
        });
    },
    /** Whether somebody reads a form, the same by every door. */
    reads: async (who: Who, caseId: string, id: string): Promise<boolean> => {
      const reader = await as(hub(), who);
      const found = (answer: Response) =>
        ((answer.body as Bundle).entry ?? []).some(({ resource }) => resource?.id === id);
      const search = `QuestionnaireResponse?based-on=CarePlan/${caseId}&questionnaire=${assessmentUrl}&status=in-progress`;
      const doors = {
        read: (await reader.get(`QuestionnaireResponse/${id}`)).status === 200,
        history: (await reader.get(`QuestionnaireResponse/${id}/_history`)).status === 200,
        answers: (await history(who, id, 'mobility-current')).status === 200,
        search: found(await reader.get(search)),
        save: (await save(who, id, [field('none', 'x', 1)])).status !== 404,
      };
      const [first] = Object.values(doors);
      expect([who, doors]).toEqual([
        who,
        Object.fromEntries(Object.keys(doors).map((door) => [door, first])),
      ]);
      return first === true;
    },
  };
}

type Parameters_<Of extends (...all: never[]) => unknown> = Of extends (...all: infer All) => unknown
  ? All
  : never;
