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
import type { Questionnaire } from '../form/questionnaire.js';
import { message } from '../message/message-decider.js';
import type { OutsideMessageCommand } from '../outside-message/outside-message.js';
import { outsideMessage } from '../outside-message/outside-message-decider.js';
import { sharedContent } from '../svu/shared-content.js';
import { paymentBasis } from '../svu/payment-basis.js';
import { kindOfSvu } from '../svu/kind.js';
import type { SvuCommand } from '../svu/subjects.js';
import type { SvuState } from '../svu/state.js';
import { svu } from '../svu/svu.js';
import { daysAfter, hoursAfter } from '../time.js';
import { newest, policies, policyNames } from '../../../test/support/policies.js';
import type { SvuSettings } from '../svu/settings.js';
import type { Policy } from './policy.js';

type Setting = keyof SvuSettings;
const settings = Object.keys(policies.settings) as Setting[];

/** What a setting could be instead. Every setting of the schema has one, so a new setting asks for its own. */
const instead: { readonly [Name in Setting]: (of: SvuSettings[Name]) => SvuSettings[Name] } = {
  minimumUnderRefusal: (of) => (of.length > 0 ? [] : ['ward']),
  secrecyBreakingRule: (of) => !of,
  harmQuestions: (of) => (of.length > 0 ? [] : ['mayHarm']),
  readyDate: ({ daysAhead }) => (daysAhead === 0 ? {} : { daysAhead: 0 }),
  readyCounts: (of) => (of === 'when-sent' ? 'by-noon' : 'when-sent'),
  readyCutOff: (of) => (of === '12:00' ? '10:30' : '12:00'),
  readyAcknowledgedInTime: (of) => !of,
  paymentModel: (of) => (of === 'statutory' ? 'average' : 'statutory'),
  paymentAfterDays: (of) => of + 1,
  paymentNeedsContact: (of) => !of,
  workingDocuments: (of) => [...of, 'discharge-checklist'],
  planningBasisDue: ({ hours }) => (hours === undefined ? { hours: 24 } : {}),
  statementSignedWhole: (of) => !of,
  withdrawnReady: (of) => (of === 'acknowledge-again' ? 'message-and-admission-notice' : 'acknowledge-again'),
  changedPlannedDischarge: (of) => (of === 'acknowledge-again' ? 'admission-notice' : 'acknowledge-again'),
  messagesAcknowledged: (of) => !of,
  dischargedTo: (of) => (of.length > 0 ? [] : ['Ordinärt boende']),
  minors: (of) => (of === 'yes' ? 'where-switched-on' : 'yes'),
  directedMessages: (of) => (of === 'all-read' ? 'addressees-read' : 'all-read'),
  messageAcknowledgement: (of) => (of === 'optional' ? 'always' : 'optional'),
  messagesOnlyDuringStay: (of) => !of,
  messagesOutsideStay: (of) => (of === 'no' ? 'yes' : 'no'),
  undoneDischarge: (of) => (of === 'step' ? 'message' : 'step'),
  planningReported: (of) => !of,
  npoDecision: (of) => !of,
  shortStay: (of) => !of,
  listedAfterDischargeHours: (of) => of + 24,
  readyUnderRefusal: (of) => !of,
};
/** As another region would have it: what a setting needs of others to say anything. */
const saysSomethingUnder: { readonly [Name in Setting]?: Partial<SvuSettings> } = {
  messagesAcknowledged: { undoneDischarge: 'message' },
  readyCutOff: { readyCounts: 'by-noon' },
  planningBasisDue: { workingDocuments: ['planning-basis'] },
  paymentAfterDays: { paymentModel: 'statutory', paymentNeedsContact: false },
  paymentNeedsContact: { paymentModel: 'statutory' },
  statementSignedWhole: { workingDocuments: ['statement'] },
};
const changed = (of: SvuSettings, name: Setting): SvuSettings => ({
  ...of,
  [name]: (instead[name] as (value: unknown) => unknown)(of[name]),
});

const rule = step('register-decision', {
  decisionId: '0b1d3a52-0000-4000-8000-0000000000a4',
  kind: 'secrecy-breaking-rule',
  law: 'LPT',
});
const { mayHarm: _mayHarm, necessary: _necessary, ...unanswered } = harmAssessment;
const later = step('register-decision', { decisionId: '0b1d3a52-0000-4000-8000-0000000000a5', ...consent });

/** A statement of which the hospital's part is complete. */
const readByHospital = {
  version: 1,
  missing: { municipality: 'Planerade åtgärder' },
  written: ['hospital'],
  disagrees: false,
} as const;

/** Courses that between them come to every place where regions differ. */
const courses: readonly (readonly SvuCommand[])[] = [
  [inform, giveConsent, publish, changeDate, reportReady, withdrawReady, discharge, undo],
  [
    inform,
    giveConsent,
    publish,
    step('report-ready', { ...reportReady.data, date: daysAfter('2026-03-02', 5) } as never),
  ],
  [inform, giveConsent, publish, step('report-ready', reportReady.data as never, nurse, hoursAfter(now, 2))],
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
  [inform, giveConsent, step('publish-admission-notice', { shortStay: true }), reportReady],
  [step('record-npo-decision', { agrees: true, form: 'oral', givenBy: 'patient' })],
  [
    inform,
    giveConsent,
    publish,
    step('complete-statement', { form: readByHospital }),
    step('sign-statement', { form: readByHospital, version: 1 }),
  ],
];

/** What comes of it that a unit writes to one other, asks nobody to acknowledge it, or writes after the stay. */
function whatIsWritten(of: SvuState): readonly unknown[] {
  const to = Object.keys(of.participants).filter((unit) => unit !== nurse.unit);
  return [{ to: to.slice(0, 1) }, { acknowledgedBy: [] }, { duringStay: false }].map((asked) =>
    message.decide(
      {
        ...step('annul', {}),
        of,
        type: 'send',
        data: { caseId: opening.personId, text: 'Hej', duringStay: true, ...asked },
      },
      undefined,
    ),
  );
}

/** A message about somebody outside every case. */
const writtenOutside = (policy: SvuSettings): OutsideMessageCommand => ({
  ...step('annul', {}),
  type: 'send',
  data: {
    personId: opening.personId,
    text: 'Hej',
    to: [{ unit: homeNurse.unit, name: 'Hemsjukvården', side: 'municipality' }],
    consent: { form: 'oral', givenBy: 'patient', givenAt: now },
    policy,
  },
});

const checklist: Questionnaire = {
  name: 'discharge-checklist',
  url: 'https://example.org/Questionnaire/discharge-checklist',
  version: 1,
  title: 'Checklista',
  sections: [],
};

/**
 * All that comes of the courses under a policy: each answer, and of each state what anybody can see, and what it shares. What the
 * case says of its policy is left out.
 */
function outcomes(policy: Policy): string {
  const minor = step('open', { ...opening, policy, minor: { handled: false } });
  const seen: unknown[] = [svu.decide(minor, undefined).rejection];
  for (const course of courses) {
    let state: SvuState | undefined;
    for (const command of [step('open', { ...opening, policy }), ...course]) {
      const { events, rejection } = svu.decide(command, state);
      for (const event of events ?? []) state = svu.evolve(state, event);
      seen.push(rejection, { ...state, policy: undefined }, state && sharedContent(state));
      if (state !== undefined)
        seen.push(...whatIsWritten(state), paymentBasis(state), kindOfSvu.forms?.has(state, checklist));
    }
  }
  seen.push(outsideMessage.decide(writtenOutside(policy.settings as SvuSettings), undefined));
  return JSON.stringify(seen);
}

describe('No setting without effect', () => {
  it('SVU-32: the newest version of every policy states every setting and nothing else', () => {
    for (const name of policyNames)
      expect(Object.keys(newest(name).settings).toSorted()).toEqual(settings.toSorted());
  });

  it.each(policyNames.flatMap((name) => settings.map((setting) => [name, setting] as const)))(
    'SVU-32: under %s, %s changes what happens',
    (name, setting) => {
      const policy = { ...newest(name), settings: newest(name).settings as SvuSettings };
      const ground: SvuSettings = { ...policy.settings, ...saysSomethingUnder[setting] };
      const before = outcomes({ ...policy, settings: ground });
      expect(outcomes({ ...policy, settings: changed(ground, setting) })).not.toBe(before);
      expect(outcomes({ ...policy, settings: { ...ground } })).toBe(before);
    },
  );
});
