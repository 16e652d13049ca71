import {
  unknownHeader,
  writeAcknowledgement,
  type AnsweredHeader,
  type Stamp,
} from './hl7/acknowledgement.js';

/**
 * An `AA` as it is kept: its time, its own id and the kept id of the message. What it repeats of the header is left out, because a
 * sender may write anything there, a personal number too; a repeat brings it again.
 * @param text a fixed text that goes with it (MSA-3)
 */
export function keepAnswer(stamp: Stamp, keptControlId: string, text?: string): string {
  const header = { ...unknownHeader, processingId: '', controlId: keptControlId };
  return writeAcknowledgement(header, stamp, 'AA', text);
}

/**
 * The answer that was given to a message, for a repeat of it: with the header of the repeat, which has the same content.
 * @param kept as `keepAnswer` wrote it, or a whole answer as older versions kept it
 */
export function giveAgain(kept: string, header: AnsweredHeader): string {
  const [fields = [], said = []] = kept.split('\r', 2).map((each) => each.split(kept[3] ?? '|'));
  return writeAcknowledgement(header, { time: fields[6] ?? '', id: fields[9] ?? '' }, 'AA', said[3]);
}
