import type { Element, Extension } from 'fhir/r4.js';
import type { Submitted } from './submitted.js';

/**
 * The extension of that URL. A second one of the same is read by nobody, and so refused with every other that is not asked for.
 * @see https://hl7.org/fhir/R4/extensibility.html
 */
export function extensionOf(element: Submitted<Element>, url: string): Submitted<Extension> | undefined {
  // Looked at without being read: what is of another URL stays unread.
  return element.children('extension').find((each) => each.is('url', url));
}
