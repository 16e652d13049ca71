import { z } from 'zod';
import { characterSet } from './hl7/character-set.js';
import { readPath, type FieldPath } from './hl7/field-path.js';

/**
 * Which field of a message holds what. It is a file because no Swedish guide fixes it: each region agrees it with its
 * vendor. What each setting means stands in README.md.
 */
export type Mapping = {
  readonly characterSet: string;
  readonly processing: readonly string[];
  readonly notNow: NotNowAnswer;
  readonly senders: 'any' | readonly Sender[];
  readonly person: {
    readonly field: FieldPath;
    readonly identifiers: readonly {
      readonly type?: string | undefined;
      readonly authority?: string | undefined;
    }[];
    readonly reserve: readonly RegExp[];
  };
  readonly ward: { readonly paths: readonly FieldPath[]; readonly table: ReadonlyMap<string, string> };
  readonly visit: FieldPath;
  readonly times: {
    readonly occurredAt: readonly FieldPath[];
    readonly event: readonly FieldPath[];
    readonly admittedAt: readonly FieldPath[];
    readonly dischargedAt: readonly FieldPath[];
    readonly expectedDischarge: readonly FieldPath[];
  };
};

/** How a sender is told that a message cannot be stored just now: an answer it tries again after, or a closed connection. */
type NotNowAnswer = 'AR' | 'AE' | 'close';

export type Sender = {
  /** MSH-3.1 and MSH-4.1. */
  readonly application: string;
  readonly facility: string;
  readonly characterSet?: string | undefined;
  readonly notNow?: NotNowAnswer | undefined;
};

/** The mapping file is not usable; the text names each fault by its place in the file. */
class MappingUnusable extends Error {
  override readonly name = 'MappingUnusable';
}

const path = z.string().transform((text, context) => {
  const read = readPath(text);
  if (read) return read;
  context.addIssue('not a field such as PV1-19 or PID-3.1');
  return z.NEVER;
});
const pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'i');
  } catch {
    context.addIssue('not a regular expression');
    return z.NEVER;
  }
});
const setName = z.string().refine((name) => characterSet(name) !== undefined, 'not a set of HL7 table 0211');
const notNow = z.enum(['AR', 'AE', 'close']);
const hsaId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{2,63}$/, 'not an HSA-id');
const paths = (defaults: readonly string[]) => z.array(path).prefault([...defaults]);

const schema = z.strictObject({
  characterSet: setName.default('8859/1'),
  processing: z
    .array(z.enum(['P', 'T', 'D']))
    .min(1)
    .default(['P']),
  notNow: notNow.default('AR'),
  senders: z.union([
    z.literal('any'),
    z
      .array(
        z.strictObject({
          application: z.string().min(1),
          facility: z.string(),
          characterSet: setName.optional(),
          notNow: notNow.optional(),
        }),
      )
      .min(1),
  ]),
  person: z
    .strictObject({
      field: path.prefault('PID-3'),
      identifiers: z
        .array(z.strictObject({ type: z.string().optional(), authority: z.string().optional() }))
        .min(1)
        .default([{ type: 'NI' }, { type: 'NNSWE' }, {}]),
      reserve: z.array(pattern).prefault(['^R\\d{6,}$', '^(?=.*[A-Z])[0-9A-Z]{8}-?[0-9A-Z]{4}$']),
    })
    .prefault({}),
  ward: z.strictObject({
    paths: paths(['PV1-3.1']),
    table: z.record(z.string(), hsaId).transform((table) => new Map(Object.entries(table))),
  }),
  visit: path.prefault('PV1-19'),
  times: z
    .strictObject({
      occurredAt: paths(['EVN-2', 'MSH-7']),
      event: paths(['EVN-6', 'EVN-2', 'MSH-7']),
      admittedAt: paths(['PV1-44']),
      dischargedAt: paths(['PV1-45']),
      expectedDischarge: paths(['PV2-9']),
    })
    .prefault({}),
});

/** Checks a parsed mapping file. @throws MappingUnusable naming everything that is wrong with it. */
export function readMapping(value: unknown): Mapping {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const faults = result.error.issues.map((issue) => `${issue.path.join('.') || 'file'}: ${issue.message}`);
  throw new MappingUnusable(`The mapping file is not usable: ${faults.join('; ')}`);
}
