import { readFileSync } from 'node:fs';
import { asQuestionnaire } from '../../questionnaires/questionnaire-file.js';
import { allAnswers } from '../../questionnaires/track-colours-of-file.js';
import { questionsOfTable, trackColours, trackOf, type TrackColour } from './track-colour.js';

const name = 'planning-basis-vasterbotten';
const content = JSON.parse(readFileSync(`questionnaires/${name}.json`, 'utf8')) as {
  versions: Record<string, unknown>[];
};
const rows = asQuestionnaire(content, name).versions[0].trackColours ?? [];
const conditions = [
  'known',
  'municipal-health-care',
  'new-or-changed-needs',
  'extensive-needs',
  'coordination-needed',
  'short-term-decision',
];
const given = (answers: Readonly<Record<string, boolean>>) =>
  Object.fromEntries(Object.entries(answers).map(([linkId, value]) => [linkId, { value }]));

/** PLB-3 in words: red before yellow before green before blue; blue has all its conditions, and what no colour names is yellow. */
function byTheRule(of: Readonly<Record<string, boolean>>): TrackColour {
  if (of['extensive-needs']) return 'red';
  if (of['new-or-changed-needs'] || of['short-term-decision']) return 'yellow';
  if (of['known'] && of['municipal-health-care']) return 'green';
  return of['known'] && !of['coordination-needed'] ? 'blue' : 'yellow';
}

describe('The track colours of vasterbotten', () => {
  it('PLB-3: come of the conditions that the rule names, and of no other', () => {
    expect(questionsOfTable(rows).toSorted()).toEqual(conditions.toSorted());
  });

  it.each(allAnswers(conditions).map((answers) => [JSON.stringify(answers), answers] as const))(
    'PLB-3: %s has exactly one colour, with its reason',
    (_as, answers) => {
      const track = trackOf(rows, given(answers));
      expect(track?.colour).toBe(byTheRule(answers));
      expect(track?.because).toMatch(/\S/u);
      // Red before yellow before green before blue: of all rows that fit, none is of a colour that goes before.
      const fitting = rows.filter(({ when }) =>
        Object.entries(when).every(([linkId, value]) => answers[linkId] === value),
      );
      const first = Math.min(...fitting.map(({ colour }) => trackColours.indexOf(colour)));
      expect(track?.colour).toBe(trackColours[first]);
    },
  );

  it.each(conditions)('PLB-3: without an answer to %s there is no colour yet', (linkId) => {
    for (const answers of allAnswers(conditions)) {
      const { [linkId]: _unanswered, ...rest } = given(answers);
      expect(trackOf(rows, rest)).toBeUndefined();
    }
  });
});

describe('The file of a decision table', () => {
  const faultsOf = (trackTable: unknown): readonly string[] => {
    try {
      const versions = content.versions.map((each) => ({ ...each, trackColours: trackTable }));
      asQuestionnaire({ ...content, versions }, name);
      return [];
    } catch (error) {
      const { issues } = error as { issues: { path: PropertyKey[]; message: string }[] };
      return issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);
    }
  };
  const row = (colour: string, when: object = {}, more: object = {}) => ({
    colour,
    when,
    because: 'Därför.',
    follows: [],
    ...more,
  });
  it.each([
    ['a combination without a colour', [row('red', { known: true })], 'must have a row for known no'],
    [
      'another order of colours',
      [row('green', { known: true }), row('red')],
      'trackColours.1.colour: must stand before other colours: red, yellow, green, blue',
    ],
    [
      'a row that none comes to',
      [row('red'), row('blue', { known: true })],
      'trackColours.1: is never reached',
    ],
    [
      'a question that it does not have',
      [row('red', { sleepy: true }), row('yellow')],
      'trackColours.0.when.sleepy: must be a question that is answered yes or no',
    ],
    [
      'a question that is answered by text',
      [row('red', { 'patient-description': true }), row('yellow')],
      'must be a question that is answered yes or no',
    ],
    ['a colour that nobody knows', [row('purple')], 'trackColours.0.colour: '],
    ['a step that nobody knows', [row('red', {}, { follows: ['sing'] })], 'trackColours.0.follows.0: '],
    ['no reason', [row('red', {}, { because: ' ' })], 'trackColours.0.because: must say something'],
  ])('PLB-3: with %s is refused by its place', (_what, table, fault) => {
    expect(faultsOf(table)).toEqual([expect.stringContaining(fault)]);
  });
});
