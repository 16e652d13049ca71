/** Scheme and authority of an address in absolute form, which HTTP allows for every request. @see https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2 */
const origin = /^https?:\/\/[^/?#]*/i;

/**
 * The one way in which an address is written before anything reads it: without scheme and host, with a slash before it (`*` has none), one slash at its end, and what is escaped without need (letters,
 * digits, `$` and the few others), mean what they mean without (https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2), and the router
 * knows one form alone. Two slashes mean something else than one. The query stays as it is.
 */
export function canonicalUrl(url: string): string {
  const rest = url.replace(origin, '');
  const local = /^[^/?#]/.test(rest) ? `/${rest}` : rest;
  const start = local.search(/[?#]/);
  const [path, query] = start < 0 ? [local, ''] : [local.slice(0, start), local.slice(start)];
  const plain = path.includes('%') ? path.replaceAll(/%[2-7][\da-f]/gi, unescaped) : path;
  const slash = plain.length > 1 && plain.endsWith('/') && !plain.endsWith('//');
  return (slash ? plain.slice(0, -1) : plain || '/') + query;
}

function unescaped(escape: string): string {
  const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
  return /[\w.~$-]/.test(character) ? character : escape;
}
