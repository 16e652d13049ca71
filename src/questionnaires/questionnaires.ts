import type { Questionnaire } from '../process/form/questionnaire.js';

/** The questions of one kind of form with every version that they have had, newest last. */
export type WrittenQuestionnaire = {
  readonly name: string;
  readonly versions: readonly [Questionnaire, ...Questionnaire[]];
};

/** The questionnaires of the configuration, each with all its versions. */
export class Questionnaires {
  readonly all: readonly Questionnaire[];
  readonly #newest: ReadonlyMap<string, Questionnaire>;

  constructor(written: readonly WrittenQuestionnaire[]) {
    this.all = written.flatMap(({ versions }) => versions);
    // Of several versions the last one is set last.
    this.#newest = new Map(this.all.map((each) => [each.url, each]));
  }

  /** The canonical URL of each, without version. */
  get urls(): readonly string[] {
    return [...this.#newest.keys()];
  }

  /** The newest version of what has this canonical URL. */
  newest(url: string): Questionnaire | undefined {
    return this.#newest.get(url);
  }
}
