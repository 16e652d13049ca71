import { z } from 'zod';

/** What a status of a resource means. `none`: it is not there; `nothing`: it says nothing, and what was known stays. */
const meaning = z.enum(['open', 'ended', 'none', 'nothing']);

const hsaId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/, 'not an HSA-id');
const seconds = z.number().min(0.05).max(86_400);
const parameters = z.record(
  z.string().regex(/^[A-Za-z_][\w.:-]*$/, 'not a search parameter'),
  z.union([z.string(), z.array(z.string()).min(1)]),
);
const sinceMark = '{since}';
const mentionsSince = (query: Readonly<Record<string, string | string[]>>): boolean =>
  Object.values(query)
    .flat()
    .some((value) => value.includes(sinceMark));
const systems = (...defaults: string[]) => z.array(z.string().min(1)).default(defaults);

const national = 'http://electronichealth.se/identifier';

/** How one type of resource is polled; each type is asked for by itself. */
const polling = (pollSeconds: number, sweepSeconds: number) => ({
  query: z.strictObject({
    changes: parameters.refine(mentionsSince, 'no parameter holds {since}').optional(),
    open: parameters.refine(
      (query) => !mentionsSince(query),
      'what is open is asked for as a whole, without {since}',
    ),
  }),
  pollSeconds: seconds.default(pollSeconds),
  sweepSeconds: seconds.default(sweepSeconds),
  overlapSeconds: z.number().min(1).max(86_400).default(300),
  lookBackHours: z.number().min(0).max(720).default(24),
  endedHours: z.number().min(0).max(720).default(24),
  mostDeleted: z.number().int().min(1).max(10_000).default(10),
  rememberDays: z.number().min(1).max(365).default(30),
});

/**
 * What is still read at each sweep is still known: one whose person is forgotten meanwhile would be kept anew each time it is read, and
 * never be forgotten.
 */
const endIsRemembered = ({ endedHours, rememberDays }: Kept): boolean => endedHours <= rememberDays * 24;
const notRemembered = { message: 'longer than rememberDays', path: ['endedHours'] };
type Kept = { readonly endedHours: number; readonly rememberDays: number };

const carePlanStatuses = ['draft', 'active', 'on-hold', 'revoked', 'completed', 'unknown'] as const;

const carePlans = z
  .strictObject({
    ...polling(60, 600),
    tellAgainMinutes: z.number().min(0.01).max(10_080).default(60),
    status: z.partialRecord(z.enum(carePlanStatuses), meaning).default({
      active: 'open',
      'on-hold': 'open',
      completed: 'ended',
      revoked: 'ended',
      draft: 'none',
      unknown: 'nothing',
    }),
    /** `author`, `contributor`, or the URL of an extension. */
    author: z.array(z.string().min(1)).default(['author']),
    receivers: z.array(z.string().min(1)).default([]),
    title: z.boolean().default(true),
  })
  .refine(endIsRemembered, notRemembered);

const schema = z
  .strictObject({
    sender: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,49}$/)
      .default('cosmic'),
    ...polling(15, 300),
    /** 1: a server that cannot search for several Patients by `_id` is asked for each. */
    patientsTogether: z.number().int().min(1).max(500).default(50),
    /** The same of Encounters that a sweep asks for by their ids. */
    encountersTogether: z.number().int().min(1).max(500).default(50),
    requestsPerSecond: z.number().min(0.1).max(10_000).default(10),
    classes: z.array(z.string().min(1)).min(1).default(['IMP', 'ACUTE', 'NONAC']),
    status: z.record(z.string(), meaning).default({
      planned: 'none',
      arrived: 'open',
      triaged: 'open',
      'in-progress': 'open',
      onleave: 'open',
      finished: 'ended',
      cancelled: 'none',
      'entered-in-error': 'none',
      unknown: 'nothing',
    }),
    plannedEnd: z
      .array(z.string().min(1))
      .default(['http://hl7.org/fhir/5.0/StructureDefinition/extension-Encounter.plannedEndDate']),
    person: z
      .strictObject({
        // Without one nobody would be known.
        personnummer: systems(`${national}/personnummer`, 'urn:oid:1.2.752.129.2.1.3.1').refine(
          (all) => all.length > 0,
          'names no system',
        ),
        samordningsnummer: systems(`${national}/samordningsnummer`, 'urn:oid:1.2.752.129.2.1.3.3'),
        reserve: systems(`${national}/nationelltReservnummer`, 'urn:oid:1.2.752.74.9.1'),
      })
      .refine(({ personnummer, samordningsnummer, reserve }) => {
        const all = [personnummer, samordningsnummer, reserve].flat();
        return new Set(all).size === all.length;
      }, 'names a system twice, so that its numbers are of two kinds')
      .prefault({}),
    ward: z.strictObject({
      from: z
        .array(z.enum(['location', 'serviceProvider']))
        .min(1)
        .default(['location', 'serviceProvider']),
      table: z.record(z.string(), hsaId).transform((table) => new Map(Object.entries(table))),
      hsaSystems: systems('urn:oid:1.2.752.29.4.19', 'urn:oid:1.2.752.129.2.1.4.1'),
      read: z.boolean().default(true),
    }),
    token: z
      .strictObject({
        method: z.enum(['client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
        scope: z.string().optional(),
        keyId: z.string().optional(),
        audience: z.string().optional(),
      })
      .prefault({}),
    carePlans: carePlans.optional(),
  })
  .refine(endIsRemembered, notRemembered);

/** The configuration file of the connector, checked; README.md explains each setting. */
export type CosmicSettings = z.output<typeof schema>;
/** Its section on care plans. */
export type CarePlanSettings = z.output<typeof carePlans>;
/** What both say of how a type of resource is polled. */
export type PollingSettings = z.output<z.ZodObject<ReturnType<typeof polling>>>;

/** The configuration file is not usable; the text names each fault by its place in the file. */
class SettingsUnusable extends Error {
  override readonly name = 'SettingsUnusable';
  constructor(
    readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  ) {
    const faults = issues.map(({ path, message }) => `${path.map(String).join('.') || 'file'}: ${message}`);
    super(`The configuration file of Cosmic is not usable: ${faults.join('; ')}`);
  }
}

/** Checks a parsed configuration file. @throws SettingsUnusable naming everything that is wrong with it. */
export function readSettings(value: unknown): CosmicSettings {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SettingsUnusable(result.error.issues);
}

/** A query with the start of its window put in. */
export function since(query: NonNullable<PollingSettings['query']['changes']>, from: Date): typeof query {
  const put = (value: string): string => value.replaceAll(sinceMark, from.toISOString());
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'string' ? put(value) : value.map(put),
    ]),
  );
}
