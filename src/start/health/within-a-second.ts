import { setTimeout as delay } from 'node:timers/promises';

/** A little less than a second, so that what is made of the answer is there within one. Milliseconds. */
const longestMs = 900;

/**
 * Bounds a question about health: who watches the hub hears within a second, also while what is asked about hangs. However often it is
 * asked, one question is under way.
 * @param otherwise the answer when none comes in time, or the question fails
 * @param limitMs for a question within another that is bounded so
 */
export function withinASecond<Answer>(
  ask: () => Promise<Answer>,
  otherwise: Answer,
  limitMs = longestMs,
): () => Promise<Answer> {
  let asking: Promise<Answer> | undefined;
  return () => {
    asking ??= ask()
      .catch(() => otherwise)
      .finally(() => (asking = undefined));
    return Promise.race([asking, delay(limitMs, otherwise, { ref: false })]);
  };
}
