export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value that `share` of all are below or at: 0.99 for the p99. NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/**
 * Runs the sides in turn, round after round, so that whatever else the machine does meets each of them alike. The first
 * round warms up and is not counted.
 * @returns for each side what its rounds gave
 */
export async function interleaved<Side extends string, Result>(
  rounds: number,
  sides: Readonly<Record<Side, () => Promise<Result>>>,
): Promise<Readonly<Record<Side, readonly Result[]>>> {
  const names = Object.keys(sides) as Side[];
  const results = Object.fromEntries(names.map((name) => [name, [] as Result[]])) as Record<Side, Result[]>;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of names) {
      const result = await sides[name]();
      if (round >= 0) results[name].push(result);
    }
  }
  return results;
}
