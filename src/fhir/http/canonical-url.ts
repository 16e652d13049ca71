/**
 * The one way in which an address is written before anything reads it: a slash at its end and an escaped `$` mean what they mean without
 * (https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2), and the router knows one form alone. The query stays as it is.
 */
export function canonicalUrl(url: string): string {
  const start = url.indexOf('?');
  const [path, query] = start < 0 ? [url, ''] : [url.slice(0, start), url.slice(start)];
  const plain = path.replaceAll('%24', '$');
  return (plain.length > 1 && plain.endsWith('/') ? plain.slice(0, -1) : plain) + query;
}
