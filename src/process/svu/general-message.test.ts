import { policyNames } from '../../../test/support/policies.js';
import { districtNurse, homeNurse, needsAssessor, units } from '../../../test/support/process/cast.js';
import {
  discharge,
  freeze,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  undo,
  withdrawReady,
  type Case,
} from '../../../test/support/process/svu.js';

/** Every withdrawal: what it takes back, and what notice tells it. */
const withdrawals = [
  ['ready', 'ready-withdrawn', (of: Case) => of.after(reportReady, withdrawReady)],
  ['a discharge', 'discharge-undone', (of: Case) => of.after(discharge, undo)],
] as const;
const receivers = [units.healthCentre, units.homeNursing, units.needsAssessment];
const messages = ({ state }: Case) => openTodos(state).filter((key) => key.startsWith('acknowledge-message'));

describe.each(withdrawals)('A withdrawal of %s', (_what, kind, withdraw) => {
  it.each(policyNames)(
    'MSG-6, SVU-12, SVU-24: under %s is a general message or not, acknowledged or not',
    (policy) => {
      const withdrawn = withdraw(publishedCase(policy));
      const message = policy === 'vasterbotten';
      const notice = withdrawn.state.notices[`${kind}:1`];
      expect(notice?.content['presentedAs']).toBe(message ? 'general-message' : undefined);
      expect(messages(withdrawn)).toEqual(
        message ? receivers.map((unit) => `acknowledge-message:${unit}:${kind}:1`).toSorted() : [],
      );
    },
  );

  it('MSG-6: under vasterbotten is acknowledged by every receiver for itself, and each one anew', () => {
    const withdrawn = withdraw(publishedCase('vasterbotten'));
    const acknowledged = [districtNurse, homeNurse, needsAssessor].reduce(
      (each, by) =>
        each.after(step('complete-todo', { key: `acknowledge-message:${by.unit}:${kind}:1` }, by)),
      withdrawn,
    );
    expect(messages(acknowledged)).toEqual([]);
    expect(messages(withdraw(acknowledged))).toEqual(
      receivers.map((unit) => `acknowledge-message:${unit}:${kind}:2`).toSorted(),
    );
    withdrawn
      .when(step('complete-todo', { key: `acknowledge-message:${units.healthCentre}:${kind}:1` }, homeNurse))
      .thenRejected('todo-of-another-unit');
  });

  it('PAT-6: under vasterbotten is not to be acknowledged while the case is frozen', () => {
    expect(messages(withdraw(publishedCase('vasterbotten')).after(freeze))).toEqual([]);
  });
});

it('CON-5, MSG-6: under a refusal that hides ready, its withdrawal is not to be acknowledged', () => {
  const withdrawn = publishedCase('vasterbotten').after(reportReady, withdrawReady, refuse);
  expect(messages(withdrawn)).toEqual([]);
  expect(
    messages(publishedUnderRefusal('vasterbotten').after(discharge, step('undo-discharge', {}))),
  ).toHaveLength(3);
});
