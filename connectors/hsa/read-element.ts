import { SoapFailure } from '../frame/soap/fault.js';
import { childrenOf, childText, type XmlElement } from '../frame/soap/xml.js';
import { readXmlTime, UnreadableTime } from '../frame/stockholm-time.js';

const longestText = 200;

/** A text as the facts carry it: trimmed, cut to what they take; undefined when missing or empty. */
export function textOf(element: XmlElement, namespace: string, name: string): string | undefined {
  return childText(element, namespace, name)?.slice(0, longestText);
}

/** A text that must be there. @throws SoapFailure `unreadable` */
export function requiredText(element: XmlElement, namespace: string, name: string): string {
  const text = textOf(element, namespace, name);
  if (text === undefined) throw new SoapFailure('unreadable', 'theirs');
  return text;
}

/** Every text of a repeated element, each once. */
export function textsOf(element: XmlElement, namespace: string, name: string): readonly string[] {
  const texts = childrenOf(element, namespace, name).map((each) => each.text.trim().slice(0, longestText));
  return [...new Set(texts.filter((text) => text !== ''))];
}

/** An xs:boolean; undefined when it is missing, something else, or said twice. */
export function flagOf(element: XmlElement, namespace: string, name: string): boolean | undefined {
  const [found, second] = childrenOf(element, namespace, name);
  const text = second === undefined ? found?.text.trim() : undefined;
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** True unless the element is missing or says plainly that it is not so: a mark that cannot be read counts as set. */
export function isMarked(element: XmlElement, namespace: string, name: string): boolean {
  return childrenOf(element, namespace, name).length > 0 && flagOf(element, namespace, name) !== false;
}

/** An xs:dateTime as an instant; one without zone is Swedish local time. @throws SoapFailure `unreadable` */
export function timeOf(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = childText(element, namespace, name);
  if (text === undefined) return undefined;
  try {
    return readXmlTime(text).instant;
  } catch (error) {
    if (error instanceof UnreadableTime) throw new SoapFailure('unreadable', 'theirs');
    throw error;
  }
}

/** The earliest of some instants; undefined when there is none. */
export function earliest(...instants: readonly (string | undefined)[]): string | undefined {
  return instants.filter((each) => each !== undefined).toSorted()[0];
}
