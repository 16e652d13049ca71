import type { Questionnaire } from '../process/form/questionnaire.js';
import { questionsOf } from '../process/form/questionnaire.js';
import { questionsOfTable, rowFor, trackColours } from '../process/form/track-colour.js';

/** So many questions a table has at most: every combination of their answers is tried at start. */
const mostQuestions = 10;

type Faulty = readonly (readonly [at: readonly PropertyKey[], message: string])[];

/**
 * PLB-3: what is wrong in the decision table of a version. Every combination of answers has exactly one colour, which is that of the first
 * row that fits: red rows before yellow before green before blue, no combination without a row, and no row that none comes to.
 */
export function faultsInTable({
  trackColours: rows,
  sections,
}: Pick<Questionnaire, 'trackColours' | 'sections'>): Faulty {
  if (rows === undefined) return [];
  const asked = questionsOfTable(rows);
  const yesOrNo = new Set(
    questionsOf({ sections }).flatMap(({ linkId, answer }) => (answer === 'yes-or-no' ? [linkId] : [])),
  );
  const unknown = rows.flatMap(({ when }, index) =>
    Object.keys(when)
      .filter((linkId) => !yesOrNo.has(linkId))
      .map((linkId) => [[index, 'when', linkId], 'must be a question that is answered yes or no'] as const),
  );
  const order = rows.map(({ colour }) => trackColours.indexOf(colour));
  const late = order.flatMap((place, index) =>
    place < Math.max(...order.slice(0, index))
      ? [[[index, 'colour'], `must stand before other colours: ${trackColours.join(', ')}`] as const]
      : [],
  );
  if (asked.length > mostQuestions)
    return [...unknown, ...late, [[], `must ask at most ${mostQuestions} questions`]];
  const combinations = allAnswers(asked);
  const lacking = combinations.find((answers) => rowFor(rows, (linkId) => answers[linkId]) === undefined);
  const reached = new Set(combinations.map((answers) => rowFor(rows, (linkId) => answers[linkId])));
  return [
    ...unknown,
    ...late,
    ...(lacking === undefined ? [] : [[[], `must have a row for ${inWords(lacking)}`] as const]),
    ...rows.flatMap((row, index) =>
      reached.has(row) ? [] : [[[index], 'is never reached: rows before it have all that fits'] as const],
    ),
  ];
}

/** Every combination of yes and no. */
export const allAnswers = (linkIds: readonly string[]): readonly Readonly<Record<string, boolean>>[] =>
  linkIds.reduce<readonly Readonly<Record<string, boolean>>[]>(
    (all, linkId) => all.flatMap((one) => [true, false].map((value) => ({ ...one, [linkId]: value }))),
    [{}],
  );

const inWords = (answers: Readonly<Record<string, boolean>>): string =>
  Object.entries(answers)
    .map(([linkId, value]) => `${linkId} ${value ? 'yes' : 'no'}`)
    .join(', ');
