import type { StoredResource } from '../answer.js';
import { versionOfEtag } from '../answer.js';

/**
 * Whether the client has the current version already. `If-None-Match` decides where it is there.
 * @see https://hl7.org/fhir/R4/http.html#cread
 */
export function notModified(
  headers: Readonly<Record<string, string | undefined>>,
  row: Pick<StoredResource, 'version' | 'lastUpdated'>,
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined)
    return tags.split(',').some((tag) => tag.trim() === '*' || versionOfEtag(tag) === row.version);
  const since = headers['if-modified-since'];
  if (since === undefined) return false;
  const time = Date.parse(since);
  // The header has whole seconds.
  return !Number.isNaN(time) && Math.floor(row.lastUpdated.getTime() / 1000) * 1000 <= time;
}
