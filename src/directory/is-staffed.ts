import type { Unit } from './organisation.js';

/** Whether anybody can read what is sent to the unit: it is not closed, and it has roles (ORG-11). One that the directory does not know is not. */
export const isStaffed = (unit: Unit | undefined): unit is Unit =>
  unit?.active === true && Object.keys(unit.roles).length > 0;
