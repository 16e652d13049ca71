/** The payload of the topic of heads. What verifies them reads what stands there, so the forms are narrow. */
export const auditHead = {
  description:
    'How far a chain of the trail of accesses goes, sealed by a key that is not in the database. Nothing about anybody.',
  type: 'object',
  required: ['format', 'chain', 'number', 'hash', 'recordedAt', 'keyId', 'signature'],
  properties: {
    format: { type: 'integer', minimum: 2, maximum: 1000 },
    chain: { type: 'string', format: 'uuid' },
    number: {
      description: '0: no head, but a mark up to which somebody reads.',
      type: 'integer',
      minimum: 0,
    },
    hash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    recordedAt: { type: 'string', format: 'date-time', pattern: 'Z$', maxLength: 30 },
    keyId: { type: 'string', pattern: '^[0-9a-f]{16}$' },
    signature: { type: 'string', pattern: '^[A-Za-z0-9_-]{86}$' },
  },
  additionalProperties: false,
} as const;
