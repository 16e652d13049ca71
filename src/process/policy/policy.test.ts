import { currentDecision } from '../svu/questions.js';
import { assessHarm, assessmentId, harmAssessment, opened, step } from '../../../test/support/process/svu.js';
import { policyNames, policyOf, policyVersion } from './policy.js';
import type { PolicyName } from './policy.js';

describe('Policies', () => {
  it.each(policyNames)('%s is found under the version that new cases get', (name) => {
    expect(policyOf({ name, version: policyVersion(name) })?.name).toBe(name);
    expect(policyOf({ name, version: 0 })).toBeUndefined();
  });

  it.each(policyNames)('%s is data and nothing else', (name) => {
    for (let version = 1; version <= policyVersion(name); version += 1) {
      const policy = policyOf({ name, version });
      expect(JSON.parse(JSON.stringify(policy))).toEqual(policy);
      expect(policy).toMatchObject({ name, version });
    }
  });

  it('a case keeps the policy it was opened under', () => {
    expect(opened('norrbotten').state.policy).toEqual({
      name: 'norrbotten',
      version: policyVersion('norrbotten'),
    });
  });

  const answers = [
    {},
    { mayHarm: false },
    { mayHarm: false, necessary: true },
    { mayHarm: true, necessary: true },
    { mayHarm: false, necessary: false },
    { mayHarm: true },
    { necessary: false },
  ];
  const verdicts: Readonly<Record<PolicyName, readonly (string | undefined)[]>> = {
    // Unasked, but answered: nobody shares what may harm.
    skane: [
      undefined,
      undefined,
      undefined,
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
    ],
    norrbotten: [
      'harm-questions-unanswered',
      'harm-questions-unanswered',
      undefined,
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-questions-unanswered',
    ],
    vasterbotten: [
      'harm-questions-unanswered',
      undefined,
      undefined,
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-assessment-not-passed',
      'harm-questions-unanswered',
    ],
  };
  const { mayHarm: _harm, necessary: _necessary, ...unanswered } = harmAssessment;

  it.each(
    policyNames.flatMap((name) =>
      answers.map((answer, index) => [name, answer, verdicts[name][index]] as const),
    ),
  )('CON-4: under %s a harm assessment that answers %j is refused with: %s', (name, answer, code) => {
    const command = step('register-decision', { decisionId: assessmentId, ...unanswered, ...answer });
    expect(opened(name).state).toBeDefined();
    const decision = opened(name).when(command);
    if (code === undefined) decision.thenEvents({ type: 'DecisionRegistered', data: answer });
    else decision.thenRejected(code as 'harm-questions-unanswered');
  });

  it('CON-4: the answers are kept', () => {
    expect(currentDecision(opened('norrbotten').after(assessHarm).state)?.data).toMatchObject({
      mayHarm: false,
      necessary: true,
    });
  });
});
