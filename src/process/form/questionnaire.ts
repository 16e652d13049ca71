import type { Side } from '../vocabulary.js';

/** What an answer is: a text, or yes or no. */
export const answerTypes = ['text', 'yes-or-no'] as const;

/** One question of a form. `linkId` names it for ever; what it is called may change with a version. */
export type Question = {
  readonly linkId: string;
  readonly text: string;
  readonly answer: (typeof answerTypes)[number];
  /** Which sides write here by default (SVU-15). Advice for clients: any unit that takes part may write anywhere. */
  readonly writtenBy?: readonly Side[];
};

/** Questions under one heading. */
type Section = {
  readonly linkId: string;
  readonly text: string;
  readonly questions: readonly Question[];
};

/** One version of the questions of a kind of form. Pure data: a region changes a heading by writing a version. */
export type Questionnaire = {
  /** Names the kind of form among the files of the hub, e.g. `assessment`. */
  readonly name: string;
  /** Its canonical URL, without version. */
  readonly url: string;
  readonly version: number;
  /** What staff call it, in Swedish. */
  readonly title: string;
  readonly sections: readonly Section[];
};

/** A questionnaire as FHIR names it, with its version. @see https://hl7.org/fhir/R4/references.html#canonical */
export const canonicalOf = ({ url, version }: Pick<Questionnaire, 'url' | 'version'>): string =>
  `${url}|${version}`;

/** The questions of all sections, in their order. */
export const questionsOf = ({ sections }: Pick<Questionnaire, 'sections'>): readonly Question[] =>
  sections.flatMap(({ questions }) => questions);
