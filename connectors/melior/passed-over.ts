import type { Logger } from 'pino';
import type { Hl7Message } from './hl7/hl7-message.js';
import { hasOtherSequence } from './read-values.js';
import { eventOfSegment } from './trigger-events.js';

/** What is passed over in a message that is taken, by its field; fixed texts, because nothing of what stood there may be told. */
export const passedOver = {
  'EVN-1': 'names another event than MSH-9, which counts',
  'MSH-13': 'is no number, and orders nothing',
} as const;
type Field = keyof typeof passedOver;

/** The fields of a message whose values are passed over. */
export function passedOverIn(message: Hl7Message, event: string): readonly Field[] {
  const other = eventOfSegment(message);
  return [
    ...(other !== '' && other !== event ? (['EVN-1'] as const) : []),
    ...(hasOtherSequence(message) ? (['MSH-13'] as const) : []),
  ];
}

const mostSaid = 1000;

/** Counts them, and logs each field of a sender once: a sender writes the same in every message. */
export class PassedOverLog {
  count = 0;
  private readonly said = new Set<string>();

  constructor(private readonly logger: Logger) {}

  /** @param line what a log line says of a message */
  note(sender: string, fields: readonly Field[], line: object): void {
    for (const field of fields) {
      this.count += 1;
      const of = JSON.stringify([sender, field]);
      if (this.said.has(of) || this.said.size >= mostSaid) continue;
      this.said.add(of);
      this.logger.warn({ ...line, field, cause: passedOver[field] }, 'a value is passed over');
    }
  }
}
