import { journal, otherNurse, units } from '../../../test/support/process/cast.js';
import { given } from '../../../test/support/process/given.js';
import {
  discharge,
  fact,
  giveConsent,
  inform,
  now,
  opened,
  openTodos,
  publishedCase,
  publishedUnderRefusal,
  refusal,
  refusalId,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { policyNames } from '../../../test/support/policies.js';
import { svu } from './svu.js';

const move = fact('change-ward', { ward: units.otherWard, known: true });
const moveElsewhere = fact('change-ward', { ward: units.otherWard, known: true, elsewhere: true });
const thirdWard = 'SE2321000255-W103';
const journalDischarge = fact('note-journal-discharge', { dischargedAt: '2026-03-02T07:40:00.000Z' });
const addOtherWard = step('add-participant', {
  unit: units.otherWard,
  unitName: 'Ortopedavdelningen',
  side: 'hospital',
  organisation: 'o',
});
const leave = step('remove-participant', { unit: units.ward, confirmed: true }, otherNurse);
const refuseThere = step('register-decision', { decisionId: refusalId, ...refusal }, otherNurse);

describe('A02: the patient changes ward within the organisation', () => {
  it('SVU-25: the case follows the ward; it is not a discharge', () => {
    const moved = publishedCase().after(move);
    expect(moved.state).toMatchObject({ ward: units.otherWard, phase: 'published' });
    expect(moved.state.participants[units.otherWard]).toMatchObject({
      side: 'hospital',
      ground: 'ward-change',
    });
    moved
      .when(
        step(
          'report-ready',
          { date: '2026-03-02', doctor: 'd', doctorName: 'D', isHospitalDoctor: true },
          otherNurse,
        ),
      )
      .thenEvents({
        type: 'ReadyReported',
        data: {},
      });
    moved.when(discharge).thenRejected('not-participating');
  });

  it('SVU-25: the receivers keep what they have to do', () => {
    const before = publishedCase();
    expect(openTodos(before.after(move).state)).toEqual(openTodos(before.state));
  });

  it('SVU-25: what the old ward had to do is now for the new one', () => {
    const { state } = opened('skane', { outpatient: { found: false, cause: 'no-listing' } }).after(move);
    expect(state.todos['address-by-hand:outpatient']).toMatchObject({
      unit: units.otherWard,
      state: 'requested',
    });
  });

  it.each(policyNames)(
    'SVU-42: under %s it is one change, told to all from where to where, the ward that left too',
    (policy) => {
      const before = publishedCase(policy);
      const moved = before.after(move);
      expect(moved.events.slice(before.events.length).map(({ type }) => type)).toEqual(['WardChanged']);
      const { notices, participants } = moved.state;
      expect(Object.keys(notices).filter((key) => key.startsWith('participant-'))).toEqual([]);
      expect(notices['ward-changed:1']).toMatchObject({
        content: { fromWard: units.ward, toWard: units.otherWard, left: units.ward },
        recipients: [...Object.keys(participants), units.ward].toSorted(),
      });
    },
  );

  it.each(
    policyNames.flatMap((policy) =>
      (['draft', 'refused', 'undecided'] as const).map((when) => [policy, when] as const),
    ),
  )(
    'SVU-42, CON-5, CON-8, ACC-2: under %s, %s, receivers are told where the ward is theirs to know',
    (policy, when) => {
      const before = {
        draft: () => opened(policy).after(inform, giveConsent),
        refused: () => publishedUnderRefusal(policy),
        undecided: () => publishedCase(policy).after(withdrawConsent),
      }[when]();
      const told = before.after(move).state.notices['ward-changed:1'];
      const open = policy !== 'skane' && when !== 'draft';
      expect(told?.recipients.includes(units.healthCentre)).toBe(open);
      expect(told?.recipients).toEqual(expect.arrayContaining([units.ward, units.otherWard]));
      expect(told?.content).toEqual({
        left: units.ward,
        ...(open ? { fromWard: units.ward, toWard: units.otherWard } : {}),
      });
    },
  );

  it('SVU-42, CON-5: a later refusal takes the wards out of what was told, where they are not in the minimum', () => {
    const { notices } = publishedCase('skane').after(move, refuseThere).state;
    expect(notices['ward-changed:1']?.content).toEqual({ left: units.ward });
  });

  it('SVU-42, ADR-11: a ward that hands the case over by hand is a change of ward to the others', () => {
    const { state } = publishedCase().after(addOtherWard, leave);
    expect(state.ward).toBe(units.otherWard);
    expect(state.notices['participant-removed:1']?.recipients).toEqual([units.ward]);
    expect(state.notices['ward-changed:1']).toMatchObject({
      content: { fromWard: units.ward, toWard: units.otherWard },
      recipients: [units.healthCentre, units.needsAssessment, units.homeNursing].toSorted(),
    });
  });

  it('SVU-25: told twice it is one move', () => {
    publishedCase().after(move).when(move).thenNothing();
  });

  it('SVU-25, ADR-13: a ward outside the configuration: the case stays, and the ward is asked to address it', () => {
    const unknown = fact('change-ward', { ward: 'SE9999999999-X', known: false });
    const kept = publishedCase().after(unknown);
    expect(kept.state).toMatchObject({ ward: units.ward, notAddressed: { hospital: 'ward-unknown' } });
    expect(openTodos(kept.state)).toContain('address-by-hand:hospital');
    kept.when(unknown).thenNothing();
    const found = kept.after(move);
    expect(found.state.notAddressed).toEqual({});
    expect(found.state.todos['address-by-hand:hospital']?.state).toBe('completed');
  });

  it('SVU-25: a patient who is at a ward again has not gone home', () => {
    const back = publishedCase().after(
      journalDischarge,
      fact('change-ward', { ward: units.ward, known: true }),
    );
    expect(back.state.journalDischargedAt).toBeUndefined();
    expect(back.state.todos['publish-discharge:1']?.state).toBe('cancelled');
  });
});

describe('A02: the patient is moved to a ward of another organisation', () => {
  it.each(policyNames)(
    'SVU-42, ORG-3: under %s the case stays, and its ward is asked to hand it over',
    (policy) => {
      const before = publishedCase(policy);
      const { state } = before.after(moveElsewhere);
      expect(state).toMatchObject({ ward: units.ward, participants: before.state.participants });
      expect(state.notices).toEqual(before.state.notices);
      expect(state.todos['hand-over-case:1']).toMatchObject({
        unit: units.ward,
        state: 'requested',
        input: { ward: units.otherWard },
      });
    },
  );

  it('SVU-42: told twice it is one move; moved on, the ward is asked about the new one', () => {
    const asked = publishedCase().after(moveElsewhere);
    asked.when(moveElsewhere).thenNothing();
    const { state } = asked.after(fact('change-ward', { ward: thirdWard, known: true, elsewhere: true }));
    expect(openTodos(state).filter((key) => key.startsWith('hand-over-case'))).toEqual(['hand-over-case:1']);
    expect(state.todos['hand-over-case:1']?.input).toEqual({ ward: thirdWard });
  });

  it('SVU-42, ADR-11: handed over by hand, the to-do is done; moved back, it is no more', () => {
    const handed = publishedCase().after(moveElsewhere, addOtherWard, leave).state;
    expect(handed.todos['hand-over-case:1']?.state).toBe('completed');
    expect(openTodos(handed)).not.toContain('hand-over-case:1');
    const back = publishedCase().after(moveElsewhere, fact('change-ward', { ward: units.ward, known: true }));
    expect(back.state.todos['hand-over-case:1']?.state).toBe('cancelled');
    expect(back.state.notices).toEqual(publishedCase().state.notices);
  });
});

describe('Logs of before SVU-42', () => {
  it('SVU-25: units that were told to come and go by events of their own fold as they did', () => {
    const at = { at: now, by: journal };
    const { events } = publishedCase();
    const added = { unit: units.otherWard, side: 'hospital', ground: 'ward-change' } as const;
    const { state } = given(
      svu,
      ...events,
      { type: 'ParticipantAdded', ...at, data: added },
      { type: 'WardChanged', ...at, data: { ward: units.otherWard } },
      { type: 'ParticipantRemoved', ...at, data: { unit: units.ward } },
    );
    expect(state?.ward).toBe(units.otherWard);
    expect(state?.participants[units.ward]).toBeUndefined();
    const kinds = Object.values(state?.notices ?? {}).map(({ kind }) => kind);
    expect(kinds.toSorted()).toEqual(['admission-notice', 'participant-added', 'participant-removed']);
  });
});
