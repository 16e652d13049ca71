import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  otherNurse,
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
import type { SvuEvent } from '../svu/subjects.js';
import { svu } from '../svu/svu.js';

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
      recipients: expect.arrayContaining([units.otherHealthCentre]),
      content: { unit: units.otherHealthCentre },
    });
    expect(state.todos[`acknowledge-admission-notice:${units.otherHealthCentre}:1`]).toMatchObject({
      state: 'requested',
      about: 'admission-notice:2',
    });
    expect(state.notices['admission-notice:2']?.recipients).toEqual([units.otherHealthCentre]);
    expect(state.steps['admission-notice']).toBe('awaiting');
  });

  it('ADR-15: who takes part is told which unit was added and by which, and the case keeps it', () => {
    const { state } = publishedCase().after(add(units.otherHealthCentre, 'outpatient', districtNurse));
    expect(state.participants[units.otherHealthCentre]?.addedBy).toBe(units.healthCentre);
    expect(state.participants[units.homeNursing]?.addedBy).toBeUndefined();
    expect(state.notices['participant-added:1']).toMatchObject({
      recipients: [units.otherHealthCentre, units.needsAssessment, units.homeNursing, units.ward],
      content: { unit: units.otherHealthCentre, addedBy: units.healthCentre },
    });
  });

  it('ADR-15, ACC-2: of a draft the own side alone is told', () => {
    const { state } = opened().after(
      add(units.otherWard, 'hospital'),
      add('SE2321000016-W199', 'hospital', otherNurse),
    );
    expect(Object.values(state.notices).map(({ recipients }) => recipients)).toEqual([
      [units.otherWard],
      ['SE2321000016-W199', units.ward],
    ]);
  });

  it('ADR-15, ACC-2: of a draft the own side is told of a unit of another side too, which itself is not', () => {
    const two = opened().after(add(units.otherWard, 'hospital'));
    const { state, events } = two.after(add(units.otherHealthCentre, 'outpatient', otherNurse));
    expect(state.notices['participant-added:2']).toMatchObject({
      recipients: [units.ward],
      content: { unit: units.otherHealthCentre, addedBy: units.otherWard },
    });
    const { draftTold, ...data } = (events.at(-1)?.data ?? {}) as { draftTold?: true };
    expect(draftTold).toBe(true);
    expect(svu.evolve(two.state, { ...events.at(-1), data } as SvuEvent).notices).toEqual(two.state.notices);
  });

  it('ADR-15, CON-5: under a refusal the notice names no adder, and of a unit of the hospital the hospital alone is told', () => {
    const { state } = publishedCase().after(
      refuse,
      add(units.otherWard, 'hospital'),
      add(units.otherHealthCentre, 'outpatient'),
    );
    expect(state.notices['participant-added:1']).toMatchObject({ recipients: [units.otherWard] });
    expect(state.notices['participant-added:2']?.content).toEqual({ unit: units.otherHealthCentre });
    expect(state.notices['participant-added:2']?.recipients).toContain(units.needsAssessment);
  });

  it('ADR-15: of a log that does not say that the others were told, the unit alone was, and nobody is told which unit added it', () => {
    const added = publishedCase().after(add(units.otherHealthCentre, 'outpatient')).events.at(-1);
    const { othersTold, ...data } = (added?.data ?? {}) as { othersTold?: true };
    expect(othersTold).toBe(true);
    const { notices, participants } = svu.evolve(publishedCase().state, { ...added, data } as SvuEvent);
    expect(notices['participant-added:1']?.recipients).toEqual([units.otherHealthCentre]);
    expect(notices['participant-added:1']?.content).toEqual({ unit: units.otherHealthCentre });
    expect(participants[units.otherHealthCentre]).not.toHaveProperty('addedBy');
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
    const { state } = publishedCase().after(
      add(units.otherHealthCentre, 'outpatient'),
      remove(units.otherHealthCentre, needsAssessor, { confirmed: true }),
    );
    expect(state.notices['participant-removed:1']?.recipients).toEqual([units.otherHealthCentre]);
  });

  it.each([nurse, districtNurse, needsAssessor])(
    'ADR-16: a unit that a register named is not removed without a reason, which all are told',
    (by) => {
      publishedCase()
        .when(remove(units.homeNursing, by, { confirmed: true }))
        .thenRejected('preselected-needs-reason', { field: 'reason' });
      const { state } = publishedCase().after(
        remove(units.homeNursing, by, { confirmed: true, reason: 'Har inga insatser' }),
      );
      const all = [units.homeNursing, units.healthCentre, units.needsAssessment, units.ward];
      expect(state.notices['participant-removed:1']).toMatchObject({
        recipients: expect.arrayContaining(all.filter((unit) => unit !== by.unit)),
        content: { unit: units.homeNursing, reason: 'Har inga insatser' },
      });
    },
  );

  it('ADR-16: also of a draft, and there the own side alone is told (ACC-2)', () => {
    const draft = opened().after(add(units.otherWard, 'hospital'));
    draft
      .when(remove(units.homeNursing, nurse, { confirmed: true }))
      .thenRejected('preselected-needs-reason', { field: 'reason' });
    const { state } = draft.after(remove(units.homeNursing, nurse, { confirmed: true, reason: 'Fel enhet' }));
    expect(state.notices['participant-removed:1']?.recipients).toEqual([units.otherWard]);
  });

  it('ADR-16, CON-5: under a refusal no reason is taken, and the others are told that the unit is gone', () => {
    const refused = publishedCase().after(refuse);
    refused
      .when(remove(units.homeNursing, nurse, { confirmed: true, reason: 'Har inga insatser' }))
      .thenRejected('refusal-shares-minimum', { field: 'reason' });
    const { state } = refused.after(remove(units.homeNursing, nurse, { confirmed: true }));
    expect(state.notices['participant-removed:1']).toMatchObject({
      recipients: [units.homeNursing, units.needsAssessment, units.healthCentre],
      content: { unit: units.homeNursing },
    });
  });

  it('ADR-16: a unit added by hand is removed without a reason, and one that leaves by itself too', () => {
    const added = publishedCase().after(add(units.otherHealthCentre, 'outpatient'));
    added.when(remove(units.otherHealthCentre, nurse, { confirmed: true })).thenEvents({
      type: 'ParticipantRemoved',
      data: { unit: units.otherHealthCentre },
    });
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
