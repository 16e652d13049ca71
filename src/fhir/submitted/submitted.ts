import type { OperationOutcomeIssue } from 'fhir/r4.js';
import { textHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-text.js';
import type { TimeWindow } from '../../messaging/contracts/time-bounds.js';
import { fault } from '../outcome.js';
import type { FaultDetail } from '../outcome.js';
import { writeIssue } from '../write/write-faults.js';
import type { WriteFaultCode } from '../write/write-faults.js';
import { differences } from './difference.js';
import { saysNothing } from './meaning.js';

type Name<Of> = keyof Of & string;
type Primitive = string | boolean | number | undefined;
type PrimitiveName<Of> = { [Key in Name<Of>]: Of[Key] extends Primitive ? Key : never }[Name<Of>];
type TextName<Of> = { [Key in Name<Of>]: Of[Key] extends string | undefined ? Key : never }[Name<Of>];
type Item<List> = NonNullable<List> extends readonly (infer One extends object)[] ? One : never;
type Part = { readonly parts: readonly Submitted<object>[] } | 'whole';

/** So many faults are told at once; a body with more is another kind of thing than was asked for. */
const mostFaults = 100;

/** What all elements of one submitted resource share. */
export type Submission = {
  /** Of the hub, without a slash at the end. */
  readonly baseUrl: string;
  /** The days in which times of a case are taken. */
  readonly window: TimeWindow;
  /** The faults that are told. */
  readonly issues: OperationOutcomeIssue[];
  /** How many there are. */
  faults: number;
};

/**
 * An element of what a client sent. A reader asks for what it honours by name, and thereby declares it; what nobody asked
 * for is refused by its path, at whatever depth, so that nothing a client says is dropped without a word. That is what FHIR demands for
 * modifiers, and what the hub does with everything.
 * @see https://hl7.org/fhir/R4/conformance-rules.html#isModifier
 */
export class Submitted<Of extends object> {
  readonly #read = new Map<string, Part>();

  constructor(
    private readonly content: Of,
    /** FHIRPath of the element: `Consent.category[0]`. */
    readonly path: string,
    readonly submission: Submission,
  ) {}

  /** A primitive, which is honoured (or refused by a fault) by who asks for it. */
  value<Key extends PrimitiveName<Of>>(name: Key): Of[Key] {
    this.#read.set(name, 'whole');
    return this.content[name];
  }

  /**
   * What somebody wrote freely and the hub keeps: refused by its place where it holds what looks like a personal number, for others
   * read it who may not know that person (PAT-13), and where it is longer than its kind may be. Undefined where it is left out.
   * @param longest in characters; what every text is bounded by (`BODY_LONGEST_TEXT`) where there is none of its own
   */
  text<Key extends TextName<Of> & PrimitiveName<Of>>(name: Key, longest = Infinity): string | undefined {
    const text = this.value(name) as string | undefined;
    if (text === undefined) return undefined;
    const expression = `${this.path}.${name}`;
    if (textHoldsPersonalNumber(text)) this.fault('number-in-text', `.${name}`);
    if (text.length > longest)
      this.note(fault('text-too-long', { expression, values: { longest: String(longest) } }).issues);
    return text;
  }

  /** Whether a primitive has this value; what has another stays unread. */
  is<Key extends PrimitiveName<Of>>(name: Key, value: Of[Key]): boolean {
    return this.content[name] === value && this.value(name) === value;
  }

  /** An element that may be there once. */
  child<Key extends Name<Of>>(name: Key): Submitted<NonNullable<Of[Key]> & object> | undefined {
    const value = this.content[name];
    if (value === undefined || saysNothing(value)) return undefined;
    return this.#partsOf(name, [value as object], () => `${this.path}.${name}`)[0] as
      Submitted<NonNullable<Of[Key]> & object> | undefined;
  }

  /** The elements of a list. */
  children<Key extends Name<Of>>(name: Key): readonly Submitted<Item<Of[Key]>>[] {
    const values = (this.content[name] ?? []) as readonly object[];
    return this.#partsOf(
      name,
      values,
      (index) => `${this.path}.${name}[${index}]`,
    ) as unknown as readonly Submitted<Item<Of[Key]>>[];
  }

  /** Elements that are taken whatever they say: they say nothing of the content, or a fault was told of them. */
  takeWhole(...names: readonly Name<Of>[]): void {
    for (const name of names) this.#read.set(name, 'whole');
  }

  /** The whole element, once a fault was told of it. */
  takeAll(): void {
    for (const name of this.names) this.#read.set(name, 'whole');
  }

  /** Notes a fault of another table than that of writing. */
  note(issues: readonly OperationOutcomeIssue[]): undefined {
    const { submission } = this;
    submission.faults += issues.length;
    submission.issues.push(...issues.slice(0, mostFaults - submission.issues.length));
  }

  /** Names of the elements that are there. */
  get names(): readonly string[] {
    return Object.keys(this.content);
  }

  /** Notes a fault; `expression` is below this element unless it is told otherwise. */
  fault(code: WriteFaultCode, below = '', values?: FaultDetail['values']): undefined {
    if (this.submission.issues.length >= mostFaults) this.submission.faults += 1;
    else
      this.note([
        writeIssue(code, { expression: `${this.path}${below}`, ...(values === undefined ? {} : { values }) }),
      ]);
  }

  /** The places in which an element says something else than what is stored; see `differences`. */
  differsFrom(name: Name<Of>, stored: unknown): readonly string[] {
    return differences(stored, this.content[name], `${this.path}.${name}`, this.submission.baseUrl);
  }

  /** Tells of everything that no reader asked for. */
  refuseUnread(): void {
    for (const [name, value] of Object.entries(this.content)) {
      const read = this.#read.get(name);
      if (read === 'whole' || saysNothing(value)) continue;
      if (read === undefined) this.#refuse(name, value);
      else for (const part of read.parts) part.#refuseAsPart(name);
    }
  }

  #refuseAsPart(name: string): void {
    if (saysNothing(this.content)) return;
    if (this.#read.size === 0) this.fault(codeOfUnread(name));
    else this.refuseUnread();
  }

  #refuse(name: string, value: unknown): void {
    // Beside a primitive stand its id and extensions (https://hl7.org/fhir/R4/json.html#primitive).
    if (name.startsWith('_')) {
      const element = JSON.stringify(value).includes('"extension"') ? 'extension' : 'id';
      this.fault(codeOfUnread(element), `.${name.slice(1)}.${element}`);
    } else this.fault(codeOfUnread(name), `.${name}`);
  }

  #partsOf(
    name: string,
    values: readonly object[],
    pathOf: (index: number) => string,
  ): readonly Submitted<object>[] {
    const known = this.#read.get(name);
    if (known !== undefined && known !== 'whole') return known.parts;
    const parts = values.map((value, index) => new Submitted(value, pathOf(index), this.submission));
    this.#read.set(name, { parts });
    return parts;
  }
}

const codeOfUnread = (name: string): WriteFaultCode =>
  name === 'extension' || name === 'modifierExtension' ? 'extension-not-taken' : 'element-not-taken';
