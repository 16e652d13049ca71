/** Processor time of one run in milliseconds: the least of several, each of enough repeats that the clock can tell. */
export async function costOf(run: () => unknown): Promise<number> {
  let least = Infinity;
  let spent = 0;
  for (let attempt = 0; attempt < 4 && (attempt < 2 || spent < 60); attempt += 1) {
    let repeats = 0;
    const started = process.cpuUsage();
    let used = 0;
    do {
      await run();
      repeats += 1;
      const { user, system } = process.cpuUsage(started);
      used = (user + system) / 1000;
    } while (used < 6);
    spent += used;
    least = Math.min(least, used / repeats);
  }
  return least;
}

/** What a run costs in milliseconds of the processor at sizes of 1, 4 and 16 times, and how much dearer a byte is at the largest. */
export type Growth = { readonly milliseconds: readonly number[]; readonly ofAByte: number };

/**
 * How the cost of an input grows with its size. What grows in proportion has `ofAByte` about 1, what grows with the square 16.
 * Below a part of a millisecond it is the fixed cost of a call that is measured, so the base is at least that.
 * @param make an input of so many parts
 */
export async function growthOf<Input extends string | Buffer>(
  make: (parts: number) => Input,
  run: (input: Input) => unknown,
  parts: number,
): Promise<Growth> {
  const inputs = [1, 4, 16].map((times) => make(parts * times));
  const milliseconds: number[] = [];
  for (const input of inputs) milliseconds.push(await costOf(() => run(input)));
  const perByte = inputs.map((input, at) => Math.max(milliseconds[at] ?? 0, 0.05) / input.length);
  return { milliseconds, ofAByte: (perByte[2] ?? 0) / (perByte[0] ?? 1) };
}
