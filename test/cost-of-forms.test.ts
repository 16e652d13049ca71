import type { Parameters as FhirParameters } from 'fhir/r4.js';
import { readFields } from '../src/fhir/forms/fields-input.js';
import { Submitted } from '../src/fhir/submitted/submitted.js';
import { defaultTimeBounds, windowAt } from '../src/messaging/contracts/time-bounds.js';
import { asQuestionnaire } from '../src/questionnaires/questionnaire-file.js';
import { holds, inside, list, named } from './support/cost-by-size.js';

/** No form, and no file of what one asks, costs more than in proportion to its size. */

const submission = {
  baseUrl: 'http://hub/fhir',
  window: windowAt(defaultTimeBounds, new Date()),
  issues: [],
  faults: 0,
};
const readSaved = (text: string): void => {
  const sent = new Submitted(JSON.parse(text) as FhirParameters, 'Parameters', { ...submission, issues: [] });
  readFields(sent);
  sent.refuseUnread();
};
const given = (make: (parts: number) => string) =>
  inside('{"resourceType":"Parameters","parameter":', make, '}');
holds('the fields of a form', readSaved, [
  [
    'of fields',
    given(
      list(
        '{"name":"answer","part":[{"name":"linkId","valueString":"x"},{"name":"version","valuePositiveInt":1}]}',
      ),
    ),
    300,
  ],
  [
    'of one with many parts',
    given(inside('[{"name":"answer","part":', list('{"name":"linkId","valueString":"x"}'), '}]')),
    300,
  ],
]);

holds('a file of a questionnaire', (text) => asQuestionnaire(JSON.parse(text), 'a'), [
  ['of versions that are none', inside('{"versions":', list('1'), '}'), 100],
  [
    'of questions',
    inside(
      '{"name":"a","url":"https://example.org/a","sources":"x","versions":[{"version":1,"because":"x","title":"x","sections":[{"linkId":"s","text":"x","questions":[',
      named((place) => `{"linkId":"q${place}","text":"x","answer":"text"}`, ','),
      ']}]}]}',
    ),
    100,
  ],
]);
