import { currentDecision } from '../case/questions.js';
import { assessHarm, assessmentId, harmAssessment, opened, step } from '../../../test/support/process/svu.js';
import { readFileSync } from 'node:fs';
import { newest, policies, policyNames, type PolicyName } from '../../../test/support/policies.js';
import { policyOfCase } from '../case/questions.js';
import { svu } from '../svu/svu.js';
import { firstVersions } from './first-versions.js';
import { settingsOf } from './settings-of.js';

describe('Policies', () => {
  it.each(policyNames)('%s is data and nothing else', (name) => {
    expect(JSON.parse(JSON.stringify(newest(name)))).toEqual(newest(name));
  });

  it.each(policyNames)('SVU-32: a case keeps the settings of %s as they were when it was opened', (name) => {
    const { state } = opened(name);
    expect(state.policy).toEqual(newest(name));
    expect(policyOfCase(state)).toEqual(newest(name).settings);
  });

  it('SVU-32: a case of before, that names a version alone, has the settings that this version had', () => {
    const written = readFileSync(
      new URL('../../../test/golden/events/svu/CaseOpened.v1.json', import.meta.url),
      'utf8',
    );
    const state = svu.evolve(undefined, JSON.parse(written) as never);
    expect(state.policy).toEqual({ name: 'skane', version: 1 });
    expect(policyOfCase(state)).toEqual(settingsOf({ name: 'skane', version: 1 }));
    for (const { name, version, settings } of firstVersions) {
      expect(policyOfCase({ ...state, policy: { name, version } })).toEqual(
        settingsOf({ name, version, settings }),
      );
      // The files have them too, as they were.
      const file = policies.all.find((each) => each.name === name);
      expect(file?.versions[version - 1]?.settings).toEqual(settings);
    }
  });

  it('SVU-32: what a case does not state counts as the strictest', () => {
    const strictest = settingsOf({ name: 'skane', version: 99 });
    expect(strictest).toMatchObject({ minimumUnderRefusal: [], secrecyBreakingRule: false });
    const { secrecyBreakingRule: _rule, ...older } = newest('norrbotten').settings;
    expect(settingsOf({ name: 'norrbotten', version: 2, settings: older })).toEqual({
      ...older,
      secrecyBreakingRule: false,
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
    else decision.thenRejected(code);
  });

  it('CON-4: the answers are kept', () => {
    expect(currentDecision(opened('norrbotten').after(assessHarm).state)?.data).toMatchObject({
      mayHarm: false,
      necessary: true,
    });
  });
});
