import { policyNames } from '../../../test/support/policies.js';
import { districtNurse, journal, nurse, units } from '../../../test/support/process/cast.js';
import {
  annul,
  changeDate,
  discharge,
  dischargedCase,
  fact,
  freeze,
  giveConsent,
  now,
  opened,
  openTodos,
  otherCase,
  publishedCase,
  refuse,
  reportReady,
  step,
  undo,
  withdrawConsent,
} from '../../../test/support/process/svu.js';

const leave = (more: object = {}) =>
  step('discharge', {
    dischargedAt: now,
    form: 'discharge',
    dischargedTo: 'Ordinärt boende',
    confirmedWarnings: ['no-contact-calls-to-sip'],
    ...more,
  });

const dischargeData = { dischargedAt: now, form: 'discharge', dischargedTo: 'Ordinärt boende' } as const;

describe('Undoing the discharge', () => {
  it('SVU-24: the parts open again, with what was left to do', () => {
    const before = publishedCase().after(changeDate, reportReady);
    const after = before.after(discharge, undo);
    expect(after.state.phase).toBe('published');
    expect(after.state.discharge).toBeUndefined();
    expect(openTodos(after.state)).toEqual(openTodos(before.state));
    expect(after.state.steps).toEqual(before.state.steps);
  });

  it('SVU-21, SVU-24: where the journal says that the patient has left, its reminder stands again', () => {
    const left = fact('note-journal-discharge', { dischargedAt: '2026-03-02T07:40:00.000Z' });
    const { state } = publishedCase().after(left, discharge, undo);
    expect(openTodos(state)).toContain('publish-discharge:2');
    expect(openTodos(publishedCase().after(left, discharge, undo, leave()).state)).toEqual([]);
  });

  it('SVU-24: a new discharge is possible', () => {
    const { state } = dischargedCase().after(undo, leave({ dischargedTo: 'Korttidsboende' }));
    expect(state.discharge?.dischargedTo).toBe('Korttidsboende');
    expect(Object.keys(state.notices).filter((key) => key.startsWith('discharge:'))).toHaveLength(2);
  });

  it.each(policyNames)('SVU-24: under %s the receivers are told', (policy) => {
    const { content, recipients } =
      dischargedCase(policy).after(undo).state.notices['discharge-undone:1'] ?? {};
    expect(recipients).toContain(units.healthCentre);
    expect(content?.['presentedAs']).toBe(policy === 'vasterbotten' ? 'general-message' : undefined);
  });

  it('SVU-24: only while the case is on the list', () => {
    const at = (hours: number) =>
      step('undo-discharge', {}, nurse, new Date(Date.parse(now) + hours * 3_600_000).toISOString());
    dischargedCase().when(at(72)).thenEvents({ type: 'DischargeUndone', data: {} });
    dischargedCase()
      .when(at(72.01))
      .thenRejected('undo-too-late', { values: { hours: '72' } });
  });

  it('SVU-2, SVU-24: not when another case was opened meanwhile', () => {
    dischargedCase()
      .when(step('undo-discharge', { openSvu: otherCase }))
      .thenRejected('svu-already-open', { values: { case: otherCase } });
  });

  it('SVU-24: by the hospital, and only what was discharged', () => {
    dischargedCase()
      .when(step('undo-discharge', {}, districtNurse))
      .thenRejected('only-hospital-undoes-discharge');
    publishedCase().when(undo).thenRejected('not-discharged');
    opened().when(undo).thenRejected('not-discharged');
  });

  it('PAT-6: not in a frozen case', () => {
    dischargedCase().after(freeze).when(undo).thenRejected('case-frozen');
  });

  it('a fact claimed by a user is refused', () => {
    publishedCase()
      .when(step('note-journal-discharge', { dischargedAt: now }, nurse))
      .thenRejected('fact-from-a-user');
    publishedCase()
      .when(step('discharge', { ...dischargeData, confirmedWarnings: [] }, journal))
      .thenRejected('user-required');
  });
});

describe('Annulling', () => {
  it('SVU-6: a draft is annulled, and no receiver hears of it', () => {
    const { state } = opened().after(annul);
    expect(state).toMatchObject({ phase: 'annulled', notices: {} });
  });

  it('SVU-6: a published case is annulled, and all who were told are told', () => {
    const { state } = publishedCase().after(annul);
    expect(state.notices['annulled:1']).toMatchObject({
      content: { reason: 'Fel patient' },
      recipients: [units.healthCentre, units.homeNursing, units.needsAssessment].toSorted(),
    });
    expect(openTodos(state)).toEqual([]);
  });

  it('SVU-6: by the hospital, with a reason, once', () => {
    publishedCase()
      .when(step('annul', { reason: 'x' }, districtNurse))
      .thenRejected('only-hospital-annuls');
    publishedCase()
      .when(step('annul', { reason: '' }))
      .thenRejected('annulment-reason-required');
    publishedCase().after(annul).when(annul).thenRejected('case-annulled');
  });

  it.each([
    [
      'a draft',
      opened().after(giveConsent, step('note-document-written', { document: 'assessment' })),
      false,
    ],
    [
      'by the hospital',
      publishedCase().after(step('note-document-written', { document: 'assessment' })),
      true,
    ],
    [
      'by a receiver',
      publishedCase().after(step('note-document-written', { document: 'assessment' }, districtNurse)),
      true,
    ],
    [
      'before a refusal',
      publishedCase().after(
        step('note-document-written', { document: 'assessment' }),
        withdrawConsent,
        refuse,
      ),
      true,
    ],
  ])(
    'SVU-6: once a working document has begun it ends by discharge alone, or as another patient’s (PAT-13): %s',
    (_what, begun, published) => {
      begun.when(annul).thenRejected('working-document-begun');
      begun
        .when(step('annul', { reason: 'x' }, districtNurse))
        .thenRejected(published ? 'only-hospital-annuls' : 'draft-of-another-side');
      expect(begun.after(step('annul', { wrongPatient: true })).state.phase).toBe('annulled');
      const ended = published ? [leave({ form: 'early-end', dischargedTo: undefined })] : [];
      expect(begun.after(...ended).state.phase).toBe(published ? 'discharged' : 'draft');
    },
  );

  it('ACC-2: an annulled draft stays unknown to the receivers', () => {
    opened()
      .after(annul)
      .when(step('annul', { reason: 'x' }, districtNurse))
      .thenRejected('draft-of-another-side');
  });

  const ofAnother = step('annul', { wrongPatient: true });

  it.each([
    ['a published case', publishedCase(), true],
    ['one that is discharged', publishedCase().after(discharge), true],
    ['one of a patient who refused', publishedCase().after(refuse), false],
    ['one of which the patient withdrew her consent', publishedCase().after(withdrawConsent), false],
  ])(
    'PAT-13: as another patient’s it is annulled at any time, and all who were told are told: %s',
    (_what, course, saysWhy) => {
      const { state } = course.after(ofAnother);
      expect(state).toMatchObject({ phase: 'annulled', wrongPatient: true });
      expect(openTodos(state)).toEqual([]);
      expect(state.notices['annulled:1']).toMatchObject({
        // CON-5, CON-8: of why nothing is told where no decision lets it be.
        content: saysWhy ? { annulledBecause: 'wrong-patient' } : {},
        recipients: [units.healthCentre, units.homeNursing, units.needsAssessment].toSorted(),
      });
      course.after(ofAnother).when(undo).thenRejected('case-annulled');
    },
  );

  it('PAT-13: by the hospital, without words, and otherwise not after the discharge (SVU-6)', () => {
    publishedCase()
      .when({ ...ofAnother, by: districtNurse })
      .thenRejected('only-hospital-annuls');
    publishedCase()
      .when(step('annul', { wrongPatient: true, reason: 'Det var Berta' }))
      .thenRejected('wrong-patient-without-words', { field: 'reason' });
    publishedCase().after(discharge).when(annul).thenRejected('case-locked');
  });

  it('CON-5: under refusal no reason is asked for or told', () => {
    const { state } = publishedCase().after(refuse, step('annul', {}));
    expect(state.notices['annulled:1']?.content).toEqual({});
  });
});
