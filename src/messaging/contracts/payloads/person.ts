import { z } from 'zod';
import { longest, most } from '../limits.js';
import { instant, personIdentifier, text, type Payload } from './common.js';

const name = z
  .strictObject({
    given: text(longest.text).exactOptional(),
    middle: text(longest.text).exactOptional(),
    surname: text(longest.text).exactOptional(),
    givenNameIndicator: text(longest.givenNameIndicator).exactOptional(),
  })
  .meta({ description: 'Name.' });

const address = z
  .strictObject({
    careOf: text(longest.text).exactOptional(),
    line1: text(longest.text).exactOptional(),
    line2: text(longest.text).exactOptional(),
    postalCode: text(longest.postalCode).exactOptional(),
    city: text(longest.text).exactOptional(),
  })
  .meta({ description: 'Registered address.' });

const deregistration = z
  .strictObject({ reason: text(longest.code), date: text(longest.date).exactOptional() })
  .meta({ description: 'Why and when the person left the register.' });

const registerRecord = z
  .strictObject({
    identifier: personIdentifier,
    /** Sekretessmarkering. Absent: unknown, which counts as protected. */
    protectedPerson: z.boolean().exactOptional(),
    /** Skyddad folkbokföring. Optional in the schema of the register: absent counts as false there (decision 9). */
    protectedPopulationRecord: z.boolean().exactOptional(),
    testPerson: z.boolean().exactOptional(),
    name: name.exactOptional(),
    gender: z.enum(['male', 'female']).exactOptional(),
    birthDate: text(longest.date)
      .meta({ description: 'A day; the register may leave day or month at 00.' })
      .exactOptional(),
    address: address.exactOptional(),
    /** Four digits: county and municipality. */
    municipalityCode: z
      .string()
      .regex(/^[0-9]{4}$/)
      .exactOptional(),
    deregistration: deregistration.exactOptional(),
    /** Identities that the register says this one was or became. */
    referred: z.array(personIdentifier).max(most.identities).exactOptional(),
  })
  .meta({ description: 'The register copy of a person. What the register leaves out is left out.' });

/** The register copy. Fields that the register leaves out are left out here. */
export type RegisterRecord = Payload<typeof registerRecord>;

export const person = z
  .strictObject({
    person: personIdentifier,
    /** False: the register does not know the number (PAT-1). */
    found: z.boolean(),
    readAt: instant,
    record: registerRecord.exactOptional(),
  })
  .meta({ description: 'One person as the population register describes it now.' });

/** One person as the population register describes it now (GetPersonsForProfile). */
export type PersonFact = Payload<typeof person>;
