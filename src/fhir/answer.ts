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
 * @param headers further headers, e.g. `Location` of a create
 */
export function renderAnswer(
  row: StoredResource,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): FhirAnswer {
  return new FhirAnswer(status, row.content, {
    ETag: etag(row.version),
    'Last-Modified': row.lastUpdated.toUTCString(),
    ...headers,
  });
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
