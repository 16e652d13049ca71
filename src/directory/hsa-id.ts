import { looksLikePersonalNumber } from '../messaging/contracts/personal-number-shape.js';

/**
 * HSA-id: `SE`, the ten digits of an organisation number (its third tells it from a personal number), a hyphen and a suffix without å, ä and ö; at most 31 characters.
 * Whether suffixes may hold lower-case letters is not confirmed by a published text, so they are accepted.
 */
const hsaId = /^SE\d{2}[2-9]\d{7}-[0-9A-Za-z](?:[0-9A-Za-z-]*[0-9A-Za-z])?$/;
const longestHsaId = 31;

/** Ids that were looked at, which every request names; forgotten together when they are so many. */
const seen = new Set<string>();
const mostSeen = 10_000;

/** True when the text has the form of an HSA-id. Says nothing about whether the catalogue knows it. */
export function isHsaId(text: string): boolean {
  if (seen.has(text)) return true;
  if (text.length > longestHsaId || !hsaId.test(text) || looksLikePersonalNumber(text)) return false;
  if (seen.size >= mostSeen) seen.clear();
  seen.add(text);
  return true;
}
