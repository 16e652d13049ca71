import { relativeReference } from '../fhir/resources.js';
import type { StandInResource } from './file.js';
import type { Held, HeldResources } from './resources.js';

const defaultCount = 50;
const mostCount = 500;

/** One page of a search as a Bundle; undefined when a parameter is not known. */
export function searchPage(
  resources: HeldResources,
  base: string,
  resourceType: string,
  parameters: URLSearchParams,
  fault: string | undefined,
): Readonly<Record<string, unknown>> | undefined {
  // A search that lags behind: it finds what is there now, and shows it as it was before its last change.
  const shown = (held: Held): Held => (fault === 'stale' ? (held.before ?? held) : held);
  const found = resources.search(resourceType, parameters);
  if (!found) return undefined;
  const count = Math.min(Number(parameters.get('_count') ?? defaultCount), mostCount);
  const offset = Number(parameters.get('_offset') ?? 0);
  const page = found.slice(offset, offset + count);
  const further = new URLSearchParams(parameters);
  further.set('_offset', String(offset + count));
  const next = { relation: 'next', url: `${base}/${resourceType}?${further.toString()}` };
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    link: [
      { relation: 'self', url: `${base}/${resourceType}?${parameters.toString()}` },
      ...(offset + count < found.length ? [next] : []),
    ],
    entry: [
      ...page
        .map((held) => shown(held))
        .flatMap((held) => (fault === 'twice' ? [held, held] : [held]))
        .map((held) => entry(base, held, 'match')),
      ...included(resources, page, parameters.getAll('_include')).map((held) => entry(base, held, 'include')),
    ],
  };
}

function entry(
  base: string,
  { resource }: Held,
  mode: 'match' | 'include',
): Readonly<Record<string, unknown>> {
  return { fullUrl: `${base}/${resource.resourceType}/${resource.id}`, resource, search: { mode } };
}

function included(
  resources: HeldResources,
  page: readonly Held[],
  includes: readonly string[],
): readonly Held[] {
  const references = page.flatMap(({ resource }) => includes.flatMap((name) => referencesOf(resource, name)));
  return [...new Set(references)].flatMap((text) => {
    const reference = relativeReference(text);
    const held = reference && resources.get(reference.type, reference.id);
    return held && !held.deleted ? [held] : [];
  });
}

type Referring = {
  readonly subject?: { readonly reference?: string };
  readonly author?: { readonly reference?: string };
  readonly serviceProvider?: { readonly reference?: string };
  readonly location?: readonly { readonly location?: { readonly reference?: string } }[];
};

function referencesOf(resource: StandInResource, include: string): readonly string[] {
  const { subject, author, serviceProvider, location } = resource as Referring;
  const all: Readonly<Record<string, readonly (string | undefined)[]>> = {
    'Encounter:subject': [subject?.reference],
    'Encounter:patient': [subject?.reference],
    'CarePlan:subject': [subject?.reference],
    'CarePlan:patient': [subject?.reference],
    'CarePlan:author': [author?.reference],
    'Encounter:service-provider': [serviceProvider?.reference],
    'Encounter:location': (location ?? []).map((each) => each.location?.reference),
  };
  return (all[include] ?? []).filter((each) => each !== undefined);
}
