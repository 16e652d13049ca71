import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  reader,
  units,
} from '../../../test/support/process/cast.js';
import type { Actor, Side } from '../vocabulary.js';
import {
  changeDate,
  discharge,
  opened,
  fact,
  openTodos,
  publishedCase,
  refuse,
  reportReady,
  step,
  today,
} from '../../../test/support/process/svu.js';
import { sharedContent } from '../svu/shared-content.js';

const add = (unit: string, side: Side, by: Actor = nurse) =>
  step('add-participant', { unit, unitName: unit, side, organisation: nurse.organisation }, by);
const remove = (unit: string, by: Actor = nurse, more: { confirmed?: boolean; reason?: string } = {}) =>
  step('remove-participant', { unit, confirmed: false, ...more }, by);

describe('Adding a unit', () => {
  it.each([nurse, districtNurse, needsAssessor])('ADR-10: any participant adds one', (by) => {
    publishedCase()
      .when(add(units.otherHealthCentre, 'outpatient', by))
      .thenEvents({ type: 'ParticipantAdded', data: { ground: 'by-hand' } });
  });

  it('ADR-12: the added unit is notified, and has the admission notice to acknowledge', () => {
    const { state } = publishedCase().after(add(units.otherHealthCentre, 'outpatient'));
    expect(state.notices['participant-added:1']).toMatchObject({
      recipients: [units.otherHealthCentre],
      content: { unit: units.otherHealthCentre },
    });
    expect(state.todos[`acknowledge-admission-notice:${units.otherHealthCentre}:1`]).toMatchObject({
      state: 'requested',
      about: 'admission-notice:2',
    });
    expect(state.notices['admission-notice:2']?.recipients).toEqual([units.otherHealthCentre]);
    expect(state.steps['admission-notice']).toBe('awaiting');
  });

  it('ADR-12, ACC-2: a unit added to a draft is not notified before it is published', () => {
    const { state } = opened().after(add(units.otherHealthCentre, 'outpatient'));
    expect(state.notices).toEqual({});
  });

  it('ADR-12, SVU-9: what a unit that joins late is told, is the day that holds now', () => {
    const { state } = publishedCase().after(changeDate, add(units.otherHealthCentre, 'outpatient'));
    expect(state.notices['admission-notice:2']?.content['expectedDischarge']).toBe('2026-03-08');
  });

  it('ADR-12, SVU-13: a unit that joins when the patient is ready is told so, and acknowledges it', () => {
    const { state } = publishedCase().after(reportReady, add(units.otherHealthCentre, 'outpatient'));
    expect(state.notices['ready:2']).toMatchObject({
      recipients: [units.otherHealthCentre],
      content: { date: today, doctorName: 'Lena Åberg' },
    });
    expect(state.todos[`acknowledge-ready:${units.otherHealthCentre}:1`]?.about).toBe('ready:2');
  });

  it('ADR-10: a unit takes part once', () => {
    publishedCase().when(add(units.healthCentre, 'outpatient')).thenNothing();
  });

  it('CON-5: a unit added under refusal sees the minimum', () => {
    const { state } = publishedCase().after(refuse, add(units.otherHealthCentre, 'outpatient'));
    expect(state.participants[units.otherHealthCentre]?.seesContent).toBe(true);
    expect(sharedContent(state).level).toBe('minimum');
  });

  it('ACC-1: who does not take part adds nobody, not even itself', () => {
    publishedCase()
      .when(add(units.otherHealthCentre, 'outpatient', otherDistrictNurse))
      .thenRejected('not-participating');
  });

  it('ORG-2: a role that only reads adds nobody', () => {
    for (const by of [reader, municipalReader]) {
      publishedCase()
        .when(add(units.otherHealthCentre, 'outpatient', by))
        .thenRejected('role-lacks-responsibility');
    }
  });
});

describe('Removing a unit', () => {
  it('ADR-10: a reason is refused where the unit takes no part', () => {
    const given = { confirmed: true, reason: 'Flyttad till Hamnen' };
    publishedCase()
      .when(remove(units.otherHealthCentre, nurse, given))
      .thenRejected('unit-takes-no-part', { field: 'unit' });
    publishedCase().when(remove(units.otherHealthCentre)).thenEvents();
    const removed = publishedCase().after(remove(units.homeNursing, nurse, given));
    removed
      .when(remove(units.homeNursing, nurse, given))
      .thenRejected('unit-takes-no-part', { field: 'unit' });
    removed.when(remove(units.homeNursing)).thenEvents();
  });

  it('ADR-10: a unit removes itself without further ado', () => {
    publishedCase()
      .when(remove(units.homeNursing, homeNurse))
      .thenEvents({ type: 'ParticipantRemoved', data: { unit: units.homeNursing } });
  });

  it("ADR-10: removing another's is confirmed, and told to the removed unit", () => {
    publishedCase()
      .when(remove(units.homeNursing, needsAssessor))
      .thenRejected('removal-not-confirmed', { field: 'confirmed' });
    const { state } = publishedCase().after(remove(units.homeNursing, needsAssessor, { confirmed: true }));
    expect(state.notices['participant-removed:1']?.recipients).toEqual([units.homeNursing]);
  });

  it('ADR-11: the last unit of a side needs confirmation and a reason, and the others are told', () => {
    const last = publishedCase();
    last.when(remove(units.healthCentre)).thenRejected('last-unit-of-side', { field: 'confirmed' });
    last
      .when(remove(units.healthCentre, nurse, { confirmed: true }))
      .thenRejected('last-unit-of-side', { field: 'reason' });
    last
      .when(remove(units.healthCentre, districtNurse, { confirmed: true }))
      .thenRejected('last-unit-of-side', { field: 'reason' });
    const { state } = last.after(remove(units.healthCentre, nurse, { confirmed: true, reason: 'Flyttat' }));
    expect(state.notices['participant-removed:1']).toMatchObject({
      recipients: [units.healthCentre, units.needsAssessment, units.homeNursing],
      content: { reason: 'Flyttat' },
    });
  });

  it('ADR-11: a case is moved by adding the new unit and then removing the old', () => {
    const { state } = publishedCase().after(
      add(units.otherHealthCentre, 'outpatient', districtNurse),
      remove(units.healthCentre, districtNurse),
    );
    expect(Object.keys(state.participants)).toContain(units.otherHealthCentre);
    expect(Object.keys(state.participants)).not.toContain(units.healthCentre);
  });

  it('ADR-11: the last hospital unit stays until another has joined, which the case then follows', () => {
    publishedCase()
      .when(remove(units.ward, nurse, { confirmed: true, reason: 'x' }))
      .thenRejected('last-hospital-unit');
    const { state } = publishedCase().after(add(units.otherWard, 'hospital'), remove(units.ward));
    expect(state.ward).toBe(units.otherWard);
  });

  it('ADR-11, ADR-13: what the ward had to do for the hospital goes to the ward that takes over', () => {
    const { state } = opened('skane', {
      municipality: { found: false, cause: 'municipality-unknown' },
    }).after(
      fact('note-journal-discharge', { dischargedAt: '2026-03-02T07:40:00.000Z' }),
      add(units.otherWard, 'hospital'),
      remove(units.ward),
    );
    for (const key of ['address-by-hand:municipality', 'publish-discharge:1']) {
      expect(state.todos[key]).toMatchObject({ unit: units.otherWard, state: 'requested' });
    }
  });

  it('SVU-8, SVU-21: a contact leaves with the unit that named it', () => {
    const named = publishedCase().after(
      step(
        'name-contact',
        { contact: 'c', contactName: 'Ulla Ek', isOfOutpatientCare: true, callsToSip: true },
        districtNurse,
      ),
      add(units.otherHealthCentre, 'outpatient', districtNurse),
      remove(units.healthCentre, districtNurse),
    );
    expect(named.state.contacts).toEqual({});
    named
      .when({ ...discharge, data: { ...discharge.data, confirmedWarnings: [] } } as typeof discharge)
      .thenRejected('no-contact-calls-to-sip');
  });

  it('ORG-5: the refusal names the unit as staff know it', () => {
    publishedCase()
      .after(
        step('add-participant', {
          unit: units.otherHealthCentre,
          unitName: 'Vårdcentralen Östra',
          side: 'outpatient',
          organisation: 'x',
        }),
      )
      .when(remove(units.otherHealthCentre, needsAssessor))
      .thenRejected('removal-not-confirmed', { values: { unit: 'Vårdcentralen Östra' } });
  });

  it('ACC-7: a removed unit loses access and its to-dos at once', () => {
    const removed = publishedCase().after(changeDate, remove(units.homeNursing, homeNurse));
    expect(openTodos(removed.state).filter((key) => key.includes(units.homeNursing))).toEqual([]);
    removed
      .when(step('complete-todo', { key: `acknowledge-admission-notice:${units.homeNursing}:1` }, homeNurse))
      .thenRejected('not-participating');
  });

  it('ACC-7: a role that was removed can do nothing at once', () => {
    const withoutRole = { ...districtNurse, responsibilities: [] };
    publishedCase()
      .when(add(units.otherHealthCentre, 'outpatient', withoutRole))
      .thenRejected('role-lacks-responsibility');
  });

  it('ACC-7: the step is done once the unit that had not acknowledged has left', () => {
    const acknowledged = [districtNurse, needsAssessor].map((by) =>
      step('complete-todo', { key: `acknowledge-admission-notice:${by.unit}:1` }, by),
    );
    const { state } = publishedCase().after(...acknowledged, remove(units.homeNursing, homeNurse));
    expect(state.steps['admission-notice']).toBe('done');
  });

  it('removing who does not take part changes nothing', () => {
    publishedCase().when(remove(units.otherHealthCentre)).thenNothing();
  });

  it('SVU-7: a unit that comes back acknowledges what it had not', () => {
    const { state } = publishedCase().after(
      remove(units.homeNursing, homeNurse),
      add(units.homeNursing, 'municipality'),
    );
    expect(openTodos(state)).toContain(`acknowledge-admission-notice:${units.homeNursing}:1`);
  });
});
