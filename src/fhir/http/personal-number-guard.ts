import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import { fault } from '../outcome.js';

/**
 * A personal number is never in a URL (design, section 6), because URLs end up in logs that nobody guards. Looks at the
 * URL as sent and as decoded again and again.
 * @throws {FhirError} 400, which repeats nothing of the URL
 */
export function refusePersonalNumber(url: string): void {
  let text = url;
  for (let decodings = 0; decodings <= 8; decodings++) {
    if (looksLikePersonalNumber(text)) throw fault('number-in-url');
    const decoded = decode(text);
    if (decoded === text) return;
    text = decoded;
  }
}

/** Decodes what can be decoded; a broken escape stays as it is and hides nothing behind it. */
function decode(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (escaped) => {
    try {
      return decodeURIComponent(escaped);
    } catch {
      return escaped.replaceAll(/%([0-7][0-9a-f])/gi, (_, hex: string) =>
        String.fromCodePoint(parseInt(hex, 16)),
      );
    }
  });
}
