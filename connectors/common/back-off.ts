/** Back-off with full jitter: between half and all of `first` doubled for each attempt, at most `most` (milliseconds). */
export function backOff(attempt: number, first: number, most: number): number {
  const ceiling = Math.min(most, first * 2 ** Math.min(attempt, 20));
  return ceiling / 2 + (Math.random() * ceiling) / 2;
}
