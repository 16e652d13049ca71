import { isUtf8Bom, splitLines } from './lines.js';
import { NotHl7, readSeparators, type Separators } from './separators.js';

/** The header of a batch (BHS) or a file (FHS), which are built alike (HL7 v2.5 chapter 2.15); fields as sent, in Latin 1. */
export type BatchHeader = { readonly separators: Separators; readonly fields: readonly string[] };

/** The messages between BHS and BTS, or those that stand without them. */
export type Batch = { readonly header?: BatchHeader; readonly messages: readonly Buffer[] };

/** Why a batch is not taken at all. All texts are fixed. */
type BatchFault = { readonly text: string; readonly location: string };

/** What a frame holds: one message, or a batch of them. A batch with a fault is refused as a whole. */
export type FrameContent =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | {
      readonly kind: 'batch';
      readonly file?: BatchHeader;
      readonly batches: readonly Batch[];
      readonly fault?: BatchFault;
    };

/**
 * Takes a frame apart by the batch protocol, `[FHS] { [BHS] { message } [BTS] } [FTS]` (HL7 v2.5 chapter 2.10.3). Several messages in
 * one frame are a batch also without headers: none may be passed over. The bytes of a message are not looked into.
 */
export function splitFrame(bytes: Buffer): FrameContent {
  const start = isUtf8Bom(bytes) ? 3 : 0;
  const lines = splitLines(bytes.toString('latin1', start));
  const special = lines.filter((line) => /^(?:FHS|BHS|BTS|FTS|MSH)(?![A-Za-z0-9])/.test(line));
  const single = special.length <= 1 && !/^(?:FHS|BHS|BTS|FTS)/.test(special[0] ?? '');
  return single ? { kind: 'message', bytes } : new BatchReader().read(lines);
}

/** How many messages there are. */
export function messagesIn(batches: readonly Batch[]): number {
  return batches.reduce((sum, { messages }) => sum + messages.length, 0);
}

class BatchReader {
  private file: BatchHeader | undefined;
  private readonly batches: { header?: BatchHeader; messages: Buffer[] }[] = [];
  private open: { header?: BatchHeader; messages: Buffer[] } | undefined;
  private message: string[] | undefined;
  private ended = false;
  private fault: BatchFault | undefined;

  read(lines: readonly string[]): FrameContent {
    for (const [index, line] of lines.entries()) {
      if (this.ended) this.blame('a segment after the end of the file', 'FTS');
      this.take(line, index);
    }
    this.endBatch();
    if (!this.file && this.batches.length === 0)
      this.blame('an end of what never began', lines[0]?.slice(0, 3) ?? '');
    return {
      kind: 'batch',
      ...(this.file && { file: this.file }),
      batches: this.batches,
      ...(this.fault && { fault: this.fault }),
    };
  }

  private take(line: string, index: number): void {
    const name = /^(?:FHS|BHS|BTS|FTS|MSH)(?![A-Za-z0-9])/.exec(line)?.[0];
    if (name === 'FHS') {
      if (index > 0) this.blame('a file begins inside another', 'FHS');
      this.file = this.header(line, 'FHS');
    } else if (name === 'BHS') {
      this.endBatch();
      const header = this.header(line, 'BHS');
      this.open = { ...(header && { header }), messages: [] };
    } else if (name === 'MSH') {
      this.endMessage();
      this.open ??= { messages: [] };
      this.message = [line];
    } else if (name === 'BTS') {
      this.endMessage();
      this.check(line, this.open?.messages.length ?? 0, 'BTS', 'another number of messages than came');
      this.endBatch();
    } else if (name === 'FTS') {
      this.endBatch();
      this.check(line, this.batches.length, 'FTS', 'another number of batches than came');
      this.ended = true;
    } else if (this.message) {
      this.message.push(line);
    } else {
      this.blame('a segment outside any message', line.slice(0, 3));
    }
  }

  /** A count that is left out is not checked; one that is there says whether everything came. */
  private check(line: string, came: number, segment: 'BTS' | 'FTS', text: string): void {
    const { separators } = this.open?.header ?? this.file ?? {};
    const said = line.split(separators?.field ?? line[3] ?? '|')[1]?.trim() ?? '';
    if (said !== '' && !(/^\d+$/.test(said) && Number(said) === came)) this.blame(text, `${segment}-1`);
  }

  private header(line: string, name: 'FHS' | 'BHS'): BatchHeader | undefined {
    try {
      const separators = readSeparators(line, name);
      return { separators, fields: [separators.field, ...line.split(separators.field).slice(1)] };
    } catch (error) {
      if (!(error instanceof NotHl7)) throw error;
      this.blame('no usable encoding characters', `${name}-2`);
      return undefined;
    }
  }

  private endMessage(): void {
    if (this.message) this.open?.messages.push(Buffer.from(`${this.message.join('\r')}\r`, 'latin1'));
    this.message = undefined;
  }

  private endBatch(): void {
    this.endMessage();
    if (this.open) this.batches.push(this.open);
    this.open = undefined;
  }

  private blame(text: string, location: string): void {
    this.fault ??= { text, location };
  }
}
