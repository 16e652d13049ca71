/** A text cut to a length in UTF-16 units; never through the middle of a character, which no database takes. */
export function cut(text: string, longest: number): string {
  const kept = text.slice(0, longest);
  return kept.isWellFormed() ? kept : kept.slice(0, -1);
}
