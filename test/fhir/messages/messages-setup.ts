import { expect } from '@jest/globals';
import type { Bundle, Communication, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { identifierSystems } from '../../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../../support/hub.js';
import { messageTo } from '../../support/messages.js';
import type { PolicyName } from '../../support/policies.js';
import { as, codesOf, parameters, published, staff, type Who } from '../../support/svu.js';

/** A hub whose hospitals open cases under a policy. */
export const hubUnder = (policy: PolicyName, local?: Record<string, unknown>): Promise<TestHub> =>
  startHub({
    organisation: (of) => ({
      ...of,
      providers: of.providers.map((each) => ({
        ...each,
        ...(each.policy === undefined ? {} : { policy, ...(local === undefined ? {} : { local }) }),
      })),
    }),
  });

const unitParameter = (name: string, who: Who) => ({
  name,
  valueReference: { identifier: { system: identifierSystems.hsa, value: staff[who].unit } },
});

/** Everybody who is asked whether they read something; the last never takes part. */
export const everybody = [
  'nurse',
  'otherWard',
  'healthCentre',
  'otherHealthCentre',
  'municipality',
  'homeNursing',
  'otherMunicipality',
] as const satisfies readonly Who[];

/** What is done with cases and messages of a hub, each by whoever may. */
export function inCases(hub: () => TestHub) {
  const step = async (who: Who, caseId: string, name: string, ...given: object[]): Promise<void> => {
    const answer = await (
      await as(hub(), who)
    ).post(`CarePlan/${caseId}/$${name}`, parameters(...(given as never[])));
    // 204: whoever took the step sees the case no more.
    expect([name, answer.status < 300, codesOf(answer)]).toEqual([name, true, []]);
  };
  const write = async (
    who: Who,
    caseId: string,
    ...written: Parameters<typeof messageTo> extends [string, ...infer Rest] ? Rest : never
  ): Promise<Response> => (await as(hub(), who)).post('Communication', messageTo(caseId, ...written));
  const ids = ({ body }: Response): readonly (string | undefined)[] =>
    ((body as Bundle).entry ?? []).map(({ resource }) => resource?.id);

  /** Whether somebody reads a message, the same by every door. */
  const reads = async (who: Who, caseId: string, id: string): Promise<boolean> => {
    const reader = await as(hub(), who);
    const doors = {
      read: (await reader.get(`Communication/${id}`)).status === 200,
      history: (await reader.get(`Communication/${id}/_history`)).status === 200,
      search: ids(
        await reader.get(`Communication?based-on=CarePlan/${caseId}&category=message&_count=100`),
      ).includes(id),
      count:
        (
          (await reader.get(`Communication?_id=${id}&based-on=CarePlan/${caseId}&_summary=count`))
            .body as Bundle
        ).total === 1,
    };
    const found = Object.values(doors);
    expect([who, doors]).toEqual([
      who,
      Object.fromEntries(Object.keys(doors).map((door) => [door, found[0]])),
    ]);
    return found[0] === true;
  };
  return {
    step,
    write,
    reads,
    ids,
    add: (caseId: string, who: Who, by: Who = 'nurse') =>
      step(by, caseId, 'add-participant', unitParameter('unit', who)),
    remove: (caseId: string, who: Who, by: Who = 'nurse') =>
      step(
        by,
        caseId,
        'remove-participant',
        unitParameter('unit', who),
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    published: (number: string) => published(hub(), number),
    /** A message that is taken. @returns its id */
    written: async (...of: Parameters<typeof write>): Promise<string> => {
      const answer = await write(...of);
      expect([answer.status, codesOf(answer)]).toEqual([201, []]);
      return (answer.body as Communication & { id: string }).id;
    },
    /** Who reads a message, of everybody. */
    readers: async (caseId: string, id: string): Promise<readonly Who[]> => {
      const found: Who[] = [];
      for (const who of everybody) if (await reads(who, caseId, id)) found.push(who);
      return found;
    },
    /** What somebody's unit is asked to acknowledge of messages. */
    asked: async (who: Who): Promise<readonly (Task & { id: string })[]> => {
      const owner = `owner:identifier=${identifierSystems.hsa}%7C${staff[who].unit}`;
      const { body } = await (
        await as(hub(), who)
      ).get(`Task?${owner}&status=requested&code=acknowledge-written-message&_count=100`);
      return ((body as Bundle<Task & { id: string }>).entry ?? []).flatMap(({ resource }) => resource ?? []);
    },
  };
}
