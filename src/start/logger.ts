import { pino, type Logger } from 'pino';
import type { Configuration } from '../configuration/configuration.js';

/** Structured logs on standard error, so that standard output is free for what a person reads. */
export function createLogger({ logLevel }: Configuration): Logger {
  return pino({ level: logLevel, base: null }, pino.destination({ dest: 2, sync: true }));
}

/** The kind of an error, safe to log: its text may quote what it was about. */
export function errorKind(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `${error.name}${code}`;
}
