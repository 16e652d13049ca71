/** A literal reference without the hub's own base before it. */
export function relativeReference(reference: unknown, baseUrl: string): string | undefined {
  if (typeof reference !== 'string') return undefined;
  return reference.startsWith(`${baseUrl}/`) ? reference.slice(baseUrl.length + 1) : reference;
}

/** Nothing is said by what is absent, by null, and by a list or element in which nothing stands. */
export function saysNothing(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.values(value).every(saysNothing);
}

/** A full dateTime or instant: seconds since 1970, and the fraction without its closing zeros, whatever its length. */
export function momentOf(text: string): string | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/u.exec(text);
  if (match === null) return undefined;
  const [, seconds = '', fraction = '', zone = ''] = match;
  const time = Date.parse(`${seconds}${zone}`);
  if (Number.isNaN(time)) return undefined;
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  return `${time / 1000}.${fraction.slice(0, end)}`;
}
