import { z } from 'zod';
import { carriesCredentials } from '../../wire/url-credentials.js';
import { fromProjectRoot } from '../project-root.js';

/** One environment variable: what it means to an operator, and how its text becomes a value. */
export type Variable<Value> = {
  readonly meaning: string;
  /** As it would be written in the environment. Absent: the value is `undefined`, or depends on others (`meaning` says how). */
  readonly default?: string;
  readonly example: string;
  /** Its value is never printed, and no default stands in for it in production. */
  readonly secret?: boolean;
  readonly schema: z.ZodType<Value, string>;
};

/** A variable whose default stands in when it is absent. */
export function variable<Value>(
  schema: z.ZodType<Value, string>,
  description: Omit<Variable<Value>, 'schema'> & { readonly default: string },
): Variable<Value> & { readonly default: string } {
  return { ...description, schema };
}

/** A variable that may be absent; its value is `undefined` then. */
export function optional<Value>(
  schema: z.ZodType<Value, string>,
  description: Omit<Variable<Value>, 'schema' | 'default'>,
): Variable<Value> & { readonly default?: undefined } {
  return { ...description, schema };
}

export const text = z.string().trim().min(1);

export const port = numberBetween(0, 65_535);

/** A whole number in decimal digits. */
export function numberBetween(least: number, most: number): z.ZodType<number, string> {
  return z
    .string()
    .trim()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
}

export const yesOrNo = z.enum(['true', 'false']).transform((answer) => answer === 'true');

/** One of these words. */
export function oneOf<const Word extends string>(
  ...words: readonly [Word, ...Word[]]
): z.ZodType<Word, string> {
  return z.string().trim().pipe(z.enum(words));
}

/** Words divided by commas. */
export function list<Item>(item: z.ZodType<Item, string>): z.ZodType<readonly Item[], string> {
  return z
    .string()
    .transform((value) => value.split(',').map((part) => part.trim()))
    .pipe(z.array(item).min(1))
    .refine((items) => new Set(items).size === items.length, 'names one twice');
}

/** An IP address, or a network of them: `10.0.0.0/8`. Not all addresses that there are. */
export const addressOrNetwork = z
  .string()
  .refine(
    (value) => z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]).safeParse(value).success,
    'must be an IP address or a network such as 10.0.0.0/8',
  )
  .refine((value) => !value.endsWith('/0'), 'must not be every address');

/** An absolute path, or one from the project root. */
export const file = text.transform(fromProjectRoot);

const anyHttpUrl = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https?$/, error: 'must be a URL that begins with http:// or https://' }))
  .refine((url) => !carriesCredentials(url), 'must name no user and no password')
  .refine((url) => !url.includes('#'), 'must have no # part: it is never sent');
const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

export const httpUrl = anyHttpUrl.transform(withoutSlash);

/** An address that others are made of by putting a path behind it. */
export const httpBase = anyHttpUrl
  .refine((url) => !url.includes('?'), 'must have no ? part: addresses are made of it by a path behind it')
  .transform(withoutSlash);

/** At least 32 bytes, written in hexadecimal or base64. */
export const key = z
  .string()
  .trim()
  .transform((value, context) => {
    const bytes = /^(?:[0-9a-fA-F]{2})+$/.test(value)
      ? Buffer.from(value, 'hex')
      : /^[0-9A-Za-z+/_-]+={0,2}$/.test(value)
        ? Buffer.from(value, 'base64')
        : undefined;
    if (bytes && bytes.length >= 32) return bytes;
    context.addIssue({ code: 'custom', message: 'must be at least 32 bytes, in hexadecimal or base64' });
    return z.NEVER;
  });

/** A public key of 32 bytes, as the command that makes it prints it. */
export const publicKey = z.string().regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url (43 characters)');
