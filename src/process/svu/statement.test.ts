import {
  districtNurse,
  homeNurse,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  otherNurse,
  reader,
  secondNeedsAssessor,
  teacher,
  units,
} from '../../../test/support/process/cast.js';
import {
  centreWrites,
  completed,
  completes,
  hospitalWrites,
  municipalityWrites,
  reopens,
  saves,
  signedByAll,
  signs,
  Statement,
  takes,
} from '../../../test/support/process/statement.js';
import {
  discharge,
  giveConsent,
  inform,
  opened,
  publishedCase,
  step,
  undo,
  withdrawConsent,
} from '../../../test/support/process/svu.js';
import { newest } from '../../../test/support/policies.js';
import type { Side } from '../vocabulary.js';

/** The routine of an organisation that has each part complete before anybody signs. */
const { settings, ...skane } = newest('skane');
const wholeFirst = { ...skane, settings: { ...settings, statementSignedWhole: true } };
const joins = (unit: string, side: Side) =>
  takes(step('add-participant', { unit, unitName: 'Tillagd', side, organisation: '' }));
const leaves = (unit: string) =>
  takes(step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' }));
const municipality = [units.needsAssessment, units.homeNursing];
const all = [units.ward, units.healthCentre, ...municipality].toSorted();

describe('The parts of the statement', () => {
  it('SVU-16: the others wait until the hospital has marked its part complete, with all that is required', () => {
    const begun = Statement.begin().after(...hospitalWrites.slice(0, 2));
    expect([begun.step, begun.asked('complete-statement')]).toEqual(['awaiting', [units.ward]]);
    expect(begun.rejects(completes())).toBe('part-not-complete');
    expect(begun.rejects(saves(districtNurse, 'doctor', 'Dr Ek'))).toBe('statement-not-complete');
    expect(begun.rejects(signs(nurse))).toBe('statement-not-complete');
    const done = begun.after(...hospitalWrites, completes());
    expect(done.asked('complete-statement')).toEqual([]);
    expect(done.asked('sign-statement').toSorted()).toEqual(all);
    expect(done.rejects(saves(districtNurse, 'doctor', 'Dr Ek'))).toBeUndefined();
  });

  it('SVU-16: nothing is asked of anybody before somebody has written in it', () => {
    const begun = Statement.begin();
    expect([begun.step, begun.asked('complete-statement')]).toEqual(['not-begun', []]);
    expect(begun.rejects(completes())).toBe('part-not-complete');
  });

  it('SVU-16: what the hospital takes away afterwards closes the others again', () => {
    const emptied = completed().after(signs(nurse), saves(nurse, 'words'));
    expect([emptied.signed, emptied.asked('complete-statement')]).toEqual([[], [units.ward]]);
    expect(emptied.rejects(saves(districtNurse, 'doctor', 'Dr Ek'))).toBe('statement-not-complete');
  });

  it('SVU-17, SVU-18: a side signs when its own part is complete', () => {
    expect(completed().rejects(signs(districtNurse))).toBe('part-not-complete');
    expect(completed().rejects(signs(needsAssessor))).toBe('part-not-complete');
    expect(
      completed()
        .after(...centreWrites)
        .rejects(signs(districtNurse)),
    ).toBeUndefined();
    expect(
      completed()
        .after(...municipalityWrites)
        .rejects(signs(homeNurse)),
    ).toBeUndefined();
  });

  it('SVU-17: a no clears every signature and hands the statement back, and nobody signs before a yes', () => {
    const before = completed().after(signs(nurse), ...municipalityWrites, signs(needsAssessor));
    const no = before.after(saves(districtNurse, 'agrees', false));
    expect([no.signed, no.step, no.asked('sign-statement')]).toEqual([[], 'awaiting', []]);
    expect(no.asked('complete-statement')).toEqual([units.ward]);
    expect(no.rejects(signs(nurse))).toBe('statement-returned');
    expect(no.rejects(saves(districtNurse, 'agrees', true))).toBe('statement-returned');
    const again = no.after(saves(nurse, 'stance', 'SIP behövs inte'), completes());
    expect(again.rejects(signs(nurse))).toBe('sip-stance-not-agreed');
    expect(again.after(saves(districtNurse, 'agrees', true)).rejects(signs(nurse))).toBeUndefined();
  });
});

describe('Signing the statement', () => {
  it('SVU-19: the hospital signs first, the others write and sign after it, and the step is done', () => {
    const statement = signedByAll();
    expect([statement.signed, statement.step]).toEqual([all, 'done']);
    expect(statement.asked('sign-statement')).toEqual([]);
  });

  it('SVU-19: it is partly signed until each unit of each side has', () => {
    const partly = completed().after(signs(nurse), ...centreWrites, signs(districtNurse));
    expect(partly.step).toBe('partly');
    const nearly = partly.after(...municipalityWrites, signs(needsAssessor));
    expect([nearly.step, nearly.asked('sign-statement')]).toEqual(['partly', [units.homeNursing]]);
    expect(nearly.after(signs(homeNurse)).step).toBe('done');
  });

  it('VIEW-12: it is kept who signed for the unit, and when', () => {
    const { statement } = signedByAll().state;
    expect(statement?.signatures[units.healthCentre]).toMatchObject({ by: districtNurse });
  });

  it('SVU-19: nobody signs what has changed since they read it', () => {
    const read = completed().after(...centreWrites);
    const sign = takes(step('sign-statement', { version: read.version }, districtNurse));
    expect(read.rejects(sign)).toBeUndefined();
    expect(read.after(...municipalityWrites).rejects(sign)).toBe('statement-changed');
  });

  it('ORG-2, ORG-10, ACC-1: signs who may, of the three sides', () => {
    const done = completed().after(joins(units.school, 'other'), ...municipalityWrites);
    expect(done.rejects(signs(reader))).toBe('role-lacks-responsibility');
    expect(done.rejects(signs(secondNeedsAssessor))).toBe('role-lacks-responsibility');
    expect(done.rejects(signs(teacher))).toBe('only-three-sides-sign');
    expect(done.rejects(signs(otherDistrictNurse))).toBe('not-participating');
    expect(done.asked('sign-statement').toSorted()).toEqual(all);
  });

  it('SVU-38: where the organisation asks for it, a unit signs only when all parts are complete', () => {
    const course = opened('skane', { policy: wholeFirst }).after(
      inform,
      giveConsent,
      step('publish-admission-notice', {}),
    );
    const done = Statement.begin(course).after(...hospitalWrites, completes());
    expect(done.rejects(signs(nurse))).toBe('part-not-complete');
    const half = done.after(...centreWrites);
    expect(half.rejects(signs(districtNurse))).toBe('part-not-complete');
    expect(half.after(...municipalityWrites).rejects(signs(districtNurse))).toBeUndefined();
  });
});

describe('What breaks signatures', () => {
  it('SVU-20: a change by a side after it signed breaks those of all', () => {
    const signed = completed().after(signs(nurse), ...centreWrites, signs(districtNurse));
    const changed = signed.after(saves(districtNurse, 'further', 'Dr Al'));
    expect([changed.signed, changed.step]).toEqual([[], 'awaiting']);
    expect(changed.asked('sign-statement').toSorted()).toEqual(all);
    expect(signed.after(saves(nurse, 'words', 'Vill inte hem')).signed).toEqual([]);
  });

  it('SVU-20: a text that somebody has signed does not change under the signature, though its side has not signed', () => {
    const written = completed().after(signs(nurse), saves(districtNurse, 'doctor', 'Dr Ek'));
    const signed = written.after(...municipalityWrites, signs(needsAssessor));
    expect(signed.signed).toEqual([units.needsAssessment, units.ward].toSorted());
    expect(signed.after(saves(districtNurse, 'doctor', 'Dr Al')).signed).toEqual([units.ward]);
  });

  it('SVU-20: what all have signed nobody changes before the hospital has opened it again', () => {
    const statement = signedByAll();
    for (const [by, linkId] of [
      [nurse, 'words'],
      [districtNurse, 'doctor'],
      [needsAssessor, 'measures'],
    ] as const)
      expect(statement.rejects(saves(by, linkId, 'Annat'))).toBe('statement-signed');
    for (const by of [districtNurse, needsAssessor, homeNurse])
      expect(statement.rejects(reopens(by))).toBe('only-hospital-completes-statement');
    const reopened = statement.after(reopens());
    expect([reopened.signed, reopened.step]).toEqual([[], 'awaiting']);
    expect(reopened.asked('complete-statement')).toEqual([units.ward]);
    expect(reopened.rejects(saves(districtNurse, 'doctor', 'Dr Al'))).toBe('statement-not-complete');
  });

  it('SVU-19: a unit that joins late is asked to sign, and the rest stands', () => {
    const later = signedByAll().after(joins(units.otherHealthCentre, 'outpatient'));
    expect([later.signed, later.step]).toEqual([all, 'partly']);
    expect(later.asked('sign-statement')).toEqual([units.otherHealthCentre]);
    expect(later.after(signs(otherDistrictNurse)).step).toBe('done');
  });

  it('ACC-7, SVU-19: who leaves unsigned is waited for no more, and what the others signed stands', () => {
    const nearly = completed().after(
      signs(nurse),
      ...centreWrites,
      signs(districtNurse),
      ...municipalityWrites,
      signs(needsAssessor),
    );
    const left = nearly.after(leaves(units.homeNursing));
    expect([left.step, left.asked('sign-statement')]).toEqual(['done', []]);
    const gone = nearly.after(leaves(units.needsAssessment));
    expect(gone.signed).toEqual([units.healthCentre, units.ward].toSorted());
    const back = gone.after(joins(units.needsAssessment, 'municipality'));
    expect(back.asked('sign-statement').toSorted()).toEqual(municipality.toSorted());
  });

  it('SVU-19: a side of which nobody takes part has not signed', () => {
    const alone = completed().after(
      leaves(units.homeNursing),
      leaves(units.needsAssessment),
      signs(nurse),
      ...centreWrites,
      signs(districtNurse),
    );
    expect(alone.step).toBe('partly');
  });

  it('ORG-3: the hospital of another organisation signs for its unit, and completes and opens nothing', () => {
    const abroad = { ...otherNurse, unit: 'SE2321000099-W900', organisation: '232100-0099' };
    const join = takes(
      step('add-participant', {
        unit: abroad.unit,
        unitName: 'Universitetssjukhuset',
        side: 'hospital',
        organisation: abroad.organisation,
      }),
    );
    const done = completed().after(join);
    expect(done.rejects(reopens(abroad))).toBe('step-of-another-organisation');
    expect(done.after(reopens()).rejects(completes(abroad))).toBe('step-of-another-organisation');
    expect(done.after(signs(abroad)).signed).toEqual([abroad.unit]);
  });

  it('SVU-25: another ward takes over what the one before had to do', () => {
    const begun = Statement.begin().after(...hospitalWrites);
    const ward = takes(
      step('add-participant', {
        unit: units.otherWard,
        unitName: 'B',
        side: 'hospital',
        organisation: '232100-0016',
      }),
    );
    const handed = begun.after(ward, leaves(units.ward));
    expect(handed.asked('complete-statement')).toEqual([units.otherWard]);
    expect(handed.after(completes(otherNurse)).asked('complete-statement')).toEqual([]);
  });
});

describe('The statement of a case that is over, or whose consent is gone', () => {
  it('SVU-23: a case that is discharged is locked; undone it goes on where it was (SVU-24)', () => {
    const before = completed().after(signs(nurse));
    const over = before.after(takes(discharge));
    for (const move of [completes(), signs(districtNurse), reopens(), saves(nurse, 'words', 'Nej')])
      expect(over.rejects(move)).toBe('case-locked');
    expect([over.signed, over.asked('sign-statement')]).toEqual([[units.ward], []]);
    const again = over.after(takes(undo));
    expect([again.signed, again.asked('sign-statement').toSorted()]).toEqual([
      [units.ward],
      before.asked('sign-statement').toSorted(),
    ]);
  });

  it('CON-8: without a decision nobody signs; what was signed stands', () => {
    const without = signedByAll().after(takes(withdrawConsent));
    expect([without.signed, without.rejects(reopens())]).toEqual([all, 'no-current-decision']);
  });

  it('SVU-32: a policy without a statement has no step, and refuses it', () => {
    const { state } = publishedCase('norrbotten');
    expect(state.steps).not.toHaveProperty('statement');
    publishedCase('norrbotten').when(step('complete-statement', {})).thenRejected('document-not-of-policy');
  });

  it('SVU-20: signing and changing in turn lets nothing grow', () => {
    const turn = [saves(nurse, 'words', 'A'), signs(nurse), saves(nurse, 'words', 'B'), signs(nurse)];
    const many = Array.from({ length: 15 }, () => turn).flat();
    const { todos } = completed().after(...many).state;
    expect(Object.keys(todos).length).toBeLessThan(40);
  });
});
