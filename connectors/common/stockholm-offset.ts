const hour = 60 * 60 * 1000;
const mostKept = 10_000;

/** From this year on the clocks of Stockholm change on whole hours of UTC only, summer time as in the whole of Europe. */
export const wholeHoursSince = 1980;

const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

const known = new Map<number, number>();

/**
 * What Stockholm's clocks are ahead of UTC at an instant (milliseconds since 1970), in milliseconds; right from
 * `wholeHoursSince` on. The platform is asked once for each hour.
 */
export function stockholmOffset(instant: number): number {
  const start = Math.floor(instant / hour) * hour;
  const kept = known.get(start);
  if (kept !== undefined) return kept;
  const parts = new Map(wallClock.formatToParts(start).map(({ type, value }) => [type, Number(value)]));
  const at = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? Number.NaN;
  const offset = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour')) - start;
  if (known.size >= mostKept) known.clear();
  known.set(start, offset);
  return offset;
}
