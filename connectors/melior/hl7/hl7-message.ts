import type { FieldPath } from './field-path.js';
import { splitLines } from './lines.js';
import { NotHl7, readSeparators, unescapeText, type Separators } from './separators.js';

/** What a field holds: text; `null` for `""`, the explicit "nothing"; undefined when it was left empty or out. */
export type FieldValue = string | null | undefined;

/** What some systems take for the end of a line, and HL7 does not; an LF among them stands inside a value here. */
const otherLineEnds = /[\p{Cc}\u2028\u2029]/u;

type Segment = { readonly name: string; readonly fields: readonly string[] };

/**
 * An HL7 v2 message of any version, read leniently: only what is asked for is taken apart. Lines that are no segments
 * are passed over (`lostLine` tells whether they may be); of a segment that repeats, the first counts.
 */
export class Hl7Message {
  private constructor(
    readonly separators: Separators,
    private readonly segments: readonly Segment[],
    private readonly decodeBytes: (bytes: Buffer) => string,
    private readonly lines: readonly string[],
  ) {}

  /**
   * @param decodeBytes reads the bytes of an \X..\ escape in the message's character set
   * @throws NotHl7
   */
  static parse(text: string, decodeBytes: (bytes: Buffer) => string): Hl7Message {
    const lines = splitLines(text);
    const separators = readSeparators(lines[0] ?? '');
    const segments = lines
      .map((line) => line.split(separators.field))
      .filter(([name]) => isName(name))
      .map(([name = '', ...rest]): Segment => ({
        name,
        fields: name === 'MSH' ? [separators.field, ...rest] : rest,
      }));
    if (segments.length === 0) throw new NotHl7('no segments');
    return new Hl7Message(separators, segments, decodeBytes, lines);
  }

  /**
   * A segment of which a part would be passed over: a line end that was not escaped cut it in two, or another sign than CR or LF
   * stands where the next begins, or its name is written as no segment's is. Its name; undefined when there is none.
   * @param read the segments that are looked at; of others nothing is lost
   */
  lostLine(read: readonly string[]): string | undefined {
    const field = this.separators.field;
    let before = '';
    for (const line of this.lines) {
      const whole = isName(line.split(field, 1)[0]);
      if (whole) before = line.slice(0, 3);
      const name = whole ? undefined : line.trimStart().slice(0, 3).toUpperCase();
      if (name !== undefined && (read.includes(before) || read.includes(name))) return before;
      const glued = line
        .split(otherLineEnds)
        .slice(1)
        .map((each) => each.trimStart().slice(0, 4).toUpperCase());
      if (glued.some((each) => each[3] === field && read.includes(each.slice(0, 3)))) return before;
    }
    return undefined;
  }

  has(segment: string): boolean {
    return this.count(segment) > 0;
  }

  /** How often a segment comes. */
  count(segment: string): number {
    return this.segments.filter((each) => each.name === segment).length;
  }

  /** The value at a path, first repetition, escapes undone and trimmed. */
  get(path: FieldPath): FieldValue {
    const raw = this.raw(path.segment, path.field);
    const { repetition } = this.separators;
    const first = raw.includes(repetition) ? raw.split(repetition).find((each) => each !== '') : raw;
    if (first === undefined || first === '') return undefined;
    return new Repetition(first, this.separators, this.decodeBytes).get(path.component, path.subcomponent);
  }

  /** The repetitions of a field that hold anything. */
  repetitions(segment: string, field: number): readonly Repetition[] {
    const raw = this.raw(segment, field);
    return raw === ''
      ? []
      : raw
          .split(this.separators.repetition)
          .filter((each) => each !== '')
          .map((each) => new Repetition(each, this.separators, this.decodeBytes));
  }

  /** A whole field as sent. */
  raw(segment: string, field: number): string {
    return this.segments.find((each) => each.name === segment)?.fields[field - 1] ?? '';
  }

  /** The message as lines without the time it was sent (MSH-7): what makes a repeat a repeat. */
  content(): readonly string[] {
    return this.segments.map(({ name, fields }) => {
      const kept = name === 'MSH' ? fields.map((field, index) => (index === 6 ? '' : field)) : fields;
      return [name, ...kept].join(this.separators.field);
    });
  }
}

function isName(text: string | undefined): boolean {
  return text !== undefined && /^[A-Z][A-Z0-9]{2}$/.test(text);
}

/** One repetition of a field. */
export class Repetition {
  private readonly components: readonly string[];

  constructor(
    text: string,
    private readonly separators: Separators,
    private readonly decodeBytes: (bytes: Buffer) => string,
  ) {
    this.components = text.split(separators.component);
  }

  /** A component (1 the first), and of it a subcomponent. */
  get(component: number, subcomponent = 1): FieldValue {
    const whole = this.components[component - 1] ?? '';
    if (whole === '') return undefined;
    const part =
      this.separators.subcomponent === undefined
        ? subcomponent === 1
          ? whole
          : ''
        : (whole.split(this.separators.subcomponent)[subcomponent - 1] ?? '');
    const value = unescapeText(part, this.separators, this.decodeBytes).trim();
    if (value === '""') return null;
    return value === '' ? undefined : value;
  }
}
