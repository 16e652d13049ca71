import { z } from 'zod';
import { textHoldsPersonalNumber } from '../personal-number-in-text.js';
import { inPlainCharacters } from '../personal-number-shape.js';
import type { FactTopicName, TopicData } from '../topics.js';
import { freeTexts } from './common.js';
import { payloads } from './payloads.js';

/** Masks what a schema says is free text; undefined where it has none. */
type Masking = ((value: unknown) => unknown) | undefined;

const maskings = new Map<z.ZodType, Masking>();

/**
 * A payload whose free texts hold no personal number (PAT-13): in a text that may hold one every digit is masked, and its words stay. The
 * fact itself is as it was: whose it is stands in fields of its own.
 * @see docs/decisions/0067-numbers-in-the-words-of-other-systems.md
 */
export function withoutNumbers<Topic extends FactTopicName, Data extends Partial<TopicData[Topic]>>(
  topic: Topic,
  data: Data,
): Data {
  const mask = maskingOf(payloads[topic]);
  return mask === undefined ? data : (mask(data) as Data);
}

/** What stands for each digit of a text that may hold a number. */
const masked = '•';

/** Whether digits of a text are masked: what remains of a code is none. */
export const isMasked = (text: string): boolean => text.includes(masked);

function maskingOf(schema: z.ZodType): Masking {
  if (!maskings.has(schema)) maskings.set(schema, compile(schema));
  return maskings.get(schema);
}

function compile(schema: z.ZodType): Masking {
  if (freeTexts.has(schema)) return maskText;
  if (schema instanceof z.ZodExactOptional) return maskingOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) {
    const mask = maskingOf(schema.element as z.ZodType);
    return mask && ((value) => (Array.isArray(value) ? value.map(mask) : value));
  }
  if (!(schema instanceof z.ZodObject)) return undefined;
  const fieldsMasked = Object.entries(schema.shape).flatMap(([name, field]) => {
    const mask = maskingOf(field as z.ZodType);
    return mask === undefined ? [] : [[name, mask] as const];
  });
  if (fieldsMasked.length === 0) return undefined;
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const fields = fieldsMasked.filter(([name]) => name in value);
    return {
      ...value,
      ...Object.fromEntries(fields.map(([name, mask]) => [name, mask(fieldOf(value, name))])),
    };
  };
}

const fieldOf = (value: object, name: string): unknown => (value as Readonly<Record<string, unknown>>)[name];

/** Never longer than it was, for it stands where a schema bounds it. */
function maskText(text: unknown): unknown {
  if (typeof text !== 'string' || !textHoldsPersonalNumber(text)) return text;
  const plain = inPlainCharacters(text).replaceAll(/\d/g, masked);
  return plain.slice(0, text.length).toWellFormed();
}
