import * as fc from 'fast-check';
import { cast, days, moments } from './cast.js';
import { annulled, asksReason, isRefused, reasons, undecided, unitsOf, unkept } from './model.js';
import { hospital, maybe, mostly, nobody, operation } from './operation.js';

/** A doctor of a health centre. */
const doctorElsewhere = 'SE4999000013-P018';

/** The steps of the hospital (CON-1, SVU-3 to SVU-24). */

const beforeAdmission = (date: string): readonly [boolean, string] => [
  date === days.past,
  'discharge-before-admission',
];

export const recordInformation = operation(
  'record-patient-information',
  fc.record({
    informed: mostly<boolean | undefined>(true, false, undefined),
    oral: mostly<boolean | undefined>(true, undefined),
    written: mostly<boolean | undefined>(true, false),
    reason: maybe('Patienten orkade inte'),
  }),
  8,
  {
    asked: hospital('only-hospital-records-information'),
    needs: ['informed'],
    refusedFor: (of, { informed, oral, written, reason }) =>
      reasons(
        undecided(of),
        [informed === true && !(oral === true && written === true), 'information-not-both-ways'],
        ...unkept(of, reason),
        [informed !== true && reason === undefined && asksReason(of), 'information-reason-required'],
      ),
    take: (of) => {
      of.information = true;
    },
  },
);

export const recordNeeds = operation(
  'record-needs-assessment',
  fc.record({ assessedAt: fc.constantFrom<(string | undefined)[]>(moments.now, moments.future, undefined) }),
  5,
  {
    asked: hospital('only-hospital-publishes'),
    needs: ['assessedAt'],
    refusedFor: (of, { assessedAt }) =>
      reasons(
        [assessedAt === moments.future, 'assessment-of-needs-in-the-future'],
        [of.published && assessedAt !== of.assessedAt, 'already-published'],
      ),
    take: (of, { assessedAt }) => {
      of.assessedAt = assessedAt;
    },
  },
);

export const publish = operation(
  'publish-admission-notice',
  fc.record({
    reason: mostly<string | undefined>(undefined, 'Bröstsmärta'),
    confirmedWarning: mostly<string | undefined>('primary-care-missing', undefined, 'gone'),
    shortStay: mostly<boolean | undefined>(undefined, false, true),
  }),
  12,
  {
    asked: hospital('only-hospital-publishes'),
    refusedFor: (of, { reason, confirmedWarning, shortStay }) =>
      reasons(
        // SVU-28: the cases of the courses are of one policy, skane.
        [shortStay === true, 'short-stay-not-here'],
        [confirmedWarning === 'gone', 'value-not-taken'],
        [
          confirmedWarning === undefined &&
            unitsOf(of, 'municipality').length > 0 &&
            unitsOf(of, 'outpatient').length === 0,
          'primary-care-missing',
        ],
        [!of.information, 'information-missing'],
        [of.decision === undefined, 'decision-missing'],
        [of.sharing === 'full' || (of.sharing === 'minimum' && isRefused(of)), 'already-published'],
        [isRefused(of) && reason !== undefined, 'refusal-shares-minimum'],
        [!isRefused(of) && reason === undefined && of.reason === undefined, 'reason-required'],
      ),
    take: (of, { reason }) => {
      of.phase = 'published';
      of.published = true;
      of.publishedAt ??= new Date().toISOString();
      of.sharing = isRefused(of) ? 'minimum' : 'full';
      if (!isRefused(of)) of.reason = reason ?? of.reason;
    },
  },
);

export const changeDay = operation(
  'change-planned-discharge',
  fc.record({
    date: fc.constantFrom<(string | undefined)[]>(
      days.soon,
      days.later,
      days.soon,
      days.later,
      days.past,
      undefined,
    ),
    reason: maybe('Väntar på hjälpmedel'),
  }),
  6,
  {
    asked: hospital('only-hospital-changes-planned-discharge'),
    needs: ['date'],
    refusedFor: (of, { date, reason }) =>
      date === undefined
        ? []
        : reasons(
            beforeAdmission(date),
            undecided(of),
            [of.phase !== 'draft' && of.ready !== undefined, 'ready-stands'],
            [
              of.published && date !== of.expected && !isRefused(of) && reason === undefined,
              'change-reason-required',
            ],
            [of.published && date === days.past, 'expected-discharge-passed'],
            ...unkept(of, reason),
            [of.phase === 'draft' && reason !== undefined, 'draft-day-has-no-reason'],
            [
              of.published && date === of.expected && reason !== undefined && reason !== of.dayReason,
              'planned-discharge-unchanged',
            ],
          ),
    take: (of, { date, reason }) => {
      if (of.published && date !== of.expected) of.dayReason = reason;
      of.expected = date ?? of.expected;
    },
  },
);

export const ready = operation(
  'ready',
  fc.record({
    date: mostly<string | undefined>(days.soon, days.later, days.past, undefined),
    doctor: mostly<string | undefined>(cast.doctor.user, nobody, undefined, cast.nurse.user, doctorElsewhere),
    decisionLpt7a: mostly<boolean | undefined>(undefined, true, false),
  }),
  10,
  {
    asked: hospital('only-hospital-reports-ready', ['published']),
    needs: ['date', 'doctor'],
    refusedFor: (of, { date, doctor }) =>
      reasons(
        undecided(of),
        [isRefused(of), 'ready-under-refusal'],
        [of.sharing === 'minimum', 'publish-in-full-first'],
        [date === days.past, 'ready-before-admission'],
        [doctor === nobody, 'reference-unknown'],
        [doctor === cast.nurse.user || doctor === doctorElsewhere, 'not-a-hospital-doctor'],
      ),
    take: (of, { date = '', doctor = '' }) => {
      of.ready = { date, doctor };
    },
  },
);

export const recordCarePlan = operation(
  'record-coordinated-care-plan',
  fc.record({
    date: mostly<string | undefined>(days.past, days.later, undefined),
    doctor: mostly<string | undefined>(cast.doctor.user, nobody, cast.nurse.user, undefined),
    madeBy: mostly<string | undefined>('chief-psychiatrist', 'delegated-senior-physician', 'gone', undefined),
    law: mostly<string | undefined>('LPT', 'LRV', 'gone', undefined),
  }),
  4,
  {
    asked: hospital('only-hospital-records-coordinated-care-plan', ['published']),
    needs: ['date', 'doctor', 'madeBy', 'law'],
    refusedFor: (of, { date, doctor, madeBy, law }) =>
      reasons(
        undecided(of),
        [isRefused(of), 'refusal-shares-minimum'],
        [of.sharing === 'minimum', 'publish-in-full-first'],
        [date === days.later, 'care-plan-in-the-future'],
        [madeBy === 'gone' || law === 'gone', 'value-not-taken'],
        [doctor === nobody, 'reference-unknown'],
        [doctor === cast.nurse.user, 'not-a-hospital-doctor'],
      ),
    take: (of) => {
      of.carePlan = true;
    },
  },
);

export const withdrawCarePlan = operation('withdraw-coordinated-care-plan', fc.record({}), 2, {
  asked: hospital('only-hospital-records-coordinated-care-plan', ['published']),
  refusedFor: (of) => reasons(undecided(of)),
  take: (of) => {
    of.carePlan = false;
  },
});

/** SVU-32: the cases of the courses are of one policy, skane, which records none (CON-9). */
export const recordNpo = operation(
  'record-npo-decision',
  fc.record({ agrees: fc.boolean(), givenBy: mostly<string | undefined>('patient', undefined) }),
  1,
  {
    asked: hospital('only-hospital-records-npo-decision'),
    needs: ['givenBy', 'form'],
    refusedFor: () => ['npo-decision-not-here', 'required'],
    take: () => {},
  },
);

export const withdraw = operation(
  'withdraw-ready',
  fc.record({
    expectedDischarge: mostly<string | undefined>(days.later, days.soon, days.past, undefined),
    reason: maybe('Feber i natt'),
  }),
  8,
  {
    asked: hospital('only-hospital-withdraws-ready', ['published']),
    needs: ['expectedDischarge'],
    refusedFor: (of, { expectedDischarge = '', reason }) =>
      reasons(
        undecided(of),
        ...unkept(of, reason),
        [of.ready === undefined, 'not-ready'],
        beforeAdmission(expectedDischarge),
        [expectedDischarge === days.past, 'expected-discharge-passed'],
      ),
    take: (of, { expectedDischarge = '', reason }) => {
      of.ready = undefined;
      of.dayReason = reason;
      of.expected = expectedDischarge;
    },
  },
);

export const discharge = operation(
  'discharge',
  fc.record({
    dischargedAt: mostly<string | undefined>(moments.now, moments.before, moments.future, undefined),
    form: mostly<string | undefined>('discharge', 'early-end', 'gone', undefined),
    dischargedTo: mostly<string | undefined>('Ordinärt boende', undefined),
    comment: mostly<string | undefined>(undefined, 'Bor hos dottern'),
    confirmedWarning: mostly<string | undefined>(
      'no-contact-calls-to-sip',
      'no-receiver-of-side',
      undefined,
      'gone',
    ),
  }),
  9,
  {
    asked: hospital('only-hospital-discharges', ['published']),
    needs: ['dischargedAt', 'form'],
    refusedFor: (of, { dischargedAt, form, dischargedTo, comment, confirmedWarning }) =>
      reasons(
        // An early end waits for no decision, and then takes no words (decision 64).
        ...(form === 'early-end'
          ? [
              [undecided(of)[0] && comment !== undefined, 'no-text-without-decision'] as const,
              [dischargedTo !== undefined, 'discharged-to-of-early-end'] as const,
            ]
          : [undecided(of)]),
        [form === 'gone' || confirmedWarning === 'gone', 'value-not-taken'],
        [form === 'discharge' && dischargedTo === undefined, 'discharged-to-required'],
        [dischargedAt === moments.future, 'discharge-in-the-future'],
        [dischargedAt === moments.before, 'discharged-before-admission'],
        [comment !== undefined && isRefused(of), 'refusal-shares-minimum'],
        [
          confirmedWarning !== 'no-receiver-of-side' &&
            (unitsOf(of, 'outpatient').length === 0 || unitsOf(of, 'municipality').length === 0),
          'no-receiver-of-side',
        ],
        [
          confirmedWarning !== 'no-contact-calls-to-sip' &&
            form !== 'early-end' &&
            !of.carePlan &&
            !isRefused(of) &&
            ![...of.contacts.values()].some(({ callsToSip }) => callsToSip),
          'no-contact-calls-to-sip',
        ],
      ),
    take: (of, { dischargedAt, form }) => {
      of.phase = 'discharged';
      if (form === 'discharge') of.stayOverIn.add(of.id);
      of.discharge = dischargedAt;
    },
  },
);

export const undo = operation('undo-discharge', fc.record({ reason: maybe('Åter samma dag') }), 10, {
  asked: hospital('only-hospital-undoes-discharge', ['discharged']),
  // SVU-2; who takes no part in the other case is told that there is one, and not which (ACC-1).
  refusedFor: (of, { reason }, _by, openElsewhere) => [
    ...reasons(...unkept(of, reason)),
    ...(openElsewhere ? ['svu-already-open', 'svu-open-elsewhere'] : []),
  ],
  take: (of) => {
    of.phase = 'published';
    of.discharge = undefined;
    of.stayOverIn.delete(of.id);
  },
});

const whyAnnulled = fc.record({
  reason: maybe('Fel patient'),
  wrongPatient: mostly<boolean | undefined>(undefined, true, false),
});

export const annul = operation('annul', whyAnnulled, 1, {
  asked: hospital('only-hospital-annuls', ['draft', 'published', 'discharged']),
  refusedFor: (of, { reason, wrongPatient }) =>
    wrongPatient === true
      ? reasons([reason !== undefined, 'wrong-patient-without-words'])
      : reasons(
          // PAT-13: of the wrong patient alone.
          [of.phase === 'discharged', 'case-locked'],
          ...unkept(of, reason),
          [asksReason(of) && reason === undefined, 'annulment-reason-required'],
        ),
  take: (of, { wrongPatient }, by) => {
    // PAT-13: nothing in it was hers.
    if (wrongPatient === true) of.stayOverIn.add(of.id);
    annulled(of, by);
  },
});
