import type { PaymentModel } from '../case/payment-basis.js';
import { oneOf, setting, texts, timeOfDay, wholeNumber, wholeNumbers, yesOrNo } from '../policy/setting.js';
import { settingsOfKind } from '../policy/settings-of.js';
import type { PolicyOfKind } from '../policy/shared-settings.js';
import type { CasePolicy } from '../policy/policy.js';

/** What policies decide of an SVU alone: a row for each setting, and what of it may be shared under a refusal (CON-5). */
export const svuSettings = {
  minimum: ['admission-date', 'ward', 'expected-discharge', 'brochure', 'discharge-notice'],
  stoodAmongShared: true,
  rows: {
    readyDate: setting({
      rule: 'SVU-10',
      en: 'How many days ready may be dated ahead and back. Without a number ahead: however many, back: to the admission.',
      values: wholeNumbers(['daysAhead', 'daysBack'], 0, 365),
      strictest: { daysAhead: 0, daysBack: 0 },
    }),
    // Of these three a case that does not state them has what was before: a case that is under way gets no deadline that nobody was told of.
    readyCounts: setting({
      rule: 'SVU-11',
      en: 'From which day ready counts (PAY-4): no day of its own, or by whether it was sent by the cut-off.',
      values: oneOf('when-sent', 'by-noon'),
      strictest: 'when-sent',
    }),
    readyCutOff: setting({
      rule: 'SVU-11',
      en: 'The cut-off: what is sent by this time of day in Sweden counts for the day, later for the next (PAY-1, PAY-4).',
      values: timeOfDay,
      strictest: '12:00',
    }),
    readyAcknowledgedInTime: setting({
      rule: 'SVU-34',
      en: 'Whether ready is to be acknowledged the same day when it was sent by the cut-off, else the next day at the latest.',
      values: yesOrNo,
      strictest: false,
    }),
    // A case from before has none: nobody was told what it would count from.
    paymentModel: setting<PaymentModel>({
      rule: 'PAY-11',
      en: 'How liability for payment is counted: by days after ready, by the month’s average of a municipality, or not here.',
      values: oneOf('none', 'statutory', 'average'),
      strictest: 'none',
    }),
    paymentAfterDays: setting({
      rule: 'PAY-1',
      en: 'Statutory model: how many days after day zero liability starts.',
      values: wholeNumber(0, 60),
      strictest: 3,
    }),
    paymentNeedsContact: setting({
      rule: 'PAY-2',
      en: 'Whether liability needs that a contact (fast vårdkontakt) is named.',
      values: yesOrNo,
      strictest: false,
    }),
    // A case from before has none that it did not know of.
    workingDocuments: setting({
      rule: 'SVU-32',
      en: 'Which working documents an SVU has, by the names of their questionnaires (QUESTIONNAIRES_DIRECTORY). A form of another is refused.',
      values: texts(20, 64),
      strictest: [],
    }),
    // A case from before has no deadline that nobody was told of.
    planningBasisDue: setting({
      rule: 'PLB-1',
      en: 'Within how many hours of the admission notice the hospital sends the planning basis. Without a number it is not asked for.',
      values: wholeNumbers(['hours'], 1, 168),
      strictest: {},
    }),
    statementSignedWhole: setting({
      rule: 'SVU-19',
      en: 'Whether a unit signs the statement only when the parts of all sides are complete, or when its own and that of the hospital are.',
      values: yesOrNo,
      strictest: false,
      // As in Östra Göinge, where medical responsibility is then stated before the licensed staff of the municipality sign.
      local: {
        rule: 'SVU-38',
        isWithin: (own, ofPolicy) => own || !ofPolicy,
        counts: {
          under: ({ workingDocuments }) => (workingDocuments as readonly string[]).includes('statement'),
          when: 'where the cases of the policy have a statement (workingDocuments)',
        },
      },
    }),
    withdrawnReady: setting({
      rule: 'SVU-12',
      en: 'How receivers are told that ready is withdrawn.',
      values: oneOf('acknowledge-again', 'message-and-admission-notice'),
      strictest: 'acknowledge-again',
    }),
    changedPlannedDischarge: setting({
      rule: 'SVU-9',
      en: 'How receivers are told of a changed day: by itself, or by the admission notice again. They acknowledge either.',
      values: oneOf('acknowledge-again', 'admission-notice'),
      strictest: 'acknowledge-again',
    }),
    messagesAcknowledged: setting({
      rule: 'MSG-6',
      en: 'Whether receivers acknowledge a withdrawal that reaches them as a general message.',
      values: yesOrNo,
      strictest: true,
      // Always asked, as in Östra Göinge; where the policy asks, nobody is let off.
      local: {
        rule: 'MSG-2',
        isWithin: (own, ofPolicy) => own || !ofPolicy,
        counts: {
          under: ({ withdrawnReady, undoneDischarge }) =>
            withdrawnReady === 'message-and-admission-notice' || undoneDischarge === 'message',
          when: 'where a withdrawal reaches receivers as a message (withdrawnReady, undoneDischarge)',
        },
      },
    }),
    dischargedTo: setting({
      rule: 'SVU-21',
      en: 'The places that a patient is discharged to, as staff choose among them. None: they write the place freely, and under a refusal it is not told.',
      values: texts(50, 100),
      strictest: [],
    }),
    undoneDischarge: setting({
      rule: 'SVU-24',
      en: 'Whether an undone discharge reaches receivers as a general message or by the step alone.',
      values: oneOf('step', 'message'),
      strictest: 'step',
    }),
    // A case that does not state it goes on as before: nobody is asked what nobody was told of.
    planningReported: setting({
      rule: 'SVU-27',
      en: 'Whether each unit of outpatient care and the municipality says that its own planning is done, the municipality also from when the patient is welcome home. A discharge then warns of those that have not (SVU-36).',
      values: yesOrNo,
      strictest: false,
    }),
    // A case that does not state it goes on as before.
    npoDecision: setting({
      rule: 'CON-9',
      en: 'Whether a decision of the patient on NPÖ, the national patient overview, is recorded beside that on sharing. It opens and stops nothing (CON-16).',
      values: yesOrNo,
      strictest: false,
    }),
    shortStay: setting({
      rule: 'SVU-28',
      en: 'Whether the ward states a short stay with unchanged needs: then, with ready sent by the cut-off and acknowledged by all, the patient goes home the same day without more contact.',
      values: yesOrNo,
      strictest: false,
    }),
    listedAfterDischargeHours: setting({
      rule: 'SVU-24',
      en: 'How long a discharged case stays on the list, in hours. So long can the discharge be undone (VIEW-8).',
      values: wholeNumber(1, 8760),
      strictest: 72,
    }),
    readyUnderRefusal: setting({
      rule: 'SVU-33',
      en: 'Whether ready is published under a refusal.',
      values: yesOrNo,
      strictest: false,
    }),
  },
} as const;

/** What the policy of an SVU says. */
export type SvuSettings = PolicyOfKind<typeof svuSettings>;

/** The settings of the policy that the case was opened under. */
export const policyOfSvu = ({ policy }: { readonly policy: CasePolicy }): SvuSettings =>
  settingsOfKind(svuSettings, policy);

/** Whether an SVU of the case's policy has a working document (SVU-32). */
export const hasDocument = (of: { readonly policy: CasePolicy }, document: string): boolean =>
  policyOfSvu(of).workingDocuments.includes(document);
