type Bounds = {
  /** Groups under way at the same time: enough that a group that waits does not block all others. */
  readonly mostUnderWay: number;
  /** Questions in one group: bounds the size of the statement. */
  readonly largestGroup: number;
};

const defaults: Bounds = { mostUnderWay: 2, largestGroup: 100 };

type Waiting<Question, Answer> = {
  readonly question: Question;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Asks together what is asked at the same moment: a statement for many costs little more than one for one. Nobody waits
 * for company; a question goes at the end of the turn of the event loop in which it came, unless so many groups are under
 * way already that it is better to gather.
 */
export class Grouped<Question, Answer> {
  #queue: Waiting<Question, Answer>[] = [];
  #underWay = 0;
  #scheduled = false;

  /** @param answer answers for a group, in the order of its questions; where it rejects, all of the group do */
  constructor(
    private readonly answer: (questions: readonly Question[]) => Promise<readonly Answer[]>,
    private readonly bounds: Bounds = defaults,
  ) {}

  ask(question: Question): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      this.#queue.push({ question, resolve, reject });
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#scheduled || this.#underWay >= this.bounds.mostUnderWay || this.#queue.length === 0) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#underWay++;
      void this.#send(this.#queue.splice(0, this.bounds.largestGroup)).finally(() => {
        this.#underWay--;
        this.#schedule();
      });
      this.#schedule();
    });
  }

  async #send(group: readonly Waiting<Question, Answer>[]): Promise<void> {
    try {
      const answers = await this.answer(group.map(({ question }) => question));
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
