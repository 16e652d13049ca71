import { FhirAnswer } from './answer.js';

export type BundleLink = { readonly relation: 'self' | 'next'; readonly url: string };

/** An entry: the resource is the stored text, put in as it is. */
export type BundleEntry = {
  readonly fullUrl: string;
  readonly resource?: string;
  readonly search?: { readonly mode: 'match' | 'include' };
  readonly request?: { readonly method: string; readonly url: string };
  readonly response?: { readonly status: string; readonly etag: string; readonly lastModified: string };
};

/** Writes a Bundle around stored resources without reading them. @see https://hl7.org/fhir/R4/bundle.html */
export function bundleAnswer(
  type: 'searchset' | 'history',
  total: number | undefined,
  links: readonly BundleLink[],
  entries: readonly BundleEntry[],
): FhirAnswer {
  const head = {
    resourceType: 'Bundle',
    type,
    ...(total === undefined ? {} : { total }),
    link: links,
  };
  const text = JSON.stringify(head);
  return new FhirAnswer(
    200,
    entries.length === 0 ? text : `${text.slice(0, -1)},"entry":[${entries.map(entryText).join(',')}]}`,
  );
}

function entryText({ fullUrl, resource, ...rest }: BundleEntry): string {
  const parts = [`"fullUrl":${JSON.stringify(fullUrl)}`];
  if (resource !== undefined) parts.push(`"resource":${resource}`);
  for (const [name, value] of Object.entries(rest)) parts.push(`"${name}":${JSON.stringify(value)}`);
  return `{${parts.join(',')}}`;
}
