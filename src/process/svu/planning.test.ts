import {
  districtNurse,
  homeNurse,
  municipalReader,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  teacher,
  units,
} from '../../../test/support/process/cast.js';
import {
  minute,
  inTurn,
  welcomeFrom,
  done,
  centreDone,
  assessorDone,
  homeDone,
  joins,
  leaves,
  again,
  inFull,
  leave,
  published,
  key,
  asked,
  ofAll,
  texts,
  standing,
  allDone,
} from '../../../test/support/process/planning.js';
import {
  annul,
  freeze,
  giveConsent,
  inform,
  opened,
  publishedCase,
  publishedUnderRefusal,
  refuse,
  reportReady,
  step,
  withdrawConsent,
} from '../../../test/support/process/svu.js';

describe('Own planning', () => {
  it('SVU-27: each unit of outpatient care and the municipality is asked from the admission notice in full', () => {
    expect(asked(opened('norrbotten').after(inform, giveConsent))).toEqual([]);
    expect(asked(published())).toEqual(ofAll(1));
    expect(published().state.todos[key(units.healthCentre)]).toMatchObject({ responsibility: 'write' });
    expect(published().state.todos[key(units.healthCentre)]?.deadline).toBeUndefined();
  });

  it('SVU-27: a unit says that it is done, which everybody is told and which ends its to-do alone', () => {
    const course = published(centreDone);
    expect(asked(course)).toEqual([key(units.needsAssessment), key(units.homeNursing)]);
    expect(course.state.todos[key(units.healthCentre)]).toMatchObject({
      state: 'completed',
      endedBy: districtNurse,
    });
    expect(course.state.notices['planning-done:1']).toMatchObject({
      recipients: [units.homeNursing, units.needsAssessment, units.ward].toSorted(),
      content: { unit: units.healthCentre },
    });
    expect(texts(course)).toEqual([
      `Egen planering klar\nEnheten är klar med sin egen planering.\nEnhet: ${units.healthCentre}`,
    ]);
    course.when(centreDone).thenNothing();
    published()
      .when(step('complete-todo', { key: key(units.healthCentre) }, districtNurse))
      .thenRejected('todo-ends-by-its-step');
  });

  it('SVU-27: the municipality says from when the patient is welcome, one unit for all, at the latest the last', () => {
    published().when(assessorDone).thenAccepted();
    published(assessorDone)
      .when(done(homeNurse))
      .thenRejected('welcome-home-missing', { field: 'welcomeFrom' });
    published(homeDone).when(assessorDone).thenAccepted();
    const course = published(...allDone);
    expect(asked(course)).toEqual([]);
    expect(texts(course).join('\n')).toContain('Välkommen hem från: 2026-03-06 kl. 14.00');
    // Who said it last takes it back.
    course.when(done(homeNurse)).thenRejected('welcome-home-missing');
    course.when(done(needsAssessor, { welcomeFrom })).thenAccepted();
  });

  it('VIEW-12, SVU-27: said again otherwise it is changed, of that unit alone', () => {
    const later = done(homeNurse, { welcomeFrom: '2026-03-07T09:00:00.000Z' });
    const course = published(...allDone, later);
    expect(standing(course)).toHaveLength(3);
    expect(texts(course).filter((text) => text.startsWith('Gäller inte längre'))).toEqual([
      expect.stringContaining('Välkommen hem från: 2026-03-06 kl. 14.00'),
    ]);
    expect(standing(course).join('\n')).toContain('Ändrat. Ersätter meddelandet från');
  });

  it.each([
    [
      'outpatient care, from when she is welcome',
      done(districtNurse, { welcomeFrom }),
      'welcome-home-of-municipality',
    ],
    ['a time that is none', done(homeNurse, { welcomeFrom: 'fredag' }), 'time-not-understood'],
    [
      'a day that has passed',
      done(homeNurse, { welcomeFrom: '2026-03-01T10:00:00.000Z' }),
      'welcome-home-passed',
    ],
    ['the ward', done(nurse), 'only-planners-report-planning'],
    ['who only reads', done(municipalReader), 'role-lacks-responsibility'],
    ['who does not take part', done(otherDistrictNurse), 'not-participating'],
  ])('SVU-27: is refused: %s', (_, command, code) => {
    published()
      .when({ ...command, at: minute(1) })
      .thenRejected(code);
  });

  it('SVU-27: is refused of a unit of another side, a draft, and a case that is over or frozen', () => {
    const school = step('add-participant', {
      unit: units.school,
      unitName: 'Norra skolan',
      side: 'other',
      organisation: '212000-0002',
    });
    published(school).when(done(teacher)).thenRejected('only-planners-report-planning');
    opened('norrbotten').when(centreDone).thenRejected('draft-of-another-side');
    published(leave('no-contact-calls-to-sip', 'units-not-ready'))
      .when(centreDone)
      .thenRejected('case-locked');
    published(freeze).when(centreDone).thenRejected('case-frozen');
    published(annul).when(centreDone).thenRejected('case-annulled');
  });

  it.each(['skane', 'vasterbotten'] as const)(
    'SVU-32: under %s nobody is asked and it is refused',
    (policy) => {
      expect(asked(publishedCase(policy).after(reportReady))).toEqual([]);
      publishedCase(policy).when(centreDone).thenRejected('planning-not-reported-here');
    },
  );

  it('CON-8, SVU-27: nothing is said, and nobody new is asked, while no decision stands', () => {
    const without = published(withdrawConsent, joins(units.otherHealthCentre, 'outpatient'));
    without.when(centreDone).thenRejected('no-current-decision');
    expect(asked(without)).toEqual(ofAll(1));
    expect(asked(inTurn(without, 10, again))).toContain(key(units.otherHealthCentre));
  });

  it('CON-5, SVU-27: nothing of it under a refusal, not even what was said before', () => {
    publishedUnderRefusal('norrbotten').when(centreDone).thenRejected('refusal-shares-minimum');
    expect(asked(publishedUnderRefusal('norrbotten'))).toEqual([]);
    publishedUnderRefusal('norrbotten')
      .after(giveConsent)
      .when(centreDone)
      .thenRejected('publish-in-full-first');
    const refused = inTurn(published(centreDone, homeDone), 10, refuse);
    expect(asked(refused)).toEqual([]);
    expect(JSON.stringify(refused.state)).not.toContain(welcomeFrom);
    expect(asked(inTurn(refused, 20, again))).toEqual([]);
    const shared = inTurn(refused, 20, again, inFull);
    expect(asked(shared)).toEqual(
      [key(units.healthCentre, 2), key(units.homeNursing, 2), key(units.needsAssessment, 2)].toSorted(),
    );
    const removed = expect.stringContaining('uppgiften har tagits bort ur ärendet');
    expect(standing(shared)).toEqual([removed, removed]);
    expect(
      asked(
        inTurn(
          published(leave('no-contact-calls-to-sip', 'units-not-ready')),
          10,
          refuse,
          step('undo-discharge', {}),
        ),
      ),
    ).toEqual([]);
  });

  it('SVU-27, ADR-10: who joins late is asked; who leaves is not', () => {
    const course = published(...allDone, joins(units.otherHealthCentre, 'outpatient'));
    expect(asked(course)).toEqual([key(units.otherHealthCentre)]);
    expect(asked(inTurn(course, 10, leaves(units.otherHealthCentre)))).toEqual([]);
  });
});
