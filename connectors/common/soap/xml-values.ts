import { readXmlTime, UnreadableTime } from '../stockholm-time.js';
import { SoapFailure } from './fault.js';
import { childrenOf, type XmlElement } from './xml.js';

/** An element that may stand once; undefined when missing. @throws SoapFailure `unreadable` when it stands twice: which of them holds is not to be guessed */
export function onlyChild(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const [found, second] = childrenOf(element, namespace, name);
  if (second !== undefined) throw new SoapFailure('unreadable', 'theirs');
  return found;
}

/** The trimmed text of an element that may stand once; undefined when missing or empty. @throws SoapFailure `unreadable` when it stands twice */
export function onlyText(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = onlyChild(element, namespace, name)?.text.trim();
  return text === '' ? undefined : text;
}

/** An element where it stands once; undefined when it is missing, and when it stands twice. */
export function saidOnce(element: XmlElement, namespace: string, name: string): XmlElement | undefined {
  const [found, second] = childrenOf(element, namespace, name);
  return second === undefined ? found : undefined;
}

/** Its trimmed text; undefined also when it is empty. */
export function textSaidOnce(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = saidOnce(element, namespace, name)?.text.trim();
  return text === '' ? undefined : text;
}

/** An xs:boolean; undefined when it is missing, something else, or said twice. */
export function flagOf(element: XmlElement, namespace: string, name: string): boolean | undefined {
  const text = textSaidOnce(element, namespace, name);
  if (text === 'true' || text === '1') return true;
  return text === 'false' || text === '0' ? false : undefined;
}

/** An xs:dateTime as an instant; one without zone is Swedish local time. @throws SoapFailure `unreadable` when it is none, or stands twice */
export function timeOf(element: XmlElement, namespace: string, name: string): string | undefined {
  const text = onlyText(element, namespace, name);
  if (text === undefined) return undefined;
  try {
    return readXmlTime(text).instant;
  } catch (error) {
    if (error instanceof UnreadableTime) throw new SoapFailure('unreadable', 'theirs');
    throw error;
  }
}
