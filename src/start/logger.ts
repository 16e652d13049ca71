import { pino, type DestinationStream, type Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.js';
import { lineWithoutNumbers } from './health/without-numbers.js';

/** Structured logs on standard error, so that standard output is free for what a person reads. No line holds a personal number. */
export function createLogger(
  { logLevel }: Pick<Configuration, 'logLevel'>,
  destination: DestinationStream = pino.destination({ dest: 2, sync: true }),
): Logger {
  return pino({ level: logLevel, base: null, hooks: { streamWrite: lineWithoutNumbers } }, destination);
}

/** The kind of an error, safe to log: its text may quote what it was about. */
export function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}
