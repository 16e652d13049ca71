import { districtNurse, nurse, reader, secretary, units } from '../../../test/support/process/cast.js';
import {
  assessHarm,
  assessmentId,
  changeDate,
  consent,
  consentId,
  discharge,
  giveConsent,
  harmAssessment,
  now,
  opened,
  openTodos,
  publishedCase,
  refusal,
  refusalId,
  refuse,
  reportReady,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { currentDecision } from './questions.js';
import { sharedContent } from '../svu/shared-content.js';

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

  it('CON-2, CON-8: one that another has replaced is refused while a later one stands, however it ended', () => {
    const replaced = publishedCase().after(refuse);
    replaced.when(withdrawConsent).thenRejected('decision-not-current', { field: 'decisionId' });
    publishedCase().after(withdrawConsent, refuse).when(withdrawConsent).thenRejected('decision-not-current');
    const none = replaced.after(step('deregister-decision', { decisionId: refusalId }));
    none.when(withdrawConsent).thenNothing();
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
