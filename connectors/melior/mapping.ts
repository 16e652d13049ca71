import { z } from 'zod';
import type { CertificateRule } from './client-certificate.js';
import { characterSet } from './hl7/character-set.js';
import { fieldSections, type FieldMapping } from './mapping-fields.js';

/**
 * Who may send, and which field of a message holds what. It is a file because no Swedish guide fixes it: each region agrees it
 * with its vendor. README.md explains each setting.
 */
export type Mapping = {
  readonly characterSet: string;
  readonly processing: readonly string[];
  readonly notNow: NotNowAnswer;
  readonly senders: 'any' | readonly Sender[];
  /** For messages of senders that have no fields of their own. */
  readonly fields: FieldMapping;
};

/** How a sender is told that a message cannot be stored just now: an answer it tries again after, or a closed connection. */
type NotNowAnswer = 'AR' | 'AE' | 'close';

export type Sender = {
  /** MSH-3.1 and MSH-4.1. */
  readonly application: string;
  readonly facility: string;
  readonly characterSet?: string | undefined;
  readonly notNow?: NotNowAnswer | undefined;
  /** The client certificates it may show; absent: its connection need not show any. */
  readonly certificates?: readonly CertificateRule[] | undefined;
  /** Which field holds what in its messages: the file's own sections with those of the sender laid over them. */
  readonly fields: FieldMapping;
};

/** The mapping file is not usable; the text names each fault by its place in the file. */
class MappingUnusable extends Error {
  override readonly name = 'MappingUnusable';
  constructor(readonly issues: readonly Issue[]) {
    const faults = issues.map((issue) => `${issue.path.map(String).join('.') || 'file'}: ${issue.message}`);
    super(`The mapping file is not usable: ${faults.join('; ')}`);
  }
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string };

const setName = z.string().refine((name) => characterSet(name) !== undefined, 'not a set of HL7 table 0211');
const notNow = z.enum(['AR', 'AE', 'close']);
const text = z.string().min(1);
const certificateRule = z
  .strictObject({
    commonName: text.optional(),
    serialNumber: text.optional(),
    dnsName: text.optional(),
    fingerprint: z
      .string()
      .regex(/^[0-9A-Fa-f]{2}(?::?[0-9A-Fa-f]{2}){31}$/, 'not a SHA-256 fingerprint')
      .optional(),
  })
  .refine((rule) => Object.keys(rule).length > 0, 'says nothing about a certificate');
/** A section of a sender's own is checked once it is laid over the file's. */
const anything = z.record(z.string(), z.unknown());

const senderSchema = z.strictObject({
  application: text,
  facility: z.string(),
  characterSet: setName.optional(),
  notNow: notNow.optional(),
  certificates: z.array(certificateRule).min(1).optional(),
  mapping: anything.optional(),
});

const schema = z.strictObject({
  characterSet: setName.default('8859/1'),
  processing: z
    .array(z.enum(['P', 'T', 'D']))
    .min(1)
    .default(['P']),
  notNow: notNow.default('AR'),
  senders: z.union([z.literal('any'), z.array(senderSchema).min(1)]),
  ...fieldSections,
});
const fieldsSchema = z.strictObject(fieldSections);

/** Checks a parsed mapping file. @throws MappingUnusable naming everything that is wrong with it. */
export function readMapping(value: unknown): Mapping {
  const result = schema.safeParse(value);
  if (!result.success) throw new MappingUnusable(result.error.issues);
  const { characterSet: set, processing, notNow: answer, senders, ...fields } = result.data;
  const common = { characterSet: set, processing, notNow: answer, fields };
  if (senders === 'any') return { ...common, senders };
  const sections = anything.parse(value);
  const resolved = senders.map(({ mapping, ...sender }, index): Sender => ({
    ...sender,
    fields: mapping === undefined ? fields : ownFields(sections, mapping, index),
  }));
  const names = resolved.map(({ application, facility }) => JSON.stringify([application, facility]));
  const seen = new Set<string>();
  const twice = names.findIndex((name) => {
    const isKnown = seen.has(name);
    seen.add(name);
    return isKnown;
  });
  if (twice >= 0) throw new MappingUnusable([{ path: ['senders', twice], message: 'is there already' }]);
  return { ...common, senders: resolved };
}

/** The file's sections with a sender's laid over them, key by key; a table or list of the sender's replaces the whole. */
function ownFields(
  file: Readonly<Record<string, unknown>>,
  own: Readonly<Record<string, unknown>>,
  sender: number,
): FieldMapping {
  const merged = Object.fromEntries(
    [...new Set([...Object.keys(fieldSections), ...Object.keys(own)])].flatMap((name) => {
      const [common, special] = [file[name], own[name]];
      const value = isRecord(common) && isRecord(special) ? { ...common, ...special } : (special ?? common);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const result = fieldsSchema.safeParse(merged);
  if (result.success) return result.data;
  throw new MappingUnusable(
    result.error.issues.map((issue) => ({ ...issue, path: ['senders', sender, 'mapping', ...issue.path] })),
  );
}

/** What the listener does, where the file may ask something of it. */
export type ListenerFacts = {
  /** Refuses a file that lets anybody send. */
  readonly listedSendersOnly: boolean;
  /** Whether the listener asks senders for a certificate. */
  readonly asksCertificates: boolean;
};

/** As `readMapping`, for a listener. @throws MappingUnusable also when the file asks what the listener does not do */
export function readMappingFor(
  { listedSendersOnly, asksCertificates }: ListenerFacts,
  value: unknown,
): Mapping {
  const mapping = readMapping(value);
  const { senders } = mapping;
  if (senders === 'any') {
    if (!listedSendersOnly) return mapping;
    throw new MappingUnusable([
      { path: ['senders'], message: '"any" is for development; list who may send' },
    ]);
  }
  // A sender that is to be known by its certificate cannot be on a listener that asks for none.
  const index = asksCertificates ? -1 : senders.findIndex((each) => each.certificates);
  if (index < 0) return mapping;
  throw new MappingUnusable([
    {
      path: ['senders', index, 'certificates'],
      message: 'the listener asks for no client certificates',
    },
  ]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
