import { Agent, DecoratorHandler, type Dispatcher } from 'undici';
import { foreignPath, isWithin } from './own-paths.js';
import { tlsOptions, type ClientTls } from '../../frame/tls.js';

/** What every request says: an answer that is packed may be a thousand times larger than what was sent of it. */
export const asItIs = { 'accept-encoding': 'identity' } as const;

/** Code of the error where an answer came packed although it was asked for as it is; nothing of it is unpacked. */
export const packedAnswer = 'HEMGANG_PACKED_ANSWER';

/**
 * Connections to one server and its token endpoint: no request goes to any other path, whoever made its address, for each carries
 * a secret. No answer may be larger than `largestAnswerBytes`, or packed (`Content-Encoding`).
 */
export function createConnections(
  tls: ClientTls | undefined,
  largestAnswerBytes: number,
  { url, tokenUrl }: { readonly url: string; readonly tokenUrl: string },
): Dispatcher {
  const isOwn = (address: string): boolean => address === new URL(tokenUrl).href || isWithin(url, address);
  return new Agent({
    connect: tlsOptions(tls),
    // Counts what is sent, which is all there is only where it is not packed.
    maxResponseSize: largestAnswerBytes,
    connections: 4,
  }).compose((dispatch) => (options, handler) => {
    if (!isOwn(`${String(options.origin)}${options.path}`))
      throw Object.assign(new Error('not a path of the server'), { code: foreignPath });
    return dispatch(options, guarded(handler));
  });
}

type Handler = Dispatcher.DispatchHandler;

function guarded(handler: Handler): Handler {
  // Lets a handler of the older kind, as fetch has one, be spoken to as one of the newer.
  const inner: Handler = new DecoratorHandler(handler);
  return {
    onRequestStart: (...start) => inner.onRequestStart?.(...start),
    onRequestUpgrade: (...upgrade) => inner.onRequestUpgrade?.(...upgrade),
    onResponseStart: (controller, status, headers, message) => {
      const encoding = String(headers['content-encoding'] ?? 'identity');
      if (encoding.trim().toLowerCase() !== 'identity')
        throw Object.assign(new Error('the answer is packed'), { code: packedAnswer });
      inner.onResponseStart?.(controller, status, headers, message);
    },
    onResponseData: (...data) => inner.onResponseData?.(...data),
    onResponseEnd: (...end) => inner.onResponseEnd?.(...end),
    // As a plain Error: of its own kinds of error fetch tells no more than that there was one.
    onResponseError: (controller, error) => {
      const code = 'code' in error ? error.code : undefined;
      inner.onResponseError?.(controller, Object.assign(new Error(error.message), { code }));
    },
  };
}
