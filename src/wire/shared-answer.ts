/**
 * One answer for all who ask at nearly the same time: while a question is under way, and for so long after it was put, everybody gets its
 * answer. So what a question costs does not grow with those who ask.
 * @param forMs milliseconds from one question to the next, at least
 */
export function sharedAnswer<Answer>(ask: () => Promise<Answer>, forMs: number): () => Promise<Answer> {
  let last: { readonly answer: Promise<Answer>; readonly askedAt: number; underWay: boolean } | undefined;
  return () => {
    if (last !== undefined && (last.underWay || performance.now() - last.askedAt < forMs)) return last.answer;
    const mine = { answer: ask(), askedAt: performance.now(), underWay: true };
    const ended = (): void => void (mine.underWay = false);
    mine.answer.then(ended, ended);
    last = mine;
    return mine.answer;
  };
}
