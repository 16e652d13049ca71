import { z } from 'zod';

/**
 * What is looked at of FHIR's resources, and nothing else: names, addresses, diagnoses and free text are left behind here
 * (PAT-2).
 */
const reference = z.object({
  reference: z.string().max(500).optional(),
  identifier: z.object({ system: z.string().optional(), value: z.string().max(200).optional() }).optional(),
});
const period = z.object({ start: z.string().optional(), end: z.string().optional() });
const identifier = z.object({
  use: z.string().optional(),
  system: z.string().optional(),
  value: z.string().max(200).optional(),
  period: period.optional(),
});
const resourceId = z.string().regex(/^[A-Za-z0-9.-]{1,64}$/);

const meta = z
  .object({ versionId: z.string().max(64).optional(), lastUpdated: z.string().max(40).optional() })
  .optional();

const encounter = z.object({
  resourceType: z.literal('Encounter'),
  id: resourceId,
  meta,
  status: z.string().max(40),
  class: z.object({ code: z.string().max(40).optional() }).optional(),
  subject: reference.optional(),
  period: period.optional(),
  location: z
    .array(z.object({ location: reference, status: z.string().optional(), period: period.optional() }))
    .optional(),
  serviceProvider: reference.optional(),
  extension: z.array(z.object({ url: z.string(), valueDateTime: z.string().optional() })).optional(),
});

const patient = z.object({
  resourceType: z.literal('Patient'),
  id: z.string(),
  identifier: z.array(identifier).optional(),
});

const place = z.object({
  resourceType: z.enum(['Location', 'Organization']),
  id: z.string(),
  name: z.string().optional(),
  identifier: z.array(identifier).optional(),
  partOf: reference.optional(),
});

/** Of somebody's role, only at which organisation it is: never whose. */
const role = z.object({
  resourceType: z.literal('PractitionerRole'),
  id: z.string(),
  organization: z.object({ ...reference.shape, display: z.string().optional() }).optional(),
});

/** What is displayed of anybody but an organisation is somebody's name. */
const party = z
  .object({ ...reference.shape, type: z.string().optional(), display: z.string().optional() })
  .transform(({ display, ...rest }) => {
    const named = relativeReference(rest.reference ?? '')?.type ?? rest.type;
    return named === 'Organization' && display !== undefined ? { ...rest, display } : rest;
  });

const carePlan = z.object({
  resourceType: z.literal('CarePlan'),
  id: resourceId,
  meta,
  status: z.string().max(40),
  title: z.string().optional(),
  category: z
    .array(
      z.object({
        coding: z
          .array(
            z.object({
              system: z.string().optional(),
              code: z.string().optional(),
              display: z.string().optional(),
            }),
          )
          .optional(),
      }),
    )
    .optional(),
  subject: reference.optional(),
  period: period.optional(),
  created: z.string().optional(),
  author: party.optional(),
  contributor: z.array(party).optional(),
  extension: z.array(z.object({ url: z.string(), valueReference: party.optional() })).optional(),
  contained: z
    .array(z.unknown())
    .transform((all) => all.flatMap((each) => readPlace(each) ?? readRole(each) ?? []))
    .optional(),
});

export type Reference = z.infer<typeof reference>;
export type Identifier = z.infer<typeof identifier>;
export type Encounter = z.infer<typeof encounter>;
export type CarePlan = z.infer<typeof carePlan>;
/** A reference to somebody who has to do with a plan. */
export type Party = Reference & { readonly type?: string | undefined; readonly display?: string | undefined };
export type Role = z.infer<typeof role>;
export type Patient = z.infer<typeof patient>;
/** A Location or an Organization. */
export type Place = z.infer<typeof place>;

/** True for what FHIR allows as the id of a resource. */
export function isResourceId(text: string): boolean {
  return resourceId.safeParse(text).success;
}

/** The Encounter, as far as it is looked at; undefined when it is not one by FHIR's own rules. */
export function readEncounter(value: unknown): Encounter | undefined {
  return encounter.safeParse(value).data;
}

/** The CarePlan, as far as it is looked at: no activity, goal, note or description. */
export function readCarePlan(value: unknown): CarePlan | undefined {
  return carePlan.safeParse(value).data;
}

export function readRole(value: unknown): Role | undefined {
  return role.safeParse(value).data;
}

export function readPatient(value: unknown): Patient | undefined {
  return patient.safeParse(value).data;
}

export function readPlace(value: unknown): Place | undefined {
  return place.safeParse(value).data;
}

/** A resource of which only the kind and the id are known to be there. */
export type AnyResource = {
  readonly resourceType: string;
  readonly id?: string | undefined;
  readonly meta?: { readonly lastUpdated?: unknown } | undefined;
};

/** One page of a search. */
export type SearchPage = {
  readonly resources: readonly AnyResource[];
  /** Address of the next page. */
  readonly next?: string;
  /** The clock of the server (header `Date`), when it tells it. */
  readonly serverTime?: Date;
};

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  entry: z
    .array(
      z.object({
        resource: z.looseObject({ resourceType: z.string(), id: z.string().optional() }).optional(),
      }),
    )
    .optional(),
});

/** A page as parsed JSON; undefined when it is none. */
export function readBundle(value: unknown): SearchPage | undefined {
  const read = bundle.safeParse(value).data;
  if (!read) return undefined;
  const next = read.link?.find((link) => link.relation === 'next')?.url;
  return {
    resources: (read.entry ?? []).flatMap(({ resource }) => (resource ? [resource as AnyResource] : [])),
    ...(next !== undefined && { next }),
  };
}

/** `Location/12` out of a relative or absolute reference; undefined for anything that is no literal reference. */
export function relativeReference(text: string): { readonly type: string; readonly id: string } | undefined {
  const match = /(?:^|\/)([A-Z][A-Za-z]+)\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]+)?$/.exec(text);
  return match?.[1] === undefined || match[2] === undefined ? undefined : { type: match[1], id: match[2] };
}
