import { z } from 'zod';
import { envelope, keyId } from './cloud-event.js';
import { payloads } from './payloads/payloads.js';
import { isPersonTopic, type TopicName } from './topics.js';

/** A JSON Schema (2020-12), as it is published and as ajv checks it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The name a payload's schema goes by (`dataschema` of the envelope). */
export function dataSchemaName(topic: TopicName): string {
  return `urn:hemgang:schema:${topic}`;
}

/** A whole message: the CloudEvents envelope around the topic's payload. */
export function eventOn(topic: TopicName) {
  return envelope
    .extend({
      type: z.literal(topic),
      dataschema: z.literal(dataSchemaName(topic)),
      ...(isPersonTopic(topic) ? { keyid: keyId } : {}),
      data: payloads[topic],
    })
    .meta({ description: `CloudEvent on ${topic}.` });
}

/** The JSON Schema of a whole message. */
export function eventSchema(topic: TopicName): JsonSchema {
  return jsonSchema(eventOn(topic));
}

/** The JSON Schema of a zod schema, without the `$schema` that only a document of its own needs. */
export function jsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema);
  return rest;
}
