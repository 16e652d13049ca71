const startOfBlock = 0x0b;
/** FS, which ends a frame and has no place inside a message. */
export const endOfBlock = 0x1c;
const carriageReturn = 0x0d;
const lineFeed = 0x0a;

/** What came out of the bytes. `start` of an oversized frame is what was kept of it, enough for its header. */
export type Frame =
  | { readonly kind: 'message'; readonly bytes: Buffer }
  | { readonly kind: 'oversized'; readonly start: Buffer };

const headerBytes = 4096;
const mostParts = 1024;

/**
 * Finds MLLP frames, `<VT> message <FS><CR>` (HL7 v2 transport specification, MLLP release 1), in bytes as they arrive: split
 * anywhere, several in a packet, with anything between them. A VT inside a frame starts another: the sender lost the first half-way.
 *
 * The last FS before the next VT ends a frame; one before it stands inside the message, which whoever reads it refuses. A frame is given
 * out when its FS is followed by a line end and no more. What follows otherwise may be the rest of the message, so it is held until
 * a VT comes, or `settle` says that nothing more does: a sender that leaves out the last CR is understood. Holds at most twice
 * `largest` bytes.
 */
export class MllpFramer {
  /** Bytes that stood between frames, line ends not counted. */
  garbage = 0;
  /** Frames whose end never came. */
  broken = 0;
  /** Ends that nothing began: what was given out before may have been the first half of a message. */
  strayEnds = 0;
  private parts: Buffer[] = [];
  private size = 0;
  private state: 'between' | 'inside' | 'oversized' = 'between';
  /** Where in the frame its last FS stands, and what came after that. */
  private end: { readonly at: number; closed: boolean; trailing: number } | undefined;
  private between: { garbage: boolean } = { garbage: false };

  constructor(private readonly largest: number) {}

  /** True while a frame has begun and not ended. */
  get inside(): boolean {
    return this.state !== 'between';
  }

  /** True when a frame may have ended: what comes next, or that nothing does, will tell. */
  get held(): boolean {
    return this.end !== undefined;
  }

  /** Takes the next bytes and returns the frames they completed. */
  push(chunk: Buffer): readonly Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length)
      at = this.state === 'between' ? this.seek(chunk, at) : this.read(chunk, at, frames);
    if (this.end?.closed === true && this.end.trailing === 0) frames.push(this.finish());
    return frames;
  }

  /** Nothing more comes for now: the frame that was held, if any. */
  settle(): readonly Frame[] {
    return this.end === undefined ? [] : [this.finish()];
  }

  private seek(chunk: Buffer, from: number): number {
    const end = indexOrEnd(chunk, startOfBlock, from);
    for (let at = from; at < end; at += 1) {
      const byte = chunk[at];
      if (byte === endOfBlock && this.between.garbage) this.strayEnds += 1;
      if (byte === carriageReturn || byte === lineFeed) continue;
      this.garbage += 1;
      this.between.garbage = true;
    }
    if (end === chunk.length) return end;
    this.begin();
    return end + 1;
  }

  private read(chunk: Buffer, from: number, frames: Frame[]): number {
    const start = indexOrEnd(chunk, startOfBlock, from);
    this.keep(chunk.subarray(from, start));
    if (start === chunk.length) return start;
    if (this.end) {
      this.garbage += this.end.trailing;
      frames.push(this.finish());
    } else this.broken += 1;
    this.begin();
    return start + 1;
  }

  private keep(bytes: Buffer): void {
    const last = bytes.lastIndexOf(endOfBlock);
    if (last >= 0) this.end = { at: this.size + last, closed: false, trailing: 0 };
    if (this.end) trail(this.end, bytes, last + 1);
    this.size += bytes.length;
    const message = this.end?.at ?? this.size;
    if (this.state === 'oversized') return;
    if (message > this.largest || this.size > 2 * this.largest) {
      this.state = 'oversized';
      this.parts = [Buffer.from(Buffer.concat([...this.parts, bytes]).subarray(0, headerBytes))];
      return;
    }
    this.parts.push(bytes);
    // A packet for each byte must not cost a buffer for each byte, nor joining them the square of the frame.
    if (this.parts.length >= Math.max(mostParts, this.size / mostParts))
      this.parts = [Buffer.concat(this.parts)];
  }

  private begin(): void {
    this.state = 'inside';
    this.parts = [];
    this.size = 0;
    this.end = undefined;
  }

  private finish(): Frame {
    const bytes = Buffer.concat(this.parts).subarray(0, this.end?.at);
    const kind = this.state;
    this.state = 'between';
    this.between = { garbage: false };
    this.parts = [];
    this.end = undefined;
    return kind === 'oversized' ? { kind, start: bytes } : { kind: 'message', bytes };
  }
}

/** What stands after an FS: line ends close the frame, anything else may be more of the message. */
function trail(end: { closed: boolean; trailing: number }, bytes: Buffer, from: number): void {
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === carriageReturn || bytes[at] === lineFeed) end.closed = true;
    else end.trailing += 1;
  }
}

/** A message as it goes on the wire. */
export function frame(message: Buffer): Buffer {
  return Buffer.concat([Buffer.from([startOfBlock]), message, Buffer.from([endOfBlock, carriageReturn])]);
}

function indexOrEnd(bytes: Buffer, byte: number, from: number): number {
  const index = bytes.indexOf(byte, from);
  return index === -1 ? bytes.length : index;
}
