import { versionOfEtag } from '../answer.js';
import { fault } from '../outcome.js';

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a condition is compared with. */
export type Validators = { readonly version: number; readonly lastUpdated: Date };

/** `unmodified`: the client has this version already (304 to a read). `failed`: it is another than the client acts on (412). */
export type Verdict = 'holds' | 'unmodified' | 'failed';

/**
 * Weighs the conditions that a request puts on a resource that is there, in the order of RFC 9110, 13.2.2. Weak tags count, for
 * FHIR has no others.
 * @see https://hl7.org/fhir/R4/http.html#concurrency
 * @throws {FhirError} 400 for a header that is no list of tags
 */
export function weigh(headers: Headers, found: Validators, method: 'read' | 'write'): Verdict {
  const match = tagsOf(headers, 'if-match');
  const since = (name: string) => timeOf(headers, name);
  if (match !== undefined) {
    if (!names(match, found)) return 'failed';
  } else if (isLaterThan(found, since('if-unmodified-since'))) return 'failed';
  const noneMatch = tagsOf(headers, 'if-none-match');
  if (noneMatch !== undefined) {
    if (!names(noneMatch, found)) return 'holds';
    return method === 'read' ? 'unmodified' : 'failed';
  }
  // Only a read has it: on a write it means nothing.
  const seen = since('if-modified-since');
  return method === 'read' && seen !== undefined && !isLaterThan(found, seen) ? 'unmodified' : 'holds';
}

/** `*`, or the versions that the tags name; a tag of another form matches nothing. */
type Tags = '*' | readonly (number | undefined)[];

const names = (tags: Tags, { version }: Validators): boolean => tags === '*' || tags.includes(version);

function tagsOf(headers: Headers, name: 'if-match' | 'if-none-match'): Tags | undefined {
  const text = headerText(headers, name);
  if (text === undefined) return undefined;
  if (text.trim() === '*') return '*';
  // One after another, because a tag may hold a comma.
  const parts = [...text.matchAll(/[\t ,]*((?:W\/)?"[\x21\x23-\x7e]*")[\t ]*(?:,|$)/gy)];
  const read = parts.reduce((length, [part]) => length + part.length, 0);
  if (parts.length === 0 || /[^\t ,]/.test(text.slice(read)))
    throw fault('bad-header', { values: { header: name === 'if-match' ? 'If-Match' : 'If-None-Match' } });
  return parts.map(([, tag = '']) => versionOfEtag(tag));
}

/** A moment as HTTP writes it; anything else is ignored, as RFC 9110 demands. */
function timeOf(headers: Headers, name: string): number | undefined {
  const text = headerText(headers, name);
  if (text === undefined || !/^[A-Z][a-z]{2,8}, .* GMT$|^[A-Z][a-z]{2} [A-Z][a-z]{2} .*\d$/.test(text))
    return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : time;
}

/** To the millisecond: of what changed within the second that is named, nobody can say whether the client has seen it. */
const isLaterThan = ({ lastUpdated }: Validators, time: number | undefined): boolean =>
  time !== undefined && lastUpdated.getTime() > time;

const headerText = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.join(', ');
};
