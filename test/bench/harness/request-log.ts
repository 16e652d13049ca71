import { devNull } from 'node:os';
import { pino, type Logger } from 'pino';

/** A log as in use, level info, written at once, that nobody keeps. */
export function requestLog(): Logger {
  return pino({ level: 'info', base: null }, pino.destination({ dest: devNull, sync: true }));
}
