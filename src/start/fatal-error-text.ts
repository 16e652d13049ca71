import { errorKind } from './logger.js';

/**
 * What a process says when an error that nobody caught ends it: kind and place. Node itself would print the error with all it
 * carries, such as the row a database refused or the text a parser stumbled on, and that may be a person's.
 */
export function fatalErrorText(what: string, error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const at = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return `Hemgång ends: ${what}: ${[errorKind(error), ...at.slice(0, 12)].join('\n')}\n`;
}
