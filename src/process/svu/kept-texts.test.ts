import { districtNurse, units } from '../../../test/support/process/cast.js';
import {
  consentId,
  dischargedCase,
  inform,
  now,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refusalId,
  refuse,
  reportReady,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { policyNames, type PolicyName } from '../../../test/support/policies.js';

const said = 'Sagt i förtroende';

/** Every step that takes a text of its own, and the field it stands in. */
const texts = [
  [
    'reason',
    step('record-patient-information', { informed: false, oral: true, written: false, reason: said }),
  ],
  ['reason', step('change-planned-discharge', { date: '2026-03-09', reason: said })],
  ['reason', step('withdraw-ready', { expectedDischarge: '2026-03-09', reason: said })],
  ['reason', step('annul', { reason: said })],
  ['reason', step('undo-discharge', { reason: said })],
  ['reason', step('publish-admission-notice', { reason: said })],
  ['reason', step('remove-participant', { unit: units.homeNursing, confirmed: true, reason: said })],
  ['reason', step('remove-participant', { unit: units.healthCentre, confirmed: true, reason: said })],
  ['reason', step('remove-participant', { unit: units.otherWard, confirmed: true, reason: said })],
  [
    'comment',
    step('discharge', {
      dischargedAt: now,
      form: 'discharge',
      dischargedTo: 'Ordinärt boende',
      comment: said,
      confirmedWarnings: ['no-contact-calls-to-sip', 'no-receiver-of-side'],
    }),
  ],
  [
    'responsibility',
    step(
      'name-contact',
      {
        contact: 'SE-1',
        contactName: 'Eva Berg',
        isOfOutpatientCare: true,
        callsToSip: false,
        responsibility: said,
      },
      districtNurse,
    ),
  ],
] as const;

const second = step('add-participant', {
  unit: units.otherWard,
  unitName: 'Ortopeden',
  side: 'hospital',
  organisation: '232100-0016',
});

/** A case as it may stand, under each decision and none. */
const standings: Readonly<Record<string, (policy: PolicyName) => Case>> = {
  'a draft': (policy) => opened(policy).after(inform, second),
  'a draft under refusal': (policy) => opened(policy).after(inform, second, refuse),
  'a published case': (policy) => publishedCase(policy).after(second, reportReady),
  'a published case without decision': (policy) =>
    publishedCase(policy).after(second, reportReady, withdrawConsent),
  'a case under refusal': (policy) => publishedUnderRefusal(policy).after(second),
  'a case under refusal after it was ready': (policy) =>
    publishedCase(policy).after(second, reportReady, refuse),
  'a case that was refused, and then consented to': (policy) =>
    publishedUnderRefusal(policy).after(
      second,
      step('register-decision', { decisionId: consentId, kind: 'consent', form: 'oral', givenBy: 'patient' }),
    ),
  'a discharged case': (policy) => dischargedCase(policy),
  'a discharged case under refusal': (policy) =>
    publishedUnderRefusal(policy).after(
      step('discharge', {
        dischargedAt: now,
        form: 'discharge',
        dischargedTo: 'Ordinärt boende',
        confirmedWarnings: [],
      }),
    ),
};

const cases = policyNames.flatMap((policy) =>
  Object.entries(standings).map(([name, of]) => [name, policy, of] as const),
);

describe.each(cases)('%s of %s', (_name, policy, of) => {
  it.each(texts)(
    'CON-5, CON-8: what is said as %s of %j is kept or refused, never dropped',
    (field, command) => {
      const before = of(policy);
      let after: Case;
      try {
        after = before.after(command);
      } catch (error) {
        if (!(error instanceof Error) || !error.message.includes('was refused')) throw error;
        const textFaults = ['refusal-shares-minimum', 'no-text-without-decision', 'draft-day-has-no-reason'];
        // What the step is refused for otherwise has nothing to do with its text.
        const plain = before.when({ ...command, data: { ...command.data, [field]: undefined } } as never);
        const code = error.message.split(': ').at(-1) ?? '';
        if (textFaults.includes(code) && field !== 'responsibility') plain.thenAccepted();
        return;
      }
      const { notices, contacts, reason, discharge, information } = after.state;
      expect(JSON.stringify([notices, contacts, reason, discharge, information])).toContain(said);
    },
  );
});

describe('A text that is not kept', () => {
  it.each(texts.filter(([field]) => field === 'reason'))(
    'CON-5: %s of %j is refused under refusal, by its field, or the step is not possible',
    (field, command) => {
      const { type } = command;
      const refused =
        type === 'undo-discharge'
          ? standings['a discharged case under refusal']?.('skane')
          : type === 'withdraw-ready'
            ? standings['a case under refusal after it was ready']?.('skane')
            : type === 'publish-admission-notice'
              ? standings['a draft under refusal']?.('skane')
              : standings['a case under refusal']?.('skane');
      refused?.when(command).thenRejected('refusal-shares-minimum', { field });
    },
  );

  it('CON-8: is refused while no decision stands', () => {
    const undecided = publishedCase().after(withdrawConsent);
    undecided
      .when(step('annul', { reason: said }))
      .thenRejected('no-text-without-decision', { field: 'reason' });
    undecided.when(step('annul', {})).thenEvents({ type: 'CaseAnnulled', data: {} });
  });

  it('ADR-11: the last unit of a side is then removed without a reason, confirmed', () => {
    const removal = { unit: units.healthCentre } as const;
    const refused = publishedUnderRefusal();
    refused
      .when(step('remove-participant', { ...removal, confirmed: false }, districtNurse))
      .thenRejected('removal-not-confirmed', { field: 'confirmed' });
    refused
      .when(step('remove-participant', { ...removal, confirmed: true }, districtNurse))
      .thenEvents({ type: 'ParticipantRemoved', data: removal });
  });

  it('SVU-9: of a day that does not change is refused, unless it repeats what was told', () => {
    const change = (reason: string) => step('change-planned-discharge', { date: '2026-03-09', reason });
    for (const policy of policyNames) {
      const changed = publishedCase(policy).after(change('Väntar på hjälpmedel'));
      changed.when(change('Väntar på hjälpmedel')).thenNothing();
      changed.when(change('Något annat')).thenRejected('planned-discharge-unchanged', { field: 'date' });
    }
  });

  it('ACC-2, ADR-16: of a receiver removed from a draft is for the hospital side', () => {
    const removed = opened().after(
      inform,
      second,
      step('remove-participant', { unit: units.healthCentre, confirmed: true, reason: said }),
    );
    const { 'participant-removed:1': notice } = removed.state.notices;
    expect(notice).toMatchObject({ recipients: [units.otherWard], content: { reason: said } });
    const later = removed.after(
      step('register-decision', { decisionId: refusalId, kind: 'refusal', form: 'oral', givenBy: 'patient' }),
    );
    expect(JSON.stringify(later.state)).not.toContain(said);
  });
});

describe('A text that nobody can read', () => {
  const nothing = ['\u200b', ' \u00ad ', '.', '–', '\u2060\u200d'];

  it.each(nothing)('ADR-11, SVU-6, SVU-9: %j is no reason', (reason) => {
    publishedCase()
      .when(step('annul', { reason }))
      .thenRejected('annulment-reason-required', { field: 'reason' });
    publishedCase()
      .when(step('change-planned-discharge', { date: '2026-03-09', reason }))
      .thenRejected('change-reason-required', { field: 'reason' });
    publishedCase()
      .when(step('remove-participant', { unit: units.healthCentre, confirmed: true, reason }))
      .thenRejected('last-unit-of-side', { field: 'reason' });
  });
});
