import type { IncomingMessage } from 'node:http';
import { fault } from '../outcome.js';

/** Host and port as a URL has them, or nothing. @see https://www.rfc-editor.org/rfc/rfc9110#section-7.2 */
const host = /^(?:\[[\da-f:.]{2,45}\]|[\w.~!$&'()*+,;=%-]{0,255})(?::\d{0,5})?$/i;

/**
 * Refuses a request whose form is not that of HTTP/1.1, where Node would take it, or refuse it in words of its own: another version, no `Host`
 * or several, an expectation that cannot be met, a body whose end another part of the way may see elsewhere. Before it is asked who sends it,
 * because no part of it can be believed.
 * @throws {FhirError} 400; 417 for `Expect`
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export function requireForm(request: Pick<IncomingMessage, 'httpVersion' | 'headers' | 'rawHeaders'>): void {
  const { httpVersion, headers, rawHeaders } = request;
  if (httpVersion !== '1.1' && httpVersion !== '1.0') throw fault('http-version');
  const hosts = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === 'host');
  const known = hosts.length === 1 || (hosts.length === 0 && httpVersion === '1.0');
  if (!known || !host.test(hosts[0] ?? '')) throw fault('bad-host');
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue')
    throw fault('unknown-expectation');
  const coding = headers['transfer-encoding'];
  if (coding !== undefined && coding.toLowerCase() !== 'chunked') throw fault('bad-framing');
}
