import { policyNames } from '../../../test/support/policies.js';
import { districtNurse, needsAssessor, nurse, units } from '../../../test/support/process/cast.js';
import {
  annul,
  assessHarm,
  changeDate,
  discharge,
  dischargedCase,
  fact,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publish,
  publishedCase,
  refuse,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';

const leave = (more: object = {}) =>
  step('discharge', {
    dischargedAt: now,
    form: 'discharge',
    dischargedTo: 'Ordinärt boende',
    confirmedWarnings: ['no-contact-calls-to-sip'],
    ...more,
  });

const nameContact = (callsToSip: boolean) =>
  step(
    'name-contact',
    {
      contact: 'SE2321000016-2001',
      contactName: 'Ulla Ek',
      isOfOutpatientCare: true,
      callsToSip,
      ...(callsToSip ? {} : { responsibility: 'Dialys' }),
    },
    districtNurse,
  );

describe('Discharge', () => {
  it('SVU-21: it has date, form, where to and a comment', () => {
    const { state } = publishedCase().after(leave({ comment: 'Bor hos dottern' }));
    expect(state.phase).toBe('discharged');
    expect(state.discharge).toMatchObject({ dischargedTo: 'Ordinärt boende', comment: 'Bor hos dottern' });
    expect(state.steps.discharge).toBe('done');
    expect(state.notices['discharge:1']?.recipients).toContain(units.healthCentre);
  });

  it.each([
    ['a discharge without where to', { dischargedTo: ' ' }, 'discharged-to-required'],
    ['one in the future', { dischargedAt: '2026-03-02T08:06:00.000Z' }, 'discharge-in-the-future'],
    ['one before the admission', { dischargedAt: '2026-03-02T06:00:00.000Z' }, 'discharged-before-admission'],
    ['a time without its zone', { dischargedAt: '2026-03-02T06:00:00' }, 'time-not-understood'],
  ] as const)('SVU-21: %s is refused', (_what, more, code) => {
    publishedCase().when(leave(more)).thenRejected(code);
  });

  it.each(policyNames)(
    'SVU-21, CON-8: under %s a case can end early without a decision and open again, and tells that and no more',
    (policy) => {
      const undecided = publishedCase(policy).after(withdrawConsent);
      undecided.when(leave()).thenRejected('no-current-decision');
      const end = { form: 'early-end', dischargedTo: undefined, confirmedWarnings: [] };
      undecided
        .when(leave({ ...end, comment: 'Hos dottern' }))
        .thenRejected('no-text-without-decision', { field: 'comment' });
      const blind = 'SE2120000001-K399';
      const join = step('add-participant', {
        unit: blind,
        unitName: 'Norra',
        side: 'municipality',
        organisation: '212000-0001',
      });
      const { state } = undecided.after(join, leave(end));
      expect(state.phase).toBe('discharged');
      expect(state.notices['discharge:1']).toMatchObject({
        personal: true,
        content: { dischargedAt: now, form: 'early-end' },
      });
      expect(state.notices['discharge:1']?.recipients).toContain(units.healthCentre);
      expect(state.notices['discharge:2']).toMatchObject({
        personal: false,
        recipients: [blind],
        content: { form: 'early-end' },
      });
      const { notices } = undecided.after(join, leave(end), step('undo-discharge', {})).state;
      const presented = policy === 'vasterbotten' ? { presentedAs: 'general-message' } : {};
      expect(notices['discharge-undone:1']).toMatchObject({ personal: true, content: presented });
      expect(notices['discharge-undone:1']?.recipients).toContain(units.healthCentre);
      expect(notices['discharge-undone:1']?.recipients).not.toContain(blind);
      expect(notices['discharge-undone:2']).toMatchObject({ personal: false, recipients: [blind] });
      expect(notices['discharge-undone:2']?.content).toEqual(presented);
    },
  );

  const alone = () =>
    opened('skane', { municipality: { found: false, cause: 'municipality-unknown' } }).after(
      inform,
      giveConsent,
      publish,
    );
  const refusedThen = () => publishedCase().after(refuse);
  // What is asked of each way to end, where nobody calls to the SIP. An early end: a death, or the patient has left.
  it.each([
    ['discharged home', publishedCase, {}, ['no-contact-calls-to-sip']],
    [
      'discharged to nobody knows where',
      publishedCase,
      { dischargedTo: undefined },
      ['discharged-to-required'],
    ],
    ['a death, or left', publishedCase, { form: 'early-end', dischargedTo: undefined }, []],
    ['a death, no text as the place', publishedCase, { form: 'early-end', dischargedTo: ' ' }, []],
    [
      'moved to another hospital',
      publishedCase,
      { form: 'early-end', dischargedTo: undefined, comment: 'Lunds lasarett' },
      [],
    ],
    ['discharged, nobody in the municipality', alone, {}, ['no-receiver-of-side', 'no-contact-calls-to-sip']],
    [
      'a death, nobody in the municipality',
      alone,
      { form: 'early-end', dischargedTo: undefined },
      ['no-receiver-of-side'],
    ],
    ['discharged under refusal', refusedThen, {}, []],
    ['a death under refusal', refusedThen, { form: 'early-end', dischargedTo: undefined }, []],
  ] as const)('SVU-21: %s: asks for what it needs and nothing else', (_what, course, more, asked) => {
    const confirmedWarnings: string[] = [];
    for (const code of asked) {
      course()
        .when(leave({ ...more, confirmedWarnings }))
        .thenRejected(code);
      confirmedWarnings.push(code);
    }
    if (asked.some((code) => code === 'discharged-to-required')) return;
    const { state } = course().after(leave({ ...more, confirmedWarnings }));
    const { dischargedTo } = { dischargedTo: 'Ordinärt boende', ...more };
    expect(state.discharge).toHaveProperty('form', 'form' in more ? more.form : 'discharge');
    expect(state.discharge?.dischargedTo).toBe(dischargedTo?.trim() === '' ? undefined : dischargedTo);
    expect(openTodos(state)).toEqual([]);
  });

  it('SVU-21: nobody who calls to the SIP is a warning that can be confirmed', () => {
    publishedCase()
      .when(leave({ confirmedWarnings: [] }))
      .thenRejected('no-contact-calls-to-sip', { field: 'confirmedWarnings' });
    publishedCase()
      .when(leave())
      .thenEvents({ type: 'Discharged', data: { confirmedWarnings: ['no-contact-calls-to-sip'] } });
  });

  it('SVU-21: with such a contact there is no warning; another contact does not lift it', () => {
    publishedCase()
      .after(nameContact(true))
      .when(leave({ confirmedWarnings: [] }))
      .thenEvents({ type: 'Discharged', data: { confirmedWarnings: [] } });
    publishedCase()
      .after(nameContact(false))
      .when(leave({ confirmedWarnings: [] }))
      .thenRejected('no-contact-calls-to-sip');
  });

  it('ADR-13, SVU-21: a side that nobody takes part for is a warning that can be confirmed', () => {
    alone()
      .when(leave())
      .thenRejected('no-receiver-of-side', { field: 'confirmedWarnings', values: { side: 'municipality' } });
    const confirmedWarnings = ['no-contact-calls-to-sip', 'no-receiver-of-side'];
    alone().when(leave({ confirmedWarnings })).thenEvents({ type: 'Discharged', data: {} });
  });

  it.each([districtNurse, needsAssessor])('SVU-21: the hospital publishes it', (by) => {
    publishedCase()
      .when(step('discharge', { ...dischargeData, confirmedWarnings: [] }, by))
      .thenRejected('only-hospital-discharges');
  });

  it('SVU-21: a draft is not discharged', () => {
    opened().when(discharge).thenRejected('not-published');
  });
});

const dischargeData = { dischargedAt: now, form: 'discharge', dischargedTo: 'Ordinärt boende' } as const;

describe('After discharge', () => {
  it.each([
    ['information', inform],
    ['a harm assessment', assessHarm],
    ['the admission notice', publish],
    ['a new day', changeDate],
    ['ready', reportReady],
    ['ready withdrawn', withdrawReady],
    ['another discharge', discharge],
    ['annulling', annul],
    ['a contact', nameContact(true)],
    [
      'leaving',
      step('remove-participant', { unit: units.healthCentre, confirmed: true, reason: 'x' }, nurse),
    ],
    [
      'a new unit',
      step('add-participant', {
        unit: units.otherHealthCentre,
        unitName: 'x',
        side: 'outpatient',
        organisation: 'x',
      }),
    ],
  ])('SVU-23: every part is locked: %s', (_what, command) => {
    dischargedCase().when(command).thenRejected('case-locked');
  });

  it.each([
    fact('note-register-change', { changed: ['listing'] }),
    fact('note-admission-elsewhere', { ward: units.otherWard }),
    fact('address', { outpatient: { found: true, units: [units.otherHealthCentre] } }),
  ])('SVU-23: a fact changes nothing: $type', (command) => {
    dischargedCase().when(command).thenNothing();
  });

  it.each([
    [fact('change-ward', { ward: units.otherWard, known: true }), units.otherWard, []],
    [fact('note-journal-discharge', { dischargedAt: now }), units.ward, ['publish-discharge:1']],
  ] as const)(
    'SVU-23, SVU-24: what the journal says of the stay changes nothing, and holds when the discharge is undone: $type',
    (said, ward, asked) => {
      const told = dischargedCase().after(said);
      expect(told.state).toMatchObject({ phase: 'discharged', ward: units.ward });
      expect(openTodos(told.state)).toEqual([]);
      const undone = told.after(undo).state;
      expect(undone.ward).toBe(ward);
      expect(openTodos(undone, undone.ward)).toEqual(asked);
    },
  );

  it('SVU-23: nothing is left to do', () => {
    expect(openTodos(publishedCase().after(changeDate, reportReady, discharge).state)).toEqual([]);
  });

  it('SVU-23: what was not acknowledged does not count as done', () => {
    const { state } = publishedCase().after(
      step('complete-todo', { key: `acknowledge-admission-notice:${units.healthCentre}:1` }, districtNurse),
      discharge,
    );
    expect(state.steps['admission-notice']).toBe('partly');
  });
});
