import { isSafe } from 'redos-detector';
import { z } from 'zod';
import { reserveNumberForms } from '../../src/messaging/contracts/reserve-number.js';
import { readPath, type FieldPath } from './hl7/field-path.js';

/** Which field of a message holds what; for all senders, or for one of them. */
export type FieldMapping = {
  readonly person: {
    readonly field: FieldPath;
    /** Where a merge names the identities it retires. */
    readonly replaced: FieldPath;
    readonly identifiers: readonly {
      readonly type?: string | undefined;
      readonly authority?: string | undefined;
    }[];
    readonly reserve: readonly RegExp[];
  };
  readonly ward: { readonly paths: readonly FieldPath[]; readonly table: ReadonlyMap<string, string> };
  readonly visit: FieldPath;
  readonly patientClass: { readonly field: FieldPath; readonly notStays: readonly string[] };
  readonly times: {
    readonly occurredAt: readonly FieldPath[];
    readonly event: readonly FieldPath[];
    readonly admittedAt: readonly FieldPath[];
    readonly dischargedAt: readonly FieldPath[];
    readonly expectedDischarge: readonly FieldPath[];
    /** How far what orders facts may lie ahead of the receipt, in minutes. */
    readonly aheadMinutes: number;
    /** What the sender's times without an offset are, whatever MSH-7 says; absent: as MSH-7 says, else Europe/Stockholm. */
    readonly zone?: 'Europe/Stockholm' | undefined;
  };
};

const path = z.string().transform((text, context) => {
  const read = readPath(text);
  if (read) return read;
  context.addIssue('not a field such as PV1-19 or PID-3.1');
  return z.NEVER;
});
/** Steps of the search for texts that a pattern would stall on. Usual patterns need fewer than a hundred. */
const stepsOfSearch = 5_000;
const pattern = z.string().transform((text, context) => {
  try {
    const read = new RegExp(text, 'i');
    // What a sender wrote is matched on the thread that answers everybody.
    if (isSafe(read, { maxSteps: stepsOfSearch }).safe) return read;
    context.addIssue('may take too long on some text: let each character be matched in one way alone');
  } catch {
    context.addIssue('not a regular expression');
  }
  return z.NEVER;
});
const hsaId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/, 'not an HSA-id');
const paths = (defaults: readonly string[]) => z.array(path).prefault([...defaults]);
/** Where nothing would be found without one. */
const somePaths = (defaults: readonly string[]) =>
  z
    .array(path)
    .min(1)
    .prefault([...defaults]);

/** The sections of the mapping file that say which field holds what. README.md explains each. */
export const fieldSections = {
  person: z
    .strictObject({
      field: path.prefault('PID-3'),
      replaced: path.prefault('MRG-1'),
      identifiers: z
        .array(z.strictObject({ type: z.string().optional(), authority: z.string().optional() }))
        .min(1)
        .default([{ type: 'NI' }, { type: 'NNSWE' }, {}]),
      reserve: z.array(pattern).prefault([...reserveNumberForms]),
    })
    .prefault({}),
  ward: z.strictObject({
    paths: somePaths(['PV1-3.1']),
    table: z.record(z.string(), hsaId).transform((table) => new Map(Object.entries(table))),
  }),
  visit: path.prefault('PV1-19'),
  patientClass: z
    .strictObject({
      field: path.prefault('PV1-2'),
      notStays: z.array(z.string().min(1)).default(['E', 'O', 'P', 'R', 'C', 'N']),
    })
    .prefault({}),
  times: z
    .strictObject({
      occurredAt: somePaths(['EVN-2', 'MSH-7']),
      event: paths(['EVN-6', 'EVN-2', 'MSH-7']),
      admittedAt: paths(['PV1-44']),
      dischargedAt: paths(['PV1-45']),
      expectedDischarge: paths(['PV2-9']),
      aheadMinutes: z.int().min(0).max(60).default(5),
      zone: z.literal('Europe/Stockholm').optional(),
    })
    .prefault({}),
} as const;
