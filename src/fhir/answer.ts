import type { FhirResource } from 'fhir/r4.js';

/**
 * What an interaction answers. Handlers return it; one interceptor sends it. A body that is text is sent byte for byte,
 * so what was stored is what is read.
 */
export class FhirAnswer {
  constructor(
    readonly status: number,
    readonly body?: string | FhirResource,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}

/** A resource as the store keeps it: the current version or an earlier one. */
export type StoredResource = {
  readonly version: number;
  readonly lastUpdated: Date;
  /** JSON, with `meta.versionId` and `meta.lastUpdated`. */
  readonly content: string;
};

/**
 * Answers one stored resource with the headers FHIR asks for.
 * @see https://hl7.org/fhir/R4/http.html#versioning
 * @param now the moment of the answer
 * @param headers further headers, e.g. `Location` of a create
 */
export function renderAnswer(
  row: StoredResource,
  now: Date,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): FhirAnswer {
  return new FhirAnswer(status, row.content, {
    ETag: etag(row.version),
    'Last-Modified': lastModified(row.lastUpdated, now).toUTCString(),
    ...headers,
  });
}

/** So long after its time, in milliseconds, a version may still become visible: no write takes as much. */
const settledAfter = 60_000;

/**
 * The second of a version's time, for HTTP's dates have no fractions: rounded up, so that a condition with it holds, once no other
 * version can have a time in that second. Before that rounded down, so that no such condition holds.
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.2.2
 */
function lastModified(lastUpdated: Date, now: Date): Date {
  const up = Math.ceil(lastUpdated.getTime() / 1000) * 1000;
  return now.getTime() - up >= settledAfter ? new Date(up) : lastUpdated;
}

/** The weak tag of a version: `W/"3"`. */
export function etag(version: number): string {
  return `W/"${version}"`;
}

/**
 * The version a condition header names: `W/"3"` or `"3"`; undefined for anything else.
 */
export function versionOfEtag(header: string): number | undefined {
  const match = /^(?:W\/)?"([1-9]\d{0,9})"$/.exec(header.trim());
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
