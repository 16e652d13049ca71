import { longest } from '../../../src/messaging/contracts/limits.js';
import { cut } from '../cut.js';
import type { XmlElement } from '../soap/xml.js';

/** The elements that the reading of an answer looks at, by local name: those it looks into, and those whose text it takes. */
export type ReadElements = {
  readonly namespaces: readonly string[];
  readonly into: readonly string[];
  readonly texts: readonly string[];
};

/**
 * What is recorded of an answer: no more than is read of it. Whatever else a register sends (numbers of relatives or of staff, extensions
 * of any kind) is nowhere kept, and texts are no longer than a fact takes.
 * @param element is looked into whatever its name
 */
export function onlyRead(element: XmlElement, read: ReadElements): XmlElement {
  const kept = element.children.flatMap((each): XmlElement[] => {
    if (!read.namespaces.includes(each.namespace)) return [];
    if (read.into.includes(each.name)) return [onlyRead(each, read)];
    if (!read.texts.includes(each.name)) return [];
    return [{ ...each, children: [], text: cut(each.text.trim(), longest.text) }];
  });
  return { ...element, children: kept, text: '' };
}
