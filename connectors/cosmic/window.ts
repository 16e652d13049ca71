/**
 * How far the changes of a server have been read, in the server's own time (`meta.lastUpdated`). Pure. Times are milliseconds
 * since 1970.
 */
export type Position = {
  /** Everything changed up to here was seen; absent before the first pass. */
  readonly cursor?: number;
  /** Our own clock at the pass that set the cursor. */
  readonly at?: number;
};

export type WindowRules = {
  readonly overlapMilliseconds: number;
  /** How far back a wide window goes, and the first one. */
  readonly lookBackMilliseconds: number;
};

/**
 * From when the next window asks. A wide one goes back further than the overlap, for what a clock that stamps resources wrong has
 * put where no window would look again.
 */
export function windowStart(position: Position, rules: WindowRules, now: number, wide: boolean): number {
  if (position.cursor === undefined) return now - rules.lookBackMilliseconds;
  const back = wide
    ? Math.max(rules.lookBackMilliseconds, rules.overlapMilliseconds)
    : rules.overlapMilliseconds;
  return position.cursor - back;
}

/**
 * The server's clock was put back since the last pass: what it said then is later than what it would say of that moment now.
 * Gives the position to ask from again; undefined when the window that was asked for is early enough.
 */
export function turnedBack(
  position: Position,
  rules: WindowRules,
  serverTime: number | undefined,
  now: number,
): Position | undefined {
  const { cursor, at } = position;
  if (cursor === undefined || at === undefined || serverTime === undefined) return undefined;
  const then = serverTime - Math.max(0, now - at);
  return then < cursor - rules.overlapMilliseconds ? { ...position, cursor: then, at: now } : undefined;
}

/**
 * After a window was read to its end with nothing new left. The cursor never goes beyond the server's own clock (ours, when it
 * does not tell it), so that one resource stamped in the future hides nothing that is stamped right.
 */
export function advanced(
  position: Position,
  pass: { readonly newest?: number; readonly serverTime?: number },
  now: number,
): Position {
  const most = pass.serverTime ?? now;
  const seen = Math.max(position.cursor ?? -Infinity, pass.newest ?? -Infinity);
  return { ...position, cursor: Number.isFinite(seen) ? Math.min(seen, most) : most, at: now };
}
