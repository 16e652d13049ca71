/** What stands in a field. */
type AnswerValue = string | boolean;

/** The colours of the tracks, the one that asks most first: so rows stand in their table (PLB-3). */
export const trackColours = ['red', 'yellow', 'green', 'blue'] as const;
export type TrackColour = (typeof trackColours)[number];

/** What a colour says of the planning that follows (PLB-4). */
export const trackSteps = [
  'home-within-a-day',
  'no-invitation-to-sip',
  'outpatient-decides-on-sip',
  'invite-to-sip',
  'consider-pre-meeting',
  'pre-meeting-required',
  'decide-when-sip',
] as const;
export type TrackStep = (typeof trackSteps)[number];

/** One row of a decision table: the colour where each of these questions has this answer. */
export type TrackColourRow = {
  readonly colour: TrackColour;
  /** By the `linkId` of a question that is answered yes or no. */
  readonly when: Readonly<Record<string, boolean>>;
  /** Why, in Swedish, as staff read it. */
  readonly because: string;
  readonly follows: readonly TrackStep[];
};

/** The track of a case, with its reason. */
export type Track = Pick<TrackColourRow, 'colour' | 'because' | 'follows'>;

/** The questions that a table asks, each once. */
export const questionsOfTable = (rows: readonly Pick<TrackColourRow, 'when'>[]): readonly string[] => [
  ...new Set(rows.flatMap(({ when }) => Object.keys(when))),
];

/** The first row that fits; undefined where none does. */
export const rowFor = (
  rows: readonly TrackColourRow[],
  answers: (linkId: string) => AnswerValue | undefined,
): TrackColourRow | undefined =>
  rows.find(({ when }) => Object.entries(when).every(([linkId, value]) => answers(linkId) === value));

/**
 * PLB-3: the track that the answers give. V: all answers together form it, so there is none before each question of the table is answered.
 */
export function trackOf(
  rows: readonly TrackColourRow[] | undefined,
  answers: Readonly<Record<string, { readonly value?: AnswerValue }>>,
): Track | undefined {
  if (rows === undefined) return undefined;
  if (questionsOfTable(rows).some((linkId) => answers[linkId]?.value === undefined)) return undefined;
  const row = rowFor(rows, (linkId) => answers[linkId]?.value);
  return row && { colour: row.colour, because: row.because, follows: row.follows };
}
