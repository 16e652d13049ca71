import {
  districtNurse,
  needsAssessor,
  nurse,
  otherDistrictNurse,
  units,
} from '../../../test/support/process/cast.js';
import {
  centreWrites,
  completed,
  completes,
  municipalityWrites,
  reopens,
  saves,
  signedByAll,
  signs,
  takes,
} from '../../../test/support/process/statement.js';
import { step } from '../../../test/support/process/svu.js';
import type { UserActor } from '../vocabulary.js';
import { sharedSignatures } from './statement-state.js';

/** Who joins and leaves a statement that somebody has signed, and who writes in it then. */
const joins = takes(
  step('add-participant', {
    unit: otherDistrictNurse.unit,
    unitName: 'Vårdcentralen Hamnen',
    side: 'outpatient',
    organisation: otherDistrictNurse.organisation,
  }),
);
const leaves = (unit: string) =>
  takes(step('remove-participant', { unit, confirmed: true, reason: 'Flyttat' }));

describe('A statement that somebody has signed', () => {
  it('SVU-20: is opened by the hospital alone, whoever joins or leaves after all have signed', () => {
    const forwarded = signedByAll().after(joins, leaves(units.healthCentre));
    expect(forwarded.step).toBe('partly');
    expect(forwarded.asked('sign-statement')).toEqual([otherDistrictNurse.unit]);
    expect(forwarded.rejects(saves(otherDistrictNurse, 'doctor', 'Dr Ny'))).toBe('statement-signed');
    expect(forwarded.rejects(saves(needsAssessor, 'measures', 'Annat'))).toBe('statement-signed');
    // Who joined signs what stands.
    expect(forwarded.after(signs(otherDistrictNurse)).step).toBe('done');
    const open = forwarded.after(reopens());
    expect([open.signed, open.asked('complete-statement')]).toEqual([[], [units.ward]]);
  });

  it('SVU-20: a side that had signed changes its part: nobody’s signature stands, though the unit that signed for it has left', () => {
    const signed = completed().after(signs(nurse), ...centreWrites, signs(districtNurse));
    const left = signed.after(joins, leaves(units.healthCentre));
    expect(left.signed).toEqual([units.ward]);
    const changed = left.after(saves(otherDistrictNurse, 'doctor', 'Dr Ny'));
    expect(changed.signed).toEqual([]);
    expect(changed.asked('sign-statement')).toContain(units.ward);
  });

  it('SVU-19, VIEW-7: who has signed is told of those who take part, once all have', () => {
    const unitsOf = (of: typeof forwarded) =>
      sharedSignatures(of.state)
        ?.map(({ by }) => by.unit)
        .toSorted();
    const forwarded = signedByAll().after(joins, leaves(units.healthCentre));
    expect(unitsOf(forwarded)).toBeUndefined();
    expect(unitsOf(forwarded.after(signs(otherDistrictNurse)))).toEqual(
      [otherDistrictNurse.unit, units.homeNursing, units.needsAssessment, units.ward].toSorted(),
    );
  });

  it('SVU-17: a no hands the statement back once; what others write while it stands does not', () => {
    const no = completed().after(saves(districtNurse, 'agrees', false));
    expect(no.asked('complete-statement')).toEqual([units.ward]);
    const again = no.after(saves(nurse, 'stance', 'SIP behövs inte'), completes());
    const written = again.after(...municipalityWrites, saves(districtNurse, 'doctor', 'Dr Ek'));
    expect(written.asked('complete-statement')).toEqual([]);
    expect(written.rejects(signs(nurse))).toBe('sip-stance-not-agreed');
    expect(written.after(saves(districtNurse, 'agrees', true)).rejects(signs(nurse))).toBeUndefined();
  });

  it('SVU-16, ORG-3: the part of the hospital is written by the organisation that has the case', () => {
    const elsewhere: UserActor = { ...nurse, organisation: 'another' };
    expect(completed().rejects(saves(elsewhere, 'stance', 'SIP behövs inte'))).toBe(
      'step-of-another-organisation',
    );
  });
});
