import { z } from 'zod';
import type { CloudEvent } from './cloud-event.js';
import { eventOn, jsonSchema, type JsonSchema } from './event-schema.js';
import { uuid, type Payload } from './payloads/common.js';
import type { SealableTopicName } from './sealed-topics.js';

export const sealedContentType = 'application/vnd.hemgang.sealed';

const seal = z.strictObject({
  datacontenttype: z.literal(sealedContentType),
  sealkey: uuid.meta({
    format: 'uuid',
    description: 'Id of the key in the database of the hub. Once it is gone nobody reads the data again.',
  }),
  /** Absent where no recovery key is configured. */
  sealrecovery: z
    .string()
    .regex(/^[A-Za-z0-9+/]{123}=$/)
    .meta({
      description:
        'The key, wrapped for who has the recovery key (X25519, AES-256-GCM): for a database restored to an earlier point.',
    })
    .exactOptional(),
  data_base64: z
    .string()
    .regex(/^[A-Za-z0-9+/]{40,}={0,2}$/)
    .meta({
      description: 'iv (12 bytes), tag (16 bytes), and the data as JSON text encrypted by AES-256-GCM.',
    }),
});

/**
 * A CloudEvent whose data nobody can read without the key that `sealkey` names (decision 44). The key is in the database, one for
 * each message; where it is gone, nobody ever reads the data again, wherever copies of it lie.
 */
export type SealedEvent = Omit<CloudEvent, 'data' | 'datacontenttype'> & Payload<typeof seal>;

/** The JSON Schema of a sealed message: the envelope of its topic, with the data sealed. */
export function sealedEventSchema(topic: SealableTopicName): JsonSchema {
  const sealed = eventOn(topic).omit({ data: true }).extend(seal.shape);
  return jsonSchema(
    sealed.meta({
      description: `CloudEvent of ${topic}, its data sealed: they fit the schema of that topic before and after.`,
    }),
  );
}
