import { z } from 'zod';
import { isFault } from '../common/stand-in/faults.js';

const number = z.string().regex(/^\d{12}$/);

const person = z.strictObject({
  number,
  given: z.string().optional(),
  middle: z.string().optional(),
  surname: z.string().optional(),
  givenNameIndicator: z
    .string()
    .regex(/^\d\d$/)
    .optional(),
  gender: z.enum(['male', 'female']).optional(),
  protectedPerson: z.boolean().optional(),
  protectedPopulationRecord: z.boolean().optional(),
  test: z.boolean().optional(),
  address: z
    .strictObject({
      careOf: z.string().optional(),
      line1: z.string().optional(),
      line2: z.string().optional(),
      postalCode: z
        .string()
        .regex(/^\d{5}$/)
        .optional(),
      city: z.string().optional(),
    })
    .optional(),
  municipalityCode: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  registeredFrom: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
  deregistration: z.strictObject({ reason: z.string(), date: z.string().optional() }).optional(),
  referred: z.array(number).optional(),
  fault: z.string().refine(isFault, 'not a fault of the list in README.md').optional(),
});

const file = z.strictObject({ persons: z.array(person) });

/** A person in the stand-in's file; README.md explains each field. */
export type StandInPerson = z.infer<typeof person>;

/** The persons of a stand-in's file by number. @throws ZodError naming the path of what is wrong. */
export function readPersonsFile(value: unknown): ReadonlyMap<string, StandInPerson> {
  return new Map(file.parse(value).persons.map((each) => [each.number, each]));
}
