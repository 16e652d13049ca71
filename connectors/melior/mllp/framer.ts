const startOfBlock = 0x0b;
const endOfBlock = 0x1c;
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
 * anywhere, several in a packet, with anything between them. A sender that leaves out the last CR is understood. A VT inside a
 * frame starts another: the sender lost the first half-way. Never holds more than `largest` bytes.
 */
export class MllpFramer {
  /** Bytes that stood between frames, line ends not counted. */
  garbage = 0;
  /** Frames whose end never came. */
  broken = 0;
  private parts: Buffer[] = [];
  private size = 0;
  private state: 'between' | 'inside' | 'oversized' = 'between';

  constructor(private readonly largest: number) {}

  /** True while a frame has begun and not ended. */
  get inside(): boolean {
    return this.state !== 'between';
  }

  /** Takes the next bytes and returns the frames they completed. */
  push(chunk: Buffer): readonly Frame[] {
    const frames: Frame[] = [];
    let at = 0;
    while (at < chunk.length)
      at = this.state === 'between' ? this.seek(chunk, at) : this.read(chunk, at, frames);
    return frames;
  }

  private seek(chunk: Buffer, from: number): number {
    const start = chunk.indexOf(startOfBlock, from);
    const end = start === -1 ? chunk.length : start;
    for (let at = from; at < end; at += 1) {
      const byte = chunk[at];
      if (byte !== carriageReturn && byte !== lineFeed) this.garbage += 1;
    }
    if (start === -1) return chunk.length;
    this.begin();
    return start + 1;
  }

  private read(chunk: Buffer, from: number, frames: Frame[]): number {
    // The start first: each search then ends where the next begins, whatever a chunk is made of.
    const start = indexOrEnd(chunk, startOfBlock, from);
    const end = start === from ? start : indexOrEnd(chunk.subarray(0, start), endOfBlock, from);
    if (end > from) this.keep(chunk.subarray(from, end));
    if (end < start) {
      frames.push(this.finish());
      return end + 1;
    }
    if (start < chunk.length) {
      this.broken += 1;
      this.begin();
      return start + 1;
    }
    return chunk.length;
  }

  private keep(bytes: Buffer): void {
    this.size += bytes.length;
    if (this.size > this.largest && this.state === 'inside') {
      this.state = 'oversized';
      this.parts = [Buffer.from(Buffer.concat([...this.parts, bytes]).subarray(0, headerBytes))];
    } else if (this.state === 'inside') {
      this.parts.push(bytes);
      // A packet for each byte must not cost a buffer for each byte.
      if (this.parts.length === mostParts) this.parts = [Buffer.concat(this.parts)];
    }
  }

  private begin(): void {
    this.state = 'inside';
    this.parts = [];
    this.size = 0;
  }

  private finish(): Frame {
    const bytes = Buffer.concat(this.parts);
    const kind = this.state;
    this.state = 'between';
    this.parts = [];
    return kind === 'oversized' ? { kind, start: bytes } : { kind: 'message', bytes };
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
