import { rejectionTexts } from './rejection-texts.js';
import type { RejectionCode } from './rejection-texts.js';

/** Words of the process that fill placeholders, so that no code stands in a Swedish sentence. */
const words: Readonly<
  Record<string, Readonly<Record<string, { readonly sv: string; readonly en: string }>>>
> = {
  responsibility: {
    read: { sv: 'läsa', en: 'read' },
    write: { sv: 'skriva', en: 'write' },
    acknowledge: { sv: 'kvittera', en: 'acknowledge' },
    sign: { sv: 'justera', en: 'sign' },
    approve: { sv: 'godkänna', en: 'approve' },
  },
  expected: {
    boolean: { sv: 'ja eller nej', en: 'boolean' },
    date: { sv: 'datum', en: 'date' },
  },
  side: {
    outpatient: { sv: 'öppenvården', en: 'outpatient care' },
    municipality: { sv: 'kommunen', en: 'the municipality' },
    'outpatient, municipality': {
      sv: 'öppenvården eller kommunen',
      en: 'outpatient care or the municipality',
    },
  },
};

/** The words of a refusal with its placeholders filled. A value that is missing leaves the placeholder standing. */
export function wordsOf(
  rejection: { readonly code: RejectionCode; readonly values?: Readonly<Record<string, string>> },
  language: 'sv' | 'en',
): string {
  return rejectionTexts[rejection.code][language].replaceAll(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = rejection.values?.[name];
    return value === undefined ? placeholder : (words[name]?.[value]?.[language] ?? value);
  });
}
