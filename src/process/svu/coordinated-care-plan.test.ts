import { districtNurse, nurse, otherNurse } from '../../../test/support/process/cast.js';
import { policyNames } from '../../../test/support/policies.js';
import {
  discharge,
  dischargedCase,
  freeze,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  today,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import type { Actor } from '../vocabulary.js';
import { sharedContent } from './shared-content.js';
import type { SvuCommand } from './subjects.js';

const plan = {
  date: '2026-02-27',
  doctor: 'SE2321000016-1009',
  doctorName: 'Lena Åberg',
  madeBy: 'chief-psychiatrist',
  law: 'LPT',
} as const;
const record = (changes: object = {}, by: Actor = nurse) =>
  step('record-coordinated-care-plan', { ...plan, isHospitalDoctor: true, ...changes }, by);
const withdraw = step('withdraw-coordinated-care-plan', {});
const leave = step('discharge', {
  ...(discharge as Extract<SvuCommand, { type: 'discharge' }>).data,
  confirmedWarnings: ['units-not-ready'],
});

describe.each(policyNames)('SVU-31: a coordinated care plan, under %s', (policy) => {
  it('SVU-31: is told to all, and takes the place of SIP and invitation: a discharge warns of no SIP', () => {
    const published = publishedCase(policy);
    published.when(leave).thenRejected('no-contact-calls-to-sip');
    const recorded = published.after(record());
    expect(recorded.state.coordinatedCarePlan).toEqual(plan);
    expect(recorded.state.notices['coordinated-care-plan:1']).toMatchObject({
      content: { planDate: plan.date, law: 'LPT', madeBy: 'chief-psychiatrist', doctorName: 'Lena Åberg' },
    });
    recorded.when(leave).thenAccepted();
    recorded.when(record()).thenNothing();
    recorded.when(record({ madeBy: 'delegated-senior-physician', law: 'LRV' })).thenEvents({
      type: 'CoordinatedCarePlanRecorded',
      data: { law: 'LRV' },
    });
  });

  it('SVU-31: withdrawn, the SIP is asked for again', () => {
    const withdrawn = publishedCase(policy).after(record(), withdraw);
    withdrawn.when(leave).thenRejected('no-contact-calls-to-sip');
    withdrawn.when(withdraw).thenNothing();
    expect(withdrawn.state.notices['coordinated-care-plan-withdrawn:1']).toBeDefined();
  });

  it('SVU-31: is recorded by the hospital, of a plan that a doctor of the hospital has made', () => {
    const published = publishedCase(policy);
    published.when(record({}, districtNurse)).thenRejected('only-hospital-records-coordinated-care-plan');
    published
      .when(record({ isHospitalDoctor: false }))
      .thenRejected('not-a-hospital-doctor', { field: 'doctor' });
    published.when(record({ date: '2026-03-03' })).thenRejected('care-plan-in-the-future', { field: 'date' });
    published.when(record({ date: 'x' })).thenRejected('time-not-understood', { field: 'date' });
    published.when(record({}, otherNurse)).thenRejected('not-participating');
    opened(policy).when(record()).thenRejected('not-published');
    dischargedCase(policy).when(record()).thenRejected('case-locked');
    publishedCase(policy).after(freeze).when(record()).thenRejected('case-frozen');
  });

  it('SVU-31, CON-5, CON-8: nothing of it is kept or taken under a refusal, nor taken without a decision', () => {
    const refused = publishedCase(policy).after(record(), refuse);
    expect(refused.state).not.toHaveProperty('coordinatedCarePlan');
    expect(JSON.stringify(sharedContent(refused.state))).not.toContain('Lena Åberg');
    publishedUnderRefusal(policy).when(record()).thenRejected('refusal-shares-minimum');
    publishedCase(policy).after(withdrawConsent).when(record()).thenRejected('no-current-decision');
  });

  it('SVU-31, SVU-10: a decision under LPT 7 a § counts as the ready notice, of the doctor who decided', () => {
    const { data } = reportReady as Extract<SvuCommand, { type: 'report-ready' }>;
    const decided = step('report-ready', { ...data, decisionLpt7a: true });
    const { state, events } = publishedCase(policy).after(decided);
    expect(events.at(-1)?.data).toMatchObject({ date: today, decisionLpt7a: true });
    expect(state.notices['ready:1']?.content).toMatchObject({
      decisionLpt7a: 'true',
      doctorName: 'Lena Åberg',
    });
    expect(state.steps.ready).toBe('awaiting');
    const before = publishedCase(policy).after(reportReady);
    expect(before.state.ready).not.toHaveProperty('decisionLpt7a');
    before.when(decided).thenEvents({ type: 'ReadyReported', data: { decisionLpt7a: true } });
    publishedCase(policy).after(decided).when(decided).thenNothing();
  });
});
