/**
 * One spelling for one value: keys sorted, nothing undefined, text that PostgreSQL can keep. What is hashed into the
 * trail is the same before it is stored and after it was read.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(storable(value));
}

/** The value as `jsonb` gives it back: NUL, which it cannot hold, and halves of characters are replaced. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string')
    return value.isWellFormed() && !value.includes('\u0000')
      ? value
      : value.toWellFormed().replaceAll('\u0000', '\uFFFD');
  if (Array.isArray(value)) return value.map((one: unknown) => storable(one) ?? null);
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null) {
    const entries: (readonly [string, unknown])[] = [];
    for (const [key, one] of Object.entries(value))
      if (one !== undefined) entries.push([storable(key) as string, storable(one)]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
  }
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
