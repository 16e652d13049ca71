import * as fc from 'fast-check';
import type { UserActor } from '../../../src/process/vocabulary.js';
import * as cast from './cast.js';

/** Who acts in a random course. */
export const players = fc.constantFrom<UserActor[]>(
  // More often those who can do something.
  cast.nurse,
  cast.nurse,
  cast.nurse,
  cast.districtNurse,
  cast.districtNurse,
  cast.needsAssessor,
  cast.homeNurse,
  cast.otherNurse,
  cast.otherDistrictNurse,
  cast.reader,
  cast.municipalReader,
  cast.teacher,
);
