import * as fc from 'fast-check';
import * as ofHospital from './hospital-operations.js';
import { operation, type Operation } from './operation.js';
import * as ofParticipants from './participant-operations.js';
import * as ofStatement from './statement-operations.js';

const unknown = operation('forget', fc.record({}), 1, {
  asked: {},
  refusedFor: () => ['unknown-operation'],
  take: () => {},
});

/** Any step on a case: those that carry it on more often than those that end it. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  ...Object.values(ofHospital),
  ...Object.values(ofParticipants),
  ...Object.values(ofStatement),
  unknown,
);
