import { fault } from '../outcome.js';
import type { Headers } from './preconditions.js';

/** What is left of a resource in the answer to a write. */
type Returned = 'minimal' | 'representation' | 'OperationOutcome';

const returned: readonly string[] = ['minimal', 'representation', 'OperationOutcome'] satisfies Returned[];

/** What a client prefers, as far as the hub obeys it; `applied` is for `Preference-Applied`. */
export type Preferences = { readonly returned?: Returned; readonly applied: readonly string[] };

const none: Preferences = { applied: [] };

/**
 * Reads `Prefer`. What FHIR defines is obeyed or refused: `return` for writes, `handling=strict`, which is how the hub reads a
 * search at all times. A preference that FHIR does not know is no part of the question, and is ignored as RFC 7240 demands.
 * @param isRead whether the request reads, whatever its method
 * @see https://hl7.org/fhir/R4/http.html#ops docs/decisions/0039
 * @throws {FhirError} 400 for `handling=lenient`, `respond-async`, and `return` of something else or of a read
 */
export function preferencesOf(headers: Headers, isRead: boolean): Preferences {
  const header = headers['prefer'];
  if (header === undefined) return none;
  const text = typeof header === 'string' ? header : (header?.join(', ') ?? '');
  const applied: string[] = [];
  let wanted: Returned | undefined;
  for (const preference of text.split(/[,;]/).map((part) => part.trim())) {
    const [name = '', value = ''] = preference.split('=', 2).map((part) => part.trim().replaceAll('"', ''));
    const key = name.toLowerCase();
    if (key === 'handling' && value === 'strict') applied.push('handling=strict');
    else if (key === 'return' && returned.includes(value) && (!isRead || value === 'representation')) {
      // The first counts (RFC 7240, 2).
      wanted ??= value as Returned;
    } else if (key === 'handling' || key === 'return' || key === 'respond-async')
      throw fault('bad-header', { values: { header: 'Prefer' } });
  }
  if (wanted !== undefined) applied.push(`return=${wanted}`);
  return wanted === undefined ? { applied } : { returned: wanted, applied };
}
