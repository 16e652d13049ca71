import { Agent, DecoratorHandler, type Dispatcher } from 'undici';
import { textOf } from '../../../src/wire/text.js';
import { answerBounds } from '../../common/answer-bounds.js';
import { isParsable } from '../../common/json-size.js';
import { foreignPath, isWithin } from './own-paths.js';
import { tlsOptions, type ClientTls } from '../../common/tls.js';

/** What every request says: an answer that is packed may be a thousand times larger than what was sent of it. */
export const asItIs = { 'accept-encoding': 'identity' } as const;

/** Code of the error where an answer came packed although it was asked for as it is; nothing of it is unpacked. */
export const packedAnswer = 'HEMGANG_PACKED_ANSWER';

/** Code of the error where an answer is not in the character set it declares, or in one that is not read here. */
export const wrongCharacterSet = 'HEMGANG_WRONG_CHARACTER_SET';

/** Code of the error where an answer holds more than may be parsed on the event loop. */
export const tooManyParts = 'HEMGANG_TOO_MANY_PARTS';

/** Connections that are kept open, and those that serve one request each. */
export type Connections = { readonly kept: Dispatcher; readonly fresh: Dispatcher };

/**
 * Connections to one server and its token endpoint: no request goes to any other path, whoever made its address, for each carries
 * a secret. No answer may be larger than `largestAnswerBytes`, or packed (`Content-Encoding`); answers are handed on in UTF-8.
 */
export function createConnections(
  tls: ClientTls | undefined,
  largestAnswerBytes: number,
  { url, tokenUrl }: { readonly url: string; readonly tokenUrl: string },
): Connections {
  const isOwn = (address: string): boolean => address === new URL(tokenUrl).href || isWithin(url, address);
  const create = (pipelining: number): Dispatcher =>
    new Agent({
      connect: tlsOptions(tls),
      // Counts what is sent, which is all there is only where it is not packed.
      maxResponseSize: largestAnswerBytes,
      connections: 4,
      pipelining,
    }).compose((dispatch) => (options, handler) => {
      if (!isOwn(`${String(options.origin)}${options.path}`))
        throw Object.assign(new Error('not a path of the server'), { code: foreignPath });
      return dispatch(options, guarded(handler));
    });
  return { kept: create(1), fresh: create(0) };
}

type Handler = Dispatcher.DispatchHandler;
type Controller = Dispatcher.DispatchController;
type Start =
  Parameters<NonNullable<Handler['onResponseStart']>> extends [Controller, ...infer Rest] ? Rest : never;

/** For a request whose answer has come: its connection already serves the next, which must not be disturbed. */
const ended = ({ rawHeaders, rawTrailers }: Controller): Controller => ({
  aborted: false,
  paused: false,
  reason: null,
  rawHeaders: rawHeaders ?? null,
  rawTrailers: rawTrailers ?? null,
  abort: () => undefined,
  pause: () => undefined,
  resume: () => undefined,
});

function guarded(handler: Handler): Handler {
  // Lets a handler of the older kind, as fetch has one, be spoken to as one of the newer.
  const inner: Handler = new DecoratorHandler(handler);
  // Whoever reads the answer takes it for UTF-8 and makes something of everything, so it is held until it is known to be that.
  let held:
    { readonly start: Start; readonly contentType: string | undefined; readonly parts: Buffer[] } | undefined;
  return {
    onRequestStart: (...start) => inner.onRequestStart?.(...start),
    onRequestUpgrade: (...upgrade) => inner.onRequestUpgrade?.(...upgrade),
    onResponseStart: (_controller, status, headers, message) => {
      const encoding = String(headers['content-encoding'] ?? 'identity');
      if (encoding.trim().toLowerCase() !== 'identity')
        throw Object.assign(new Error('the answer is packed'), { code: packedAnswer });
      held = {
        start: [status, headers, message],
        // Of what is no success nothing is read but the kind.
        contentType: status >= 300 ? undefined : String(headers['content-type'] ?? ''),
        parts: [],
      };
      return undefined;
    },
    onResponseData: (_controller, part) => void held?.parts.push(part),
    onResponseEnd: (controller, trailers) => {
      if (!held) return inner.onResponseEnd?.(controller, trailers);
      const whole =
        held.contentType === undefined ? ofRefusal(held.parts) : inUtf8(held.parts, held.contentType);
      // An end that throws is heard by nobody.
      if (whole instanceof Error) return inner.onResponseError?.(controller, whole);
      const over = ended(controller);
      inner.onResponseStart?.(over, ...held.start);
      inner.onResponseData?.(over, whole);
      return inner.onResponseEnd?.(over, trailers);
    },
    // As a plain Error: of its own kinds of error fetch tells no more than that there was one.
    onResponseError: (controller, error) => {
      const code = 'code' in error ? error.code : undefined;
      inner.onResponseError?.(controller, Object.assign(new Error(error.message), { code }));
    },
  };
}

/** An answer that is no success, without its body where that holds more than may be parsed. */
function ofRefusal(parts: readonly Buffer[]): Buffer {
  const whole = Buffer.concat(parts);
  return isParsable(whole, answerBounds.cosmic) ? whole : Buffer.alloc(0);
}

/** The same in UTF-8; an error with the code `wrongCharacterSet` where that cannot be, or `tooManyParts`. */
function inUtf8(parts: readonly Buffer[], contentType: string): Buffer | Error {
  try {
    const whole = Buffer.from(textOf(Buffer.concat(parts), contentType), 'utf8');
    return isParsable(whole, answerBounds.cosmic)
      ? whole
      : Object.assign(new Error('the answer holds more than may be parsed'), { code: tooManyParts });
  } catch (cause) {
    const error = new Error('the answer is not in the character set it declares', { cause });
    return Object.assign(error, { code: wrongCharacterSet });
  }
}
