import { z } from 'zod';
import { longest } from '../limits.js';

/**
 * What the payloads have in common. A payload is written once, as a zod schema: its TypeScript type is inferred from it, and the JSON
 * Schema that is published and checked is made from it (`event-schema.ts`). What JSON Schema has and zod has not (`format`,
 * `dependentSchemas`, `uniqueItems`) stands in `meta` and is checked by ajv alone, so never parse a message with these schemas:
 * `validateEvent` is the check.
 *
 * Objects are closed: a field that is not there is refused, so nothing travels that was not agreed. A field is added by updating the
 * readers (the hub) before the writers. Times are UTC instants (`Z`); the connector has translated the source's zone.
 */

/** The type of a payload: it is only read. */
export type Payload<Schema extends z.ZodType> = DeepReadonly<z.infer<Schema>>;

type DeepReadonly<Value> = Value extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : Value extends object
    ? { readonly [Name in keyof Value]: DeepReadonly<Value[Name]> }
    : Value;

export const instant = z
  .string()
  .regex(/Z$/)
  .max(30)
  .meta({ description: 'A moment in UTC, RFC 3339 with Z.', format: 'date-time' });

/** `YYYY-MM-DD`. */
const day = z.string().meta({ format: 'date' });
export const dayOrInstant = z.union([day, instant]);

export const uuid = z.string().meta({ format: 'uuid' });

/** @param maxLength in UTF-16 units, one of `longest` */
export const text = (maxLength: number) => z.string().min(1).max(maxLength);

/** The fields in which people may have written anything, a personal number too. */
export const freeTexts = z.registry<{ readonly written: 'by people' }>();

/**
 * What people wrote in another system, for people: names, titles, displays, and codes that somebody may have typed.
 * @param maxLength in UTF-16 units, one of `longest`
 */
export const words = (maxLength: number) => text(maxLength).register(freeTexts, { written: 'by people' });

/** A whole number from `minimum`. */
export const count = (minimum: number) => z.number().min(minimum).meta({ type: 'integer' });

/** The source's own order of what it tells. */
export const sequence = z.int().min(0);

export const hsaId = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/)
  .meta({ description: 'HSA-id.' });

export const staffHsaId = z
  .string()
  .regex(/^SE[0-9]{10}-[0-9A-Za-z-]{1,18}$/)
  .meta({ description: 'HSA-id; its form leaves no room for a personal number in its place.' });

/** `reserve`: a reserve number (PAT-4); `other`: anything else a system sent as an identity. */
export const personIdentifier = z
  .strictObject({
    type: z.enum(['personnummer', 'samordningsnummer', 'reserve', 'other']),
    value: text(longest.id),
  })
  .meta({ description: 'A person as the source names it.' });

/** A person as a fact names it. */
export type PersonIdentifier = Payload<typeof personIdentifier>;
