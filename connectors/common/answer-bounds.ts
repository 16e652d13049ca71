const mebibyte = 1024 * 1024;

/**
 * How much an answer of an outside system may hold. Not settings: each follows from what one answer may cost this process (memory, and
 * time of the event loop), and is far above the largest answer that a contract has; a larger one is a fault of the other side, or an
 * attack, and is refused by name. The page docs/configuration.md has the reasons, and a test compares it with these.
 */
export const answerBounds = {
  /** A register, a listing service or a catalogue over SOAP. */
  soap: {
    bytes: 2 * mebibyte,
    /** What a thread hands back is built again on the event loop, which costs by the element: 500 persons in profile P2 have some 30 000. */
    elements: 80_000,
    /** Larger answers are read in a thread: to read the densest of this size takes less than 50 ms of the event loop. */
    readHereBytes: 64 * 1024,
    /** Answers that wait for the thread: held in memory are as many times `bytes`. */
    waiting: 16,
    waitMilliseconds: 10_000,
    threadMegabytes: 512,
  },
  /** Cosmic over FHIR. */
  cosmic: {
    bytes: 8 * mebibyte,
    /** A page with all that is open, of a server that knows no `_count`, has fewer. */
    list: 5_000,
    /** Objects, lists and values of one answer; an Encounter has some hundred. */
    parts: 500_000,
    /** That differ: each makes a new shape of object, which costs two microseconds; the resources that are read have some hundred. */
    names: 5_000,
    pages: 10_000,
  },
  /** A lookup that a connector in another process of the hub answers: much more than 500 persons take. */
  lookup: { bytes: 8 * mebibyte, parts: 500_000, names: 5_000 },
} as const;
