import type { Side } from '../vocabulary.js';
import type { TrackColourRow } from './track-colour.js';

/** The sides that have a part of their own in a form that is signed. */
export const partsOfForm = ['hospital', 'outpatient', 'municipality'] as const satisfies readonly Side[];
export type PartOfForm = (typeof partsOfForm)[number];

/** What an answer is: a text, or yes or no. */
export const answerTypes = ['text', 'yes-or-no'] as const;

/** One question of a form. `linkId` names it for ever; what it is called may change with a version. */
export type Question = {
  readonly linkId: string;
  readonly text: string;
  readonly answer: (typeof answerTypes)[number];
  /** Which sides write here by default (SVU-15). Advice for clients: any unit that takes part may write anywhere. */
  readonly writtenBy?: readonly Side[];
  /** Of a text: the only ones that it may be, as staff choose among them. Left out: any. */
  readonly options?: readonly string[];
  /** Its part is not complete without an answer. */
  readonly required?: true;
  /** Nor while this question, which is answered yes or no, is answered yes. */
  readonly requiredWhenYes?: string;
  /** By it a part says yes or no to what the hospital's part proposes: a no hands the form back to the hospital (SVU-17). */
  readonly agreesWithHospital?: true;
};

/** Questions under one heading. */
type Section = {
  readonly linkId: string;
  readonly text: string;
  /** The side whose part of the form this is: no other writes there (SVU-16 to SVU-18). Left out: any unit may write. */
  readonly part?: PartOfForm;
  /** All of its questions have an answer, or none has (SVU-39). */
  readonly together?: true;
  readonly questions: readonly Question[];
};

/** One version of the questions of a kind of form. Pure data: a region changes a heading by writing a version. */
export type Questionnaire = {
  /** Names the kind of form among the files of the hub, e.g. `assessment`. */
  readonly name: string;
  /** Its canonical URL, without version. */
  readonly url: string;
  /** Which working document it is, as policies name it (SVU-32). Left out: its name. */
  readonly document?: string;
  /** The policies whose cases have it, where regions ask different things in one document. Left out: all. */
  readonly policies?: readonly string[];
  /** The sides whose units open it. Left out: any. */
  readonly openers?: readonly Side[];
  /** Each unit has one of its own, in which no other writes. Left out: a case has one. */
  readonly perUnit?: true;
  readonly version: number;
  /** What staff call it, in Swedish. */
  readonly title: string;
  /** By which answers a case is of which track (PLB-3), the first row that fits. Left out: they give no colour. */
  readonly trackColours?: readonly TrackColourRow[];
  readonly sections: readonly Section[];
};

/** A questionnaire as FHIR names it, with its version. @see https://hl7.org/fhir/R4/references.html#canonical */
export const canonicalOf = ({ url, version }: Pick<Questionnaire, 'url' | 'version'>): string =>
  `${url}|${version}`;

/** The questions of all sections, in their order. */
export const questionsOf = ({ sections }: Pick<Questionnaire, 'sections'>): readonly Question[] =>
  sections.flatMap(({ questions }) => questions);

/** The working document that a questionnaire is. */
export const documentOf = ({ document, name }: Pick<Questionnaire, 'document' | 'name'>): string =>
  document ?? name;
