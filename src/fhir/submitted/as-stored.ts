import type { Submitted } from './submitted.js';

/** A place in which what is sent says something else than what is stored, and the element of the resource that it is in. */
export type Difference = { readonly expression: string; readonly element: string };

/** What every resource carries and is not compared: the server writes it, or ignores it. */
const baseElements: ReadonlySet<string> = new Set(['resourceType', 'id', 'meta', 'text', 'language']);

/** What no stored resource has at its root; it stays unread, and is refused as in every other body. */
const beside = /^(?:_.*|extension|modifierExtension|implicitRules|contained)$/u;

/**
 * Takes the elements that say what is stored, and answers with the places in which they do not, what is missing or new among them.
 * @param except elements that somebody else reads
 */
export function takeAsStored<Of extends object>(
  sent: Submitted<Of>,
  stored: Of,
  except: readonly string[],
): readonly Difference[] {
  const known = Object.keys(stored);
  const added = sent.names.filter((name) => !known.includes(name) && !beside.test(name));
  const names = ([...known, ...added] as (keyof Of & string)[]).filter(
    (name) => !baseElements.has(name) && !except.includes(name),
  );
  sent.takeWhole(...names);
  return names.flatMap((element) =>
    sent.differsFrom(element, stored[element]).map((expression) => ({ expression, element })),
  );
}
