import { policyNames } from '../../../test/support/policies.js';
import {
  districtNurse,
  nurse,
  otherNurse,
  reader,
  teacher,
  units,
} from '../../../test/support/process/cast.js';
import {
  assessHarm,
  giveConsent,
  inform,
  opened,
  openTodos,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  step,
} from '../../../test/support/process/svu.js';

const ready = () => opened().after(inform, giveConsent);

describe('Publishing the admission notice', () => {
  it('SVU-3: it carries admission, expected discharge and reason', () => {
    expect(publishedCase().state.notices['admission-notice:1']).toMatchObject({
      recipients: [units.healthCentre, units.needsAssessment, units.homeNursing].toSorted(),
      sentBy: nurse,
      content: {
        admittedAt: '2026-03-02T06:30:00.000Z',
        expectedDischarge: '2026-03-06',
        reason: 'Höftfraktur efter fall',
        ward: units.ward,
        writtenInformation: 'true',
      },
    });
  });

  it('SVU-3: a draft without a reason is published once it is stated', () => {
    const silent = opened('skane', { reason: '' }).after(inform, giveConsent);
    silent.when(publish).thenRejected('reason-required', { field: 'reason' });
    const stated = silent.after(step('publish-admission-notice', { reason: 'Stroke' }));
    expect(stated.state.notices['admission-notice:1']?.content['reason']).toBe('Stroke');
  });

  it('SVU-3: it is published once', () => {
    publishedCase().when(publish).thenRejected('already-published');
    publishedUnderRefusal().when(publish).thenRejected('already-published');
  });

  it('SVU-4: it needs the information to the patient', () => {
    opened().after(giveConsent).when(publish).thenRejected('information-missing');
  });

  it('SVU-4: it needs a decision; a harm assessment will do', () => {
    opened().after(inform).when(publish).thenRejected('decision-missing');
    opened()
      .after(inform, assessHarm)
      .when(publish)
      .thenEvents({ type: 'AdmissionNoticePublished', data: { minimum: false } });
  });

  it('SVU-4: information that could not be given, with its reason, will do', () => {
    opened()
      .after(
        step('record-patient-information', {
          informed: false,
          oral: false,
          written: false,
          reason: 'Medvetslös',
        }),
        giveConsent,
      )
      .when(publish)
      .thenEvents({ type: 'AdmissionNoticePublished', data: {} });
  });

  it('ACC-2: a draft is seen by the hospital side only', () => {
    ready()
      .when(step('publish-admission-notice', {}, districtNurse))
      .thenRejected('draft-of-another-side');
  });

  it('ACC-1: a ward that does not take part is refused', () => {
    ready()
      .when(step('publish-admission-notice', {}, otherNurse))
      .thenRejected('not-participating');
  });

  it('ORG-2: a role that only reads does not publish', () => {
    ready()
      .when(step('publish-admission-notice', {}, reader))
      .thenRejected('role-lacks-responsibility', { values: { responsibility: 'write' } });
  });

  it.each(policyNames)(
    'SVU-7: under %s each receiving unit has it to acknowledge, and the hospital has not',
    (policy) => {
      const { state } = publishedCase(policy);
      const own = openTodos(state, units.ward);
      expect(own.filter((key) => key.startsWith('acknowledge-'))).toEqual([]);
      expect(openTodos(state).filter((key) => key.startsWith('acknowledge-'))).toEqual(
        [units.healthCentre, units.homeNursing, units.needsAssessment]
          .map((unit) => `acknowledge-admission-notice:${unit}:1`)
          .toSorted(),
      );
    },
  );

  it('SVU-7: a unit of another side that takes part acknowledges too', () => {
    const { state } = ready().after(
      step('add-participant', {
        unit: units.school,
        unitName: 'Norra skolan',
        side: 'other',
        organisation: teacher.organisation,
      }),
      publish,
    );
    expect(openTodos(state)).toContain(`acknowledge-admission-notice:${units.school}:1`);
  });

  describe.each(policyNames)('SVU-40: under %s', (policy) => {
    const unconfirmed = step('publish-admission-notice', {});
    const none = { found: false, cause: 'no-listing' } as const;
    const draft = (decided: typeof giveConsent, more: Parameters<typeof opened>[1]) =>
      opened(policy, more).after(inform, decided);

    it.each([
      ['under consent', giveConsent, false],
      ['under a refusal, the minimum', refuse, true],
    ] as const)(
      '%s: that primary care does not get the notice is a warning to confirm',
      (_when, by, minimum) => {
        const without = draft(by, { outpatient: none });
        without.when(unconfirmed).thenRejected('primary-care-missing', { field: 'confirmedWarnings' });
        without.when(publish).thenEvents({
          type: 'AdmissionNoticePublished',
          data: { minimum, confirmedWarnings: ['primary-care-missing'] },
        });
      },
    );

    it('with primary care there is nothing to confirm, and nothing is kept as confirmed', () => {
      const { state } = draft(giveConsent, {}).after(unconfirmed);
      expect(Object.keys(state.notices)).toContain('admission-notice:1');
      expect(draft(giveConsent, {}).after(publish).events.at(-1)?.data).toEqual({ minimum: false });
    });

    it('without the municipality there is nothing to warn of; a side without receivers has its own to-do (ADR-13)', () => {
      draft(giveConsent, { outpatient: none, municipality: { found: false, cause: 'no-municipality' } })
        .when(unconfirmed)
        .thenEvents({ type: 'AdmissionNoticePublished', data: { minimum: false } });
    });

    it('a health centre that is added by hand where the listing told none is enough', () => {
      draft(giveConsent, { outpatient: none })
        .after(
          step('add-participant', {
            unit: units.healthCentre,
            unitName: 'Norra',
            side: 'outpatient',
            organisation: districtNurse.organisation,
          }),
        )
        .when(unconfirmed)
        .thenEvents({ type: 'AdmissionNoticePublished', data: { minimum: false } });
    });
  });
});
