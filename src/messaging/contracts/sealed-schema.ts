import { sealedContentType } from './sealed-event.js';
import { eventSchema } from './schemas.js';
import type { SealableTopicName } from './sealed-topics.js';

type Schema = Readonly<Record<string, unknown>>;

/** The schema of a sealed message: the envelope of its topic, with the data sealed. */
export function sealedEventSchema(topic: SealableTopicName): Schema {
  const open = eventSchema(topic) as { properties: Schema; required: readonly string[] };
  const { data: _data, ...envelope } = open.properties;
  return {
    ...open,
    description: `CloudEvent of ${topic}, its data sealed: they fit the schema of that topic before and after.`,
    required: [...open.required.filter((name) => name !== 'data'), 'sealkey', 'data_base64'],
    properties: {
      ...envelope,
      datacontenttype: { const: sealedContentType },
      sealkey: {
        description: 'Id of the key in the database of the hub. Once it is gone nobody reads the data again.',
        type: 'string',
        format: 'uuid',
      },
      sealrecovery: {
        description:
          'The key, wrapped for who has the recovery key (X25519, AES-256-GCM): for a database restored to an earlier point.',
        type: 'string',
        pattern: '^[A-Za-z0-9+/]{123}=$',
      },
      data_base64: {
        description: 'iv (12 bytes), tag (16 bytes), and the data as JSON text encrypted by AES-256-GCM.',
        type: 'string',
        pattern: '^[A-Za-z0-9+/]{40,}={0,2}$',
      },
    },
  };
}
