import { describe, expect, it } from '@jest/globals';
import type { Parameters, ParametersParameter } from 'fhir/r4.js';
import { extensions } from '../../src/projection/codes/codes.js';
import { carePlan, parameters } from '../support/svu.js';
import { caseId, expressions, nurse } from './decision-meaning-setup.js';

describe('other bodies', () => {
  const plans: readonly (readonly [string, object, string])[] = [
    [
      'a name beside the number',
      { subject: { ...carePlan('194711199846').subject, display: 'Berta' } },
      'CarePlan.subject.display',
    ],
    [
      'a number that was',
      { subject: { identifier: { ...carePlan('194711199846').subject.identifier, use: 'old' } } },
      'CarePlan.subject.identifier.use',
    ],
    [
      'a kind beside the kind',
      { category: [...(carePlan('194711199846').category ?? []), { text: 'SIP' }] },
      'CarePlan.category[1]',
    ],
    ['another title', { title: 'Vårdplan' }, 'CarePlan.title'],
    ['activities', { activity: [{ detail: { status: 'scheduled' } }] }, 'CarePlan.activity'],
    [
      'two assessments of need',
      {
        extension: ['2026-03-02T10:00:00Z', '2026-03-03T10:00:00Z'].map((valueDateTime) => ({
          url: extensions.needsAssessed,
          valueDateTime,
        })),
      },
      'CarePlan.extension[1]',
    ],
  ];
  it.each(plans)('CarePlan with %s: 422', async (_, changes, expression) => {
    const answer = await nurse.post('CarePlan', { ...carePlan('194711199846'), ...changes });
    expect([answer.status, expressions(answer)]).toEqual([422, [expression]]);
  });

  const named = (name: string, more: Omit<ParametersParameter, 'name'>): ParametersParameter => ({
    name,
    ...more,
  });
  it.each<readonly [string, Parameters, string]>([
    [
      'parts',
      parameters(named('reason', { valueString: 'x', part: [named('until', { valueDate: '2026-12-24' })] })),
      'Parameters.parameter[0].part',
    ],
    [
      'two values',
      parameters(named('reason', { valueString: 'x', valueBoolean: false })),
      'Parameters.parameter[0].valueBoolean',
    ],
  ])('Parameters with %s: 422', async (_, body, expression) => {
    const answer = await nurse.post(`CarePlan/${caseId}/$annul`, body);
    expect([answer.status, expressions(answer)]).toEqual([422, [expression]]);
  });

  it('SVU-21: a warning that is none is not confirmed', async () => {
    const answer = await nurse.post(
      `CarePlan/${caseId}/$discharge`,
      parameters(
        named('dischargedAt', { valueDateTime: new Date().toISOString() }),
        named('form', { valueCode: 'early-end' }),
        named('dischargedTo', { valueString: 'Ordinärt boende' }),
        named('confirmedWarning', { valueCode: 'whatever-there-is' }),
      ),
    );
    expect([answer.status, expressions(answer)]).toEqual([
      422,
      ["Parameters.parameter.where(name='confirmedWarning')"],
    ]);
  });
});
