/** Code of the error where a request would have carried what is for one server, or a part of it, to another place. */
export const foreignPath = 'HEMGANG_FOREIGN_PATH';

/** Parts of a path that a server between may read as another path: slashes, backslashes, dots and NUL that are encoded. */
const ambiguous = /%(?:2f|5c|00|25|2e)|\\|\/\/|;|(?:^|\/)\.{1,2}(?:\/|$)/i;

/**
 * Whether an address is the base or lies below it: same scheme, host and port, no user in it, and a path that no server can read as
 * one outside the base.
 * @param base an address without a slash at the end
 */
export function isWithin(base: string, address: string): boolean {
  const [own, url] = [URL.parse(base), URL.parse(address)];
  if (own === null || url === null) return false;
  if (url.origin !== own.origin || url.username !== '' || url.password !== '') return false;
  const root = own.pathname.replace(/\/+$/, '');
  const rest = url.pathname.slice(root.length);
  // `ambiguous` is asked of what was written too: `..` is gone from the path of a parsed address.
  return (
    url.pathname.startsWith(root) &&
    (rest === '' || rest.startsWith('/')) &&
    !ambiguous.test(rest) &&
    !ambiguous.test(pathAsWritten(address).slice(root.length))
  );
}

/** Without scheme, host, query and fragment. */
function pathAsWritten(address: string): string {
  return address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '').replace(/[?#].*$/s, '');
}
