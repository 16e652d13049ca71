import { z } from 'zod';
import { count, uuid, type Payload } from './common.js';

/** The verifier of the heads trusts these fields, so their forms are narrow. */
export const auditHead = z
  .strictObject({
    format: z.int().min(2).max(1000),
    /** Id of the chain. */
    chain: uuid,
    /** Number of the group that is its last now. */
    number: count(0).meta({
      type: 'integer',
      description: '0: no head, but a mark up to which somebody reads.',
    }),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    recordedAt: z.string().regex(/Z$/).max(30).meta({ format: 'date-time' }),
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    /** Ed25519, base64url. */
    signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
  })
  .meta({
    description:
      'How far a chain of the trail of accesses goes, sealed by a key that is not in the database. Nothing about anybody.',
  });

/** How far a chain of the trail goes, sealed by a key that is not in the database. Nothing about anybody. */
export type AuditHeadEvent = Payload<typeof auditHead>;
