import type { RejectionCode } from './all-rejections.js';

/**
 * The "no" of a decision, as a value. The texts and the rule each code stands for are in `all-rejections.ts`;
 * the facade turns `field` into the FHIRPath of the element at fault.
 */
export type Rejection = {
  readonly code: RejectionCode;
  /** The field of the command that is at fault, where one is. */
  readonly field?: string;
  /** Values for the placeholders of the text (`{unit}`). Never personal data. */
  readonly values?: Readonly<Record<string, string>>;
};

/** What `decide` answers: the events that happened (possibly none, when a repeat changes nothing), or a rejection. */
export type Decision<Event> =
  | { readonly events: readonly Event[]; readonly rejection?: undefined }
  | { readonly rejection: Rejection; readonly events?: undefined };

/** A decision that lets these events happen. */
export function accept<Event>(...events: Event[]): Decision<Event> {
  return { events };
}

/** A decision that refuses, naming the code (and through it the rule) and, where one is, the field at fault. */
export function reject(
  code: RejectionCode,
  detail: { field?: string; values?: Readonly<Record<string, string>> } = {},
): Decision<never> {
  return { rejection: { code, ...detail } };
}
