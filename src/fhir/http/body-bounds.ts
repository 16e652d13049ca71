/** How much a body may hold, whatever its bytes: what is looked at costs by values, lists and levels, not by bytes. */
export type BodyBounds = {
  /** Values of a body together: objects, lists, texts, numbers. */
  readonly elements: number;
  /** Values of one list or one object. */
  readonly list: number;
  /** How deep objects and lists nest. */
  readonly depth: number;
  /** Characters of one text. */
  readonly text: number;
};

const [quote, escape, comma] = [0x22, 0x5c, 0x2c];
const isOpening = (byte: number): boolean => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number): boolean => byte === 0x5d || byte === 0x7d;

/**
 * Whether JSON keeps within the bounds, told from its bytes alone, before anything is made of them. Of what is no JSON it says
 * something or other; parsing it says the rest.
 */
export function isWithin(bounds: BodyBounds, json: Buffer): boolean {
  const lists: number[] = [];
  let elements = 1;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at] as number;
    if (inText) {
      if (byte === escape) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (isOpening(byte)) {
      elements += 1;
      if (lists.push(1) > bounds.depth) return false;
    } else if (isClosing(byte)) lists.pop();
    else if (byte === comma) {
      elements += 1;
      const inList = (lists.pop() ?? 1) + 1;
      if (inList > bounds.list) return false;
      lists.push(inList);
    }
    if (elements > bounds.elements) return false;
  }
  return true;
}

/** Whether a form has no more than so many parameters. */
export function hasAtMost(parameters: number, form: Buffer): boolean {
  let found = 1;
  for (let at = form.indexOf('&'); at !== -1 && found <= parameters; at = form.indexOf('&', at + 1))
    found += 1;
  return found <= parameters;
}
