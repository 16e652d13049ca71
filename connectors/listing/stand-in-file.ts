import { z } from 'zod';
import { isFault } from '../common/stand-in/faults.js';

const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2})?$/);

const person = z.strictObject({
  number: z.string().regex(/^\d{12}$/),
  listings: z.array(
    z.strictObject({
      facility: z.string().min(1),
      facilityName: z.string().min(1),
      type: z.string().min(1),
      validFrom: moment.optional(),
      validTo: moment.optional(),
      doctor: z.strictObject({ id: z.string(), name: z.string() }).optional(),
    }),
  ),
  fault: z.string().refine(isFault, 'not a fault of the list in README.md').optional(),
});

const file = z.strictObject({ persons: z.array(person) });

/** A person in the stand-in's file; README.md explains each field. */
export type StandInListedPerson = z.infer<typeof person>;

/** The persons of a stand-in's file by number. @throws ZodError naming the path of what is wrong. */
export function readListingsFile(value: unknown): ReadonlyMap<string, StandInListedPerson> {
  return new Map(file.parse(value).persons.map((each) => [each.number, each]));
}
