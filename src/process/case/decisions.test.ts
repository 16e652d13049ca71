import {
  districtNurse,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  otherNurse,
  reader,
  secretary,
  units,
} from '../../../test/support/process/cast.js';
import {
  assessHarm,
  assessmentId,
  changeDate,
  consent,
  consentId,
  discharge,
  giveConsent,
  harmAssessment,
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
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { currentDecision } from './questions.js';
import { sharedContent } from '../svu/shared-content.js';

const information = (data: { informed: boolean; oral: boolean; written: boolean; reason?: string }) =>
  step('record-patient-information', data);

describe('Information to the patient', () => {
  it('CON-1: yes means orally and in writing', () => {
    opened()
      .when(inform)
      .thenEvents({ type: 'PatientInformationRecorded', data: { informed: true } });
    opened()
      .when(information({ informed: true, oral: true, written: false }))
      .thenRejected('information-not-both-ways');
  });

  it('CON-1: no needs a reason', () => {
    opened()
      .when(information({ informed: false, oral: false, written: false, reason: ' ' }))
      .thenRejected('information-reason-required', { field: 'reason' });
    opened()
      .when(information({ informed: false, oral: true, written: false, reason: 'Broschyren är slut' }))
      .thenEvents({ type: 'PatientInformationRecorded', data: { reason: 'Broschyren är slut' } });
  });

  it('CON-1: it keeps who recorded it and when; recorded twice is recorded once', () => {
    const informed = opened().after(inform);
    expect(informed.state.information).toMatchObject({ at: now, by: nurse });
    informed.when(inform).thenNothing();
  });

  it('CON-1: it is recorded by the hospital', () => {
    publishedCase()
      .when(step('record-patient-information', { informed: true, oral: true, written: true }, needsAssessor))
      .thenRejected('only-hospital-records-information');
  });
});

describe('The decision', () => {
  it('CON-2: a case has one current decision; a new one ends the one before', () => {
    const { state } = opened().after(giveConsent, refuse);
    expect(currentDecision(state)?.id).toBe(refusalId);
    expect(state.decisions[0]).toMatchObject({ id: consentId, endedAt: now });
  });

  it('CON-2: it is registered by the hospital', () => {
    publishedCase()
      .when(step('register-decision', { decisionId: refusalId, ...refusal }, districtNurse))
      .thenRejected('only-hospital-registers-decision');
  });

  it.each([
    ['skane', 'refused'],
    ['norrbotten', 'registered'],
    ['vasterbotten', 'refused'],
  ] as const)('CON-2: under %s the secrecy-breaking rule is %s', (policy, verdict) => {
    const attempt = opened(policy).when(
      step('register-decision', { decisionId: consentId, kind: 'secrecy-breaking-rule', law: 'LPT' }),
    );
    if (verdict === 'refused') attempt.thenRejected('secrecy-breaking-rule-not-in-policy');
    else attempt.thenEvents({ type: 'DecisionRegistered', data: { law: 'LPT' } });
  });

  it('CON-3: only licensed staff make a harm assessment', () => {
    opened()
      .when(
        step('register-decision', {
          decisionId: assessmentId,
          ...harmAssessment,
          assessorLicensed: false,
        }),
      )
      .thenRejected('assessor-not-licensed');
    opened()
      .when(step('register-decision', { decisionId: assessmentId, ...harmAssessment }, secretary))
      .thenRejected('registrar-not-licensed');
  });

  it('CON-3: name and title of the one responsible are kept', () => {
    expect(currentDecision(opened().after(assessHarm).state)?.data).toMatchObject({
      assessorName: 'Lena Åberg',
      assessorTitle: 'Överläkare',
    });
    opened()
      .when(step('register-decision', { decisionId: assessmentId, ...harmAssessment, assessorTitle: '' }))
      .thenRejected('assessor-not-named');
  });

  it('CON-12: it keeps who registered it, when, how and by whom it was given', () => {
    expect(currentDecision(opened().after(giveConsent).state)).toEqual({
      id: consentId,
      data: consent,
      registeredAt: now,
      registeredBy: nurse,
    });
  });

  it('CON-12: registered again under the same id it is the same, or refused', () => {
    opened().after(giveConsent).when(giveConsent).thenNothing();
    opened()
      .after(giveConsent)
      .when(step('register-decision', { decisionId: consentId, ...refusal }))
      .thenRejected('decision-id-taken');
  });

  it('CON-13: a harm assessment says why consent cannot be given', () => {
    opened()
      .when(
        step('register-decision', {
          decisionId: assessmentId,
          ...harmAssessment,
          reasonConsentUnavailable: '',
        }),
      )
      .thenRejected('reason-consent-unavailable-required');
  });

  it('CON-6, CON-13: a harm assessment cannot override a refusal', () => {
    opened().after(refuse).when(assessHarm).thenRejected('harm-assessment-over-refusal');
  });

  it('CON-6: a patient who refused may still consent', () => {
    expect(currentDecision(opened().after(refuse, giveConsent).state)?.data.kind).toBe('consent');
  });

  it('ORG-2: a role that only reads registers nothing', () => {
    opened()
      .when(step('register-decision', { decisionId: consentId, ...consent }, reader))
      .thenRejected('role-lacks-responsibility');
  });
});

describe('A deregistered decision', () => {
  it('CON-8: only the hospital deregisters it', () => {
    publishedCase()
      .when(step('deregister-decision', { decisionId: consentId }, districtNurse))
      .thenRejected('only-hospital-deregisters');
    publishedCase()
      .when(withdrawConsent)
      .thenEvents({ type: 'DecisionDeregistered', data: { decisionId: consentId } });
  });

  it('CON-8: while none stands, nothing new is recorded in a published case that receivers would read', () => {
    publishedCase()
      .after(step('deregister-decision', { decisionId: consentId }))
      .when(
        step('record-patient-information', {
          informed: false,
          oral: false,
          written: false,
          reason: 'Patienten har återtagit allt',
        }),
      )
      .thenRejected('no-current-decision');
  });

  it('CON-8: deregistering twice is deregistering once; another decision is refused', () => {
    publishedCase().after(withdrawConsent).when(withdrawConsent).thenNothing();
    publishedCase()
      .when(step('deregister-decision', { decisionId: refusalId }))
      .thenRejected('decision-not-current');
  });

  it.each([
    ['a new expected discharge', changeDate],
    ['ready', reportReady],
    ['the discharge', discharge],
  ])('CON-8: without a decision %s is not published', (_what, command) => {
    publishedCase().after(withdrawConsent).when(command).thenRejected('no-current-decision');
  });

  it('CON-8: without a decision ready is not withdrawn', () => {
    publishedCase()
      .after(reportReady, withdrawConsent)
      .when(step('withdraw-ready', { expectedDischarge: '2026-03-09' }))
      .thenRejected('no-current-decision');
  });

  it('CON-8: what was published stays readable to those who take part', () => {
    const { state } = publishedCase().after(withdrawConsent);
    expect(sharedContent(state)).toMatchObject({ level: 'full', reason: 'Höftfraktur efter fall' });
    expect(state.participants[units.healthCentre]?.seesContent).toBe(true);
  });

  const addHealthCentre = step('add-participant', {
    unit: units.otherHealthCentre,
    unitName: 'Vårdcentralen Östra',
    side: 'outpatient',
    organisation: nurse.organisation,
  });

  it('CON-8: a unit that joins later does not see the content and has nothing to acknowledge', () => {
    const { state } = publishedCase().after(withdrawConsent, addHealthCentre);
    expect(state.participants[units.otherHealthCentre]?.seesContent).toBe(false);
    expect(openTodos(state)).not.toContain(`acknowledge-admission-notice:${units.otherHealthCentre}:1`);
  });

  it('CON-8: once there is a decision again it sees what that allows', () => {
    const again = step('register-decision', { decisionId: assessmentId, ...harmAssessment });
    const { state } = publishedCase().after(withdrawConsent, addHealthCentre, again);
    expect(state.participants[units.otherHealthCentre]?.seesContent).toBe(true);
    expect(openTodos(state)).toContain(`acknowledge-admission-notice:${units.otherHealthCentre}:1`);
  });

  it('CON-8: without a decision no reason for annulling is asked for or told', () => {
    const { state } = publishedCase().after(withdrawConsent, step('annul', {}));
    expect(state.notices['annulled:1']?.content).toEqual({});
  });

  it('CON-8: a draft may be changed while there is none', () => {
    opened()
      .when(step('change-planned-discharge', { date: '2026-03-08' }))
      .thenEvents({ type: 'PlannedDischargeChanged', data: { date: '2026-03-08' } });
  });
});

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
