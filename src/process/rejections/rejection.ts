import type { RejectionText } from './rejection-text.js';
import { sharedRejections } from './shared-rejections.js';

/** The "no" of a decision, as a value. The facade turns `field` into the FHIRPath of the element at fault. */
export type Rejection<Code extends string = string> = {
  /** Kebab-case. */
  readonly code: Code;
  /** Its row: the rule it stands for, and its words. */
  readonly text: RejectionText;
  /** The field of the command that is at fault, where one is. */
  readonly field?: string;
  /** Values for the placeholders of the text (`{unit}`). Never personal data. */
  readonly values?: Readonly<Record<string, string>>;
};

/** A decision that rejects. */
export type Rejected<Code extends string = string> = {
  readonly rejection: Rejection<Code>;
  readonly events?: undefined;
};

/** What `decide` answers: the events that happened (possibly none, when a repeat changes nothing), or a rejection. */
export type Decision<Event> =
  { readonly events: readonly Event[]; readonly rejection?: undefined } | Rejected;

/** A decision that lets these events happen. */
export function accept<Event>(...events: Event[]): Decision<Event> {
  return { events };
}

/** How those who have these rows reject: they name the code (and through it the rule) and, where one is, the field at fault. */
export function rejecting<Codes extends string>(texts: Readonly<Record<Codes, RejectionText>>) {
  return <Code extends Codes>(
    code: Code,
    detail: Pick<Rejection, 'field' | 'values'> = {},
  ): Rejected<Code> => ({ rejection: { code, text: texts[code], ...detail } });
}

/** Rejects for a reason that every kind of case has, and the interfaces in front of them. */
export const reject = rejecting(sharedRejections);
