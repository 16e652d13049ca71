const lookalike = /\d{6,8}[-+ ]?[\dA-Za-z]{4}/;

/**
 * A value from outside (an id of a message, a code of a ward) as it may stand in a log line: short, printable, and withheld
 * as a whole when it holds anything shaped like a personal number that is not part of a longer run of digits.
 */
export function forLog(value: string): string {
  const runs = value.match(/\d[\d\-+ A-Za-z]*/g) ?? [];
  const withheld = runs.some((run) => run.replaceAll(/\W/g, '').length <= 13 && lookalike.test(run));
  if (withheld) return '[withheld]';
  return value.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 80);
}

/** What may be told of an error: its name and code, never its message, which may quote what it failed on. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return code === undefined ? error.name : `${error.name} ${code}`;
}
