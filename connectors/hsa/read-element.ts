import { longest } from '../../src/messaging/contracts/limits.js';
import { cut } from '../common/cut.js';
import { SoapFailure } from '../common/soap/fault.js';
import { flagOf, onlyText } from '../common/soap/xml-values.js';
import { childrenOf, type XmlElement } from '../common/soap/xml.js';

/** A text as the facts carry it: trimmed, cut to what they take; undefined when missing or empty. @throws SoapFailure `unreadable` when it stands twice */
export function textOf(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = onlyText(element, namespace, name);
  return text === undefined ? undefined : cut(text, longest.text);
}

/** A text that must be there. @throws SoapFailure `unreadable` */
export function requiredText(element: XmlElement, namespace: string, name: string): string {
  const text = textOf(element, namespace, name);
  if (text === undefined) throw new SoapFailure('unreadable', 'theirs');
  return text;
}

/** Every text of a repeated element, each once. */
export function textsOf(element: XmlElement, namespace: string, name: string): readonly string[] {
  const texts = childrenOf(element, namespace, name).map((each) => cut(each.text.trim(), longest.text));
  return [...new Set(texts.filter((text) => text !== ''))];
}

/** True unless the element is missing or says plainly that it is not so: a mark that cannot be read counts as set. */
export function isMarked(element: XmlElement, namespace: string, name: string): boolean {
  return childrenOf(element, namespace, name).length > 0 && flagOf(element, namespace, name) !== false;
}

/** The earliest of some instants; undefined when there is none. */
export function earliest(...instants: readonly (string | undefined)[]): string | undefined {
  return instants.filter((each) => each !== undefined).toSorted()[0];
}
