import { districtNurse, homeNurse, nurse } from '../../../test/support/process/cast.js';
import {
  assessHarm,
  changeDate,
  consent,
  discharge,
  giveConsent,
  harmAssessment,
  inform,
  now,
  opening,
  publish,
  refuse,
  reportReady,
  step,
  undo,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import { sharedContent } from '../svu/shared-content.js';
import type { SvuCommand } from '../svu/commands.js';
import type { SvuState } from '../svu/state.js';
import { svu } from '../svu/svu.js';
import { daysAfter, hoursAfter } from '../time.js';
import { policyNames, policyOf, policyVersion } from './policy.js';
import type { Policy, PolicyName } from './policy.js';

/** What a setting could be instead. Every setting of the type has one, so a new setting asks for its own. */
const instead: {
  readonly [Setting in Exclude<keyof Policy, 'name' | 'version'>]: (of: Policy[Setting]) => Policy[Setting];
} = {
  minimumUnderRefusal: (of) => (of.length > 0 ? [] : ['ward']),
  secrecyBreakingRule: (of) => !of,
  harmQuestions: (of) => (of.length > 0 ? [] : ['mayHarm']),
  readyDate: ({ daysAhead }) => (daysAhead === 0 ? {} : { daysAhead: 0 }),
  withdrawnReady: (of) => (of === 'acknowledge-again' ? 'message-and-admission-notice' : 'acknowledge-again'),
  changedPlannedDischarge: (of) => (of === 'acknowledge-again' ? 'admission-notice' : 'acknowledge-again'),
  messagesAcknowledged: (of) => !of,
  undoneDischarge: (of) => (of === 'step' ? 'message' : 'step'),
  listedAfterDischargeHours: (of) => of + 24,
  readyUnderRefusal: (of) => !of,
};
type Setting = keyof typeof instead;
const settings = Object.keys(instead) as Setting[];

const rule = step('register-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a4',
  kind: 'secrecy-breaking-rule',
  law: 'LPT',
});
const { mayHarm: _mayHarm, necessary: _necessary, ...unanswered } = harmAssessment;
const later = step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a5', ...consent });

/** Courses that between them come to every place where regions differ. */
const courses: readonly (readonly SvuCommand[])[] = [
  [inform, giveConsent, publish, changeDate, reportReady, withdrawReady, discharge, undo],
  [
    inform,
    giveConsent,
    publish,
    step('report-ready', { ...reportReady.data, date: daysAfter('2026-03-02', 5) } as never),
  ],
  [inform, refuse, publish, reportReady, discharge, undo, later, publish, reportReady],
  [inform, rule, publish],
  [inform, assessHarm, publish],
  [
    inform,
    step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a3', ...unanswered }),
    publish,
  ],
  [inform, giveConsent, publish, discharge, step('undo-discharge', {}, nurse, hoursAfter(now, 80))],
  [inform, giveConsent, publish, reportReady, refuse, step('complete-todo', { key: 'x' }, districtNurse)],
  [inform, giveConsent, publish, step('complete-todo', { key: 'x' }, homeNurse)],
];

/** All that comes of the courses under a policy: each answer, each state and what it shares. */
function outcomes(policy: { readonly name: PolicyName; readonly version: number }): string {
  const seen: unknown[] = [];
  for (const course of courses) {
    let state: SvuState | undefined;
    for (const command of [step('open', { ...opening, policy }), ...course]) {
      const { events, rejection } = svu.decide(command, state);
      for (const event of events ?? []) state = svu.evolve(state, event);
      seen.push(rejection, state, state && sharedContent(state));
    }
  }
  return JSON.stringify(seen);
}

describe('No setting without effect', () => {
  const every = policyNames.flatMap((name) =>
    Array.from({ length: policyVersion(name) }, (_, at) => ({ name, version: at + 1 })),
  );

  it('SVU-32: every policy states every setting and nothing else', () => {
    for (const reference of every) {
      const { name: _name, version: _version, ...stated } = policyOf(reference) ?? reference;
      expect(Object.keys(stated).toSorted((a, b) => a.localeCompare(b))).toEqual(
        settings.toSorted((a, b) => a.localeCompare(b)),
      );
    }
  });

  it.each(policyNames.flatMap((name) => settings.map((setting) => [name, setting] as const)))(
    'SVU-32: under %s, %s changes what happens',
    (name, setting) => {
      const reference = { name, version: policyVersion(name) };
      const policy = policyOf(reference) as Record<Setting, unknown>;
      const before = outcomes(reference);
      const was = policy[setting];
      // As another region would have it. Messages are acknowledged only where withdrawals are messages.
      const wasMessage = policy.undoneDischarge;
      try {
        if (setting === 'messagesAcknowledged') policy.undoneDischarge = 'message';
        const ground = setting === 'messagesAcknowledged' ? outcomes(reference) : before;
        policy[setting] = (instead[setting] as (of: unknown) => unknown)(was);
        expect(outcomes(reference)).not.toBe(ground);
      } finally {
        policy[setting] = was;
        policy.undoneDischarge = wasMessage;
      }
      expect(outcomes(reference)).toBe(before);
    },
  );
});
