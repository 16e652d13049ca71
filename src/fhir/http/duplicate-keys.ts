/**
 * Whether an object of a JSON text has the same key twice. Of two, `JSON.parse` keeps the last and another reader the first, so who
 * checked the one might have let through the other. One pass over the text.
 * @param text JSON that has been parsed without a fault
 */
export function hasDuplicateKeys(text: string): boolean {
  // For each object that is open, its keys; for an array nothing.
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '{') open.push(new Set());
    else if (sign === '[') open.push(undefined);
    else if (sign === '}' || sign === ']') open.pop();
    else if (sign === '"') {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys !== undefined && isFollowedByColon(text, end)) {
        const written = text.slice(at, end + 1);
        // What is escaped is the same key: `sub\u006aect`.
        const key = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
        if (keys.has(key)) return true;
        keys.add(key);
      }
      at = end;
    }
  }
  return false;
}

/** Where the string that begins at a quotation mark ends. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}

function isFollowedByColon(text: string, end: number): boolean {
  let next = end + 1;
  while (text[next] === ' ' || text[next] === '\n' || text[next] === '\r' || text[next] === '\t') next += 1;
  return text[next] === ':';
}
