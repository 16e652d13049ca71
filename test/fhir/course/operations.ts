import * as fc from 'fast-check';
import {
  annul,
  changeDay,
  discharge,
  publish,
  ready,
  recordInformation,
  recordNeeds,
  undo,
  withdraw,
} from './hospital-operations.js';
import { operation, type Operation } from './operation.js';
import { addUnit, nameContact, removeContact, removeUnit } from './participant-operations.js';

const unknown = operation('forget', fc.record({}), {
  asked: {},
  refusedFor: () => ['unknown-operation'],
  take: () => {},
});

/** Any step on a case: those that carry it on more often than those that end it. */
export const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 8, arbitrary: recordInformation },
  { weight: 5, arbitrary: recordNeeds },
  { weight: 12, arbitrary: publish },
  { weight: 6, arbitrary: changeDay },
  { weight: 10, arbitrary: ready },
  { weight: 8, arbitrary: withdraw },
  { weight: 9, arbitrary: discharge },
  { weight: 10, arbitrary: undo },
  { weight: 1, arbitrary: annul },
  { weight: 4, arbitrary: addUnit },
  { weight: 5, arbitrary: removeUnit },
  { weight: 8, arbitrary: nameContact },
  { weight: 5, arbitrary: removeContact },
  { weight: 1, arbitrary: unknown },
);
