import type { Parameters as FhirParameters } from 'fhir/r4.js';
import { Submitted } from '../src/fhir/submitted/submitted.js';
import { readWorkListQuestion } from '../src/fhir/work-list/work-list-input.js';
import { defaultTimeBounds, windowAt } from '../src/messaging/contracts/time-bounds.js';
import { holds, inside, list, named } from './support/cost-by-size.js';

/** What a list is asked costs no more than in proportion to its size. */

const submission = {
  baseUrl: 'http://hub/fhir',
  window: windowAt(defaultTimeBounds, new Date()),
  faults: 0,
};
const sentIn = (text: string) =>
  new Submitted(JSON.parse(text) as FhirParameters, 'Parameters', { ...submission, issues: [] });
const units = ['SE2321000016-W101', 'SE2321000016-W102'];
const readAsked = (text: string): void => {
  const sent = sentIn(text);
  readWorkListQuestion(sent, { units }, { usual: 20, most: 100 });
  sent.refuseUnread();
};
const given = (make: (parts: number) => string) =>
  inside('{"resourceType":"Parameters","parameter":', make, '}');
holds('a question to a work list', readAsked, [
  ['of parameters again and again', given(list('{"name":"text","valueString":"x"}')), 300],
  [
    'of parameters that there are not',
    given(
      inside(
        '[',
        named((place) => `{"name":"p${place}","valueString":"x"}`, ','),
        ']',
      ),
    ),
    300,
  ],
]);
