import { units } from '../../../test/support/process/cast.js';
import {
  minute,
  inTurn,
  centreDone,
  assessorDone,
  homeDone,
  allDone,
  joins,
  leaves,
  unfreeze,
  again,
  leave,
  published,
  key,
  receivers,
  asked,
  ofAll,
  standing,
  warned,
} from '../../../test/support/process/planning.js';
import {
  changeDate,
  fact,
  freeze,
  publishedCase,
  publishedUnderRefusal,
  reportReady,
  step,
  undo,
  withdrawConsent,
  withdrawReady,
} from '../../../test/support/process/svu.js';
import type { Case } from '../../../test/support/process/svu.js';
import { Course } from '../../../test/support/process/given.js';
import type { SvuCommand, SvuEvent } from './subjects.js';
import { svu } from './svu.js';

describe('What was said of own planning', () => {
  const moves: readonly (readonly [string, readonly SvuCommand[], readonly SvuCommand[], string])[] = [
    ['the planned discharge moves', [], [changeDate], 'beräknat utskrivningsdatum har ändrats'],
    ['ready is withdrawn', [reportReady], [withdrawReady], 'meddelandet om utskrivningsklar har återtagits'],
    ['the discharge is undone', [], [leave('no-contact-calls-to-sip'), undo], 'utskrivningen har ångrats'],
  ];
  it.each(moves)(
    'SVU-27: does not stand once %s: all are told, once of each unit, and asked anew',
    (_, before, after, cause) => {
      const course = inTurn(published(...before, ...allDone), 20, ...after);
      const moved = (unit: string) =>
        `Egen planering inte bekräftad\nAtt planeringen är klar gäller inte längre.\nEnhet: ${unit}\nOrsak till att planeringen inte gäller: ${cause}`;
      expect(standing(course).toSorted()).toEqual(receivers.map(moved).toSorted());
      expect(asked(course)).toEqual(ofAll(2));
      expect(warned(course)).toBe(`units-not-ready: ${receivers.toSorted().join(', ')}`);
      const anew = inTurn(course, 30, centreDone, assessorDone, homeDone);
      expect(asked(anew)).toEqual([]);
      // What each unit says anew takes the place of what was told of it.
      expect(standing(anew).map((text) => text.split('\n')[0])).toEqual(
        Array.from({ length: 3 }, () => 'Egen planering klar'),
      );
    },
  );

  it('SVU-27: stands when ready comes, another doctor takes it, or the ward changes', () => {
    const other = {
      ...reportReady,
      data: { ...reportReady.data, doctor: 'SE2321000016-1010' },
    } as SvuCommand;
    const ward = fact('change-ward', { ward: units.otherWard, wardName: 'Avdelning 2', known: true });
    const course = inTurn(published(...allDone), 20, reportReady, other);
    expect([asked(course), warned(course)]).toEqual([[], '']);
    expect(asked(inTurn(course, 30, ward))).toEqual([]);
  });

  it('SVU-27: of a unit that leaves does not stand; the municipality is asked anew when nobody there says from when', () => {
    const left = inTurn(published(...allDone), 20, leaves(units.homeNursing));
    expect(asked(left)).toEqual([key(units.needsAssessment, 2)]);
    expect(
      standing(left)
        .map((text) => text.split('\n').slice(-2).join(' '))
        .toSorted(),
    ).toEqual([
      expect.stringMatching(/^Enhet: SE2120000001-K301 .*kommunen har inte angett när/u),
      expect.stringMatching(/^Enhet: SE2120000001-K302 .*enheten deltar inte längre/u),
      `Enheten är klar med sin egen planering. Enhet: ${units.healthCentre}`,
    ]);
    inTurn(left, 30).when(assessorDone).thenRejected('welcome-home-missing');
    const other = inTurn(published(assessorDone), 20, leaves(units.homeNursing));
    expect(asked(other)).toEqual([key(units.needsAssessment, 2), key(units.healthCentre)]);
    expect(warned(other)).toBe(
      `units-not-ready: ${[units.needsAssessment, units.healthCentre].toSorted().join(', ')}`,
    );
  });

  it('CON-8, PAT-6, SVU-27: what moved while nobody could be told is told when the case goes on', () => {
    const silent = step('remove-participant', { unit: units.homeNursing, confirmed: true });
    const without = inTurn(published(...allDone, withdrawConsent), 20, silent);
    expect(standing(without).filter((text) => text.includes('inte bekräftad'))).toEqual([]);
    expect(
      standing(inTurn(without, 30, again)).filter((text) => text.includes('inte bekräftad')),
    ).toHaveLength(2);
    const frozen = inTurn(published(...allDone), 20, freeze, unfreeze);
    expect(asked(frozen)).toEqual([]);
    expect(asked(inTurn(published(centreDone), 20, freeze, unfreeze))).toEqual([
      key(units.needsAssessment),
      key(units.homeNursing),
    ]);
  });
});

describe('Planning that is open when ready comes', () => {
  const deadlines = ({ state }: Case) =>
    Object.values(state.todos)
      .filter(({ kind, state: how }) => kind === 'report-planning-done' && how === 'requested')
      .map(({ deadline }) => deadline);

  it('SVU-27: is late at once, and not any more when ready is withdrawn', () => {
    const ready = inTurn(published(centreDone), 20, reportReady);
    expect(deadlines(ready)).toEqual([minute(20), minute(20)]);
    ready
      .when(fact('note-deadlines', {}, minute(21)))
      .thenEvents(
        { type: 'TodoOverdue', data: { deadline: minute(20) } },
        { type: 'TodoOverdue', data: { deadline: minute(20) } },
      );
    const withdrawn = inTurn(ready, 30, withdrawReady);
    expect(deadlines(withdrawn)).toEqual([undefined, undefined, undefined]);
    expect(deadlines(inTurn(withdrawn, 40, reportReady))).toEqual([minute(40), minute(40), minute(40)]);
  });

  it('SVU-27: of who is asked after ready has no time, for the sources name none', () => {
    const late = inTurn(published(...allDone, reportReady), 20, joins(units.otherHealthCentre, 'outpatient'));
    expect(deadlines(late)).toEqual([undefined]);
  });
});

describe('The warning at discharge', () => {
  it.each([
    ['nobody', [], receivers],
    ['one', [centreDone], [units.needsAssessment, units.homeNursing]],
    ['two', [centreDone, homeDone], [units.needsAssessment]],
    ['all', allDone, []],
  ] as const)('SVU-36: lists exactly the units that have not said it, where %s has', (_, said, missing) => {
    const course = published(...said);
    expect(warned(course)).toBe(
      missing.length === 0 ? '' : `units-not-ready: ${missing.toSorted().join(', ')}`,
    );
    course.when(leave('no-contact-calls-to-sip', 'units-not-ready')).thenEvents({
      type: 'Discharged',
      data: {
        confirmedWarnings: ['no-contact-calls-to-sip', ...(missing.length === 0 ? [] : ['units-not-ready'])],
      },
    });
  });

  it('SVU-36: none of an early end, under a refusal, or where nobody says it', () => {
    const early = step('discharge', { dischargedAt: minute(0), form: 'early-end', confirmedWarnings: [] });
    published()
      .when({ ...early, at: minute(1) })
      .thenEvents({ type: 'Discharged', data: { confirmedWarnings: [] } });
    const refused = step('discharge', {
      dischargedAt: minute(0),
      form: 'discharge',
      dischargedTo: 'Ordinärt boende',
      confirmedWarnings: [],
    });
    publishedUnderRefusal('norrbotten')
      .when({ ...refused, at: minute(1) })
      .thenEvents({ type: 'Discharged', data: { confirmedWarnings: [] } });
    publishedCase('skane')
      .when(leave('no-contact-calls-to-sip'))
      .thenEvents({ type: 'Discharged', data: {} });
  });

  it('SVU-27, SVU-36: a case that was opened before the policy had it said folds as it did', () => {
    const older = published(reportReady).events.map((event): SvuEvent => {
      if (event.type !== 'CaseOpened') return event;
      const { planningReported: _later, ...settings } = event.data.policy.settings as Record<string, unknown>;
      const policy = { ...event.data.policy, settings } as typeof event.data.policy;
      return { ...event, data: { ...event.data, policy } };
    });
    const course = new Course(svu, older);
    expect(asked(course)).toEqual([]);
    expect(warned(course)).toBe('');
  });
});
