import { z } from 'zod';
import { isFault } from '../common/stand-in/faults.js';

const hsaId = z.string().regex(/^SE\d{10}-[0-9A-Za-z-]{1,18}$/);
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/);
const fault = z.string().refine(isFault, 'not a fault of the list in README.md');

const unit = z.strictObject({
  hsaId,
  name: z.string().min(1),
  /** The care unit and care provider it belongs to; without, it belongs to none. */
  healthCareUnit: hsaId.optional(),
  provider: hsaId.optional(),
  startsAt: moment.optional(),
  endsAt: moment.optional(),
  archived: z.boolean().optional(),
  feigned: z.boolean().optional(),
  fault: fault.optional(),
});

const provider = z.strictObject({ hsaId, name: z.string().min(1), organisationNumber: z.string() });

const person = z.strictObject({
  hsaId,
  given: z.string().optional(),
  surname: z.string().min(1),
  protectedPerson: z.boolean().optional(),
  feigned: z.boolean().optional(),
  titles: z.array(z.string()).optional(),
  licences: z.array(z.string()).optional(),
  assignments: z
    .array(
      z.strictObject({ hsaId, unit: hsaId, name: z.string().optional(), purpose: z.string().optional() }),
    )
    .optional(),
  fault: fault.optional(),
});

const file = z.strictObject({
  providers: z.array(provider),
  units: z.array(unit),
  people: z.array(person),
});

type File = z.infer<typeof file>;

/** What the stand-in knows; README.md explains each field. */
export type StandInCatalogue = {
  readonly providers: ReadonlyMap<string, StandInProvider>;
  readonly units: ReadonlyMap<string, StandInUnit>;
  readonly people: ReadonlyMap<string, StandInPractitioner>;
};
export type StandInUnit = File['units'][number];
type StandInProvider = File['providers'][number];
export type StandInPractitioner = File['people'][number];

/** The catalogue of a stand-in's file by HSA-id. @throws ZodError naming the path of what is wrong. */
export function readCatalogueFile(value: unknown): StandInCatalogue {
  const { providers, units, people } = file.parse(value);
  const byId = <Item extends { readonly hsaId: string }>(items: readonly Item[]) =>
    new Map(items.map((each) => [each.hsaId, each]));
  return { providers: byId(providers), units: byId(units), people: byId(people) };
}
