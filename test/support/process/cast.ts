import type { Responsibility, Side, SystemActor, UserActor } from '../../../src/process/vocabulary.js';

/** The people and units of the process's own tests. */
function user(
  name: string,
  unit: string,
  side: Side,
  organisation: string,
  responsibilities: readonly Responsibility[],
  licensed = true,
): UserActor {
  return {
    kind: 'user',
    user: `SE2321000016-${name}`,
    unit,
    unitName: unit,
    organisation,
    side,
    role: licensed ? 'nurse' : 'administrator',
    licensed,
    responsibilities,
  };
}

export const units = {
  ward: 'SE2321000016-W101',
  otherWard: 'SE2321000016-W102',
  healthCentre: 'SE2321000016-H201',
  otherHealthCentre: 'SE2321000016-H202',
  needsAssessment: 'SE2120000001-K301',
  homeNursing: 'SE2120000001-K302',
  school: 'SE2120000001-X401',
} as const;

const hospital = '232100-0016';
const municipality = '212000-0001';
const all = ['read', 'write', 'acknowledge', 'sign'] as const;

export const nurse = user('1001', units.ward, 'hospital', hospital, all);
export const secretary = user('1002', units.ward, 'hospital', hospital, ['read', 'write'], false);
export const reader = user('1003', units.ward, 'hospital', hospital, ['read']);
export const otherNurse = user('1004', units.otherWard, 'hospital', hospital, all);
export const districtNurse = user('2001', units.healthCentre, 'outpatient', hospital, all);
export const otherDistrictNurse = user('2002', units.otherHealthCentre, 'outpatient', hospital, all);
export const needsAssessor = user('3001', units.needsAssessment, 'municipality', municipality, all);
export const secondNeedsAssessor = user('3002', units.needsAssessment, 'municipality', municipality, [
  'read',
  'acknowledge',
]);
export const municipalReader = user('3003', units.needsAssessment, 'municipality', municipality, ['read']);
export const homeNurse = user('3004', units.homeNursing, 'municipality', municipality, all);
export const teacher = user('4001', units.school, 'other', '212000-0002', all, false);

export const journal: SystemActor = { kind: 'system', system: 'journal' };
export const register: SystemActor = { kind: 'system', system: 'population-register' };
