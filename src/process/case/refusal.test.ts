import { districtNurse, otherDistrictNurse, otherNurse, units } from '../../../test/support/process/cast.js';
import {
  assessHarm,
  assessmentId,
  changeDate,
  consent,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publish,
  publishedCase,
  publishedUnderRefusal,
  refusal,
  refusalId,
  refuse,
  reportReady,
  step,
} from '../../../test/support/process/svu.js';
import { sharedContent } from '../svu/shared-content.js';

describe('A refusal', () => {
  it('CON-5: the minimum is published, never the reason', () => {
    const { state } = publishedUnderRefusal();
    expect(JSON.stringify(state)).not.toContain('Höftfraktur');
    expect(sharedContent(state).level).toBe('minimum');
  });

  it('CON-5: a reason handed in with the publication is refused', () => {
    opened()
      .after(inform, refuse)
      .when(step('publish-admission-notice', { reason: 'Höftfraktur' }))
      .thenRejected('refusal-shares-minimum', { field: 'reason' });
  });

  it('CON-5: a draft forgets its reason when the patient refuses', () => {
    expect(opened().after(refuse).state.reason).toBeUndefined();
  });

  it('CON-5: what was published under consent is reduced to the minimum when the patient refuses', () => {
    const before = publishedCase().after(changeDate, reportReady);
    expect(JSON.stringify(before.state)).toContain('Väntar på hjälpmedel');
    const { state } = before.after(refuse);
    for (const told of ['Höftfraktur', 'Väntar på hjälpmedel']) {
      expect(JSON.stringify(state)).not.toContain(told);
    }
    const shared = sharedContent(state);
    expect(shared.ready).toBeUndefined();
    expect(shared.steps.ready).toBe('not-begun');
    expect(
      Object.values(shared.notices)
        .map((notice) => notice.kind)
        .toSorted(),
    ).toEqual(['admission-notice', 'planned-discharge-changed']);
    expect(openTodos(state).filter((key) => key.startsWith('acknowledge-ready'))).toEqual([]);
  });

  it('CON-5: why an earlier consent could not be given is forgotten too', () => {
    expect(JSON.stringify(opened().after(assessHarm, refuse).state)).not.toContain('medvetslös');
  });

  it('CON-5: a new day is shared, its reason is neither asked for nor taken', () => {
    publishedUnderRefusal()
      .when(step('change-planned-discharge', { date: '2026-03-08' }))
      .thenEvents({ type: 'PlannedDischargeChanged', data: { date: '2026-03-08' } });
    publishedUnderRefusal().when(changeDate).thenRejected('refusal-shares-minimum', { field: 'reason' });
  });

  it('CON-5: ready withdrawn after a refusal tells the new day only', () => {
    const { state } = publishedCase().after(
      reportReady,
      refuse,
      step('withdraw-ready', { expectedDischarge: '2026-03-09' }),
    );
    expect(state.notices['planned-discharge-changed:1']?.content).toEqual({
      expectedDischarge: '2026-03-09',
    });
    expect(state.notices['ready-withdrawn:1']).toBeUndefined();
  });

  it('CON-5: the closing discharge notice is shared, without a comment and without the warning of a SIP', () => {
    const leave = (comment?: string) =>
      step('discharge', {
        dischargedAt: now,
        form: 'discharge',
        dischargedTo: 'Ordinärt boende',
        ...(comment === undefined ? {} : { comment }),
        confirmedWarnings: [],
      });
    publishedUnderRefusal()
      .when(leave('Bor hos dottern'))
      .thenRejected('refusal-shares-minimum', { field: 'comment' });
    const { state } = publishedUnderRefusal().after(leave());
    expect(state.notices['discharge:1']?.content).toEqual({
      dischargedAt: now,
      form: 'discharge',
      dischargedTo: 'Ordinärt boende',
    });
    expect(sharedContent(state).discharge?.dischargedAt).toBe(now);
  });

  it('CON-5: a contact is not named under refusal', () => {
    publishedUnderRefusal()
      .when(
        step(
          'name-contact',
          {
            contact: 'SE2321000016-2001',
            contactName: 'Ulla Ek',
            isOfOutpatientCare: true,
            callsToSip: true,
          },
          districtNurse,
        ),
      )
      .thenRejected('refusal-shares-minimum');
  });

  it('CON-5: a later consent shows nothing more until the notice is published in full', () => {
    const consented = publishedUnderRefusal().after(giveConsent);
    expect(sharedContent(consented.state).level).toBe('minimum');
    consented.when(publish).thenRejected('reason-required', { field: 'reason' });
    const again = consented.after(step('publish-admission-notice', { reason: 'Höftfraktur' }));
    expect(sharedContent(again.state)).toMatchObject({ level: 'full', reason: 'Höftfraktur' });
    expect(openTodos(again.state)).toContain(`acknowledge-admission-notice:${units.healthCentre}:2`);
    expect(openTodos(again.state)).not.toContain(`acknowledge-admission-notice:${units.healthCentre}:1`);
  });

  it('CON-5, CON-8: a refusal that is deregistered does not bring the content back', () => {
    const { state } = publishedCase().after(refuse, step('deregister-decision', { decisionId: refusalId }));
    expect(sharedContent(state).level).toBe('minimum');
    expect(sharedContent(state).reason).toBeUndefined();
  });

  it('CON-5, SVU-13: ready that a refusal hid is acknowledged anew when all is shared again', () => {
    const { state } = publishedCase().after(
      reportReady,
      refuse,
      step('register-decision', { decisionId: assessmentId, ...consent }),
      step('publish-admission-notice', { reason: 'Höftfraktur' }),
    );
    expect(openTodos(state)).toContain(`acknowledge-ready:${units.healthCentre}:2`);
    expect(sharedContent(state).ready?.date).toBe('2026-03-02');
  });

  it('ACC-1: who does not take part learns nothing about the decision', () => {
    for (const by of [otherDistrictNurse, otherNurse]) {
      publishedCase()
        .when(step('register-decision', { decisionId: refusalId, ...refusal }, by))
        .thenRejected('not-participating');
    }
  });
});
