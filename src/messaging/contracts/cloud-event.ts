import { z } from 'zod';
import { instant } from './payloads/common.js';
import type { Payload } from './payloads/common.js';
import type { Sending } from './sending.js';

/**
 * The envelope: CloudEvents 1.0, JSON format (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md),
 * with the extensions this hub uses. It never carries a personal number. `event-schema.ts` puts the payload of a topic into it.
 */
export const envelope = z.strictObject({
  specversion: z.literal('1.0'),
  /** A repeat is the same event. */
  id: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,128}$/)
    .meta({ description: "Derived from the source's own id." }),
  /** e.g. `urn:hemgang:connector:melior:<sender>`. */
  source: z
    .string()
    .regex(/^urn:hemgang:[a-z][A-Za-z0-9._:%-]{0,150}$/)
    .meta({
      description: 'Who told it. Never anything about a person.',
      not: { pattern: '(18|19|20)[0-9]{6}[-+]?[0-9]{4}' },
    }),
  /** The topic's name, version included, e.g. `journal.stay.v1`. */
  type: z.string(),
  time: instant,
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  /** Extension: W3C trace id or the connector's own correlation id. */
  correlationid: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,128}$/)
    .exactOptional(),
});

/** Extension, on facts about a person. */
export const keyId = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,32}$/)
  .meta({ description: 'Which secret made the message key (HMAC of the personal number).' });

export type CloudEvent<Data = unknown> = Payload<typeof envelope> & {
  readonly keyid?: z.infer<typeof keyId>;
  readonly data: Data;
  /** No part of the event as it travels: the inbox puts here what the message's header said. */
  readonly sending?: Sending;
};
