import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { Remembered } from './kind.js';

/** What of a mark tells who it was of, and what was said of them. The column has no other personal data. */
export const personal = ['person', 'patient', 'content', 'place'] as const;

/** Which resource a mark is of: sealed parts open under no other. */
export type MarkOf = { readonly sender: string; readonly resourceType: string; readonly id: string };

/** What was told, as it stands in `cosmic_resource.told`; a row of an older version has its personal parts in clear. */
export type KeptState = Readonly<Record<string, unknown>> & { readonly sealed?: string };

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals what marks keep of persons: AES-256-GCM under a key that is made of `PERSON_KEY` and so is not in the database. It must open again, for
 * what was told of a resource that is gone has to be taken back from somebody (decision 23).
 */
export class MarkSeal {
  private readonly key: Buffer;

  constructor({ secret }: PersonKeySecret) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'hemgang cosmic mark', 32));
  }

  close(told: Remembered, of: MarkOf): KeptState {
    const entries = Object.entries(told);
    const inside = entries.filter(([name]) => isPersonal(name));
    const outside = entries.filter(([name]) => !isPersonal(name));
    if (inside.length === 0) return Object.fromEntries(outside);
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.key, iv).setAAD(bound(of));
    const content = Buffer.concat([
      cipher.update(JSON.stringify(Object.fromEntries(inside))),
      cipher.final(),
    ]);
    const sealed = Buffer.concat([iv, cipher.getAuthTag(), content]).toString('base64');
    return { ...Object.fromEntries(outside), sealed };
  }

  /**
   * As it was told. What another key sealed is forgotten, like a person is some time after the end: it is told again when the resource is
   * seen again.
   */
  open<State extends Remembered>({ sealed, ...rest }: KeptState, of: MarkOf): State {
    const inside = sealed === undefined ? {} : this.opened(Buffer.from(sealed, 'base64'), of);
    // A process of an older version may have written beside what was sealed; what it wrote is newer.
    return { ...inside, ...rest } as unknown as State;
  }

  private opened(sealed: Buffer, of: MarkOf): object {
    try {
      const decipher = createDecipheriv(algorithm, this.key, sealed.subarray(0, ivBytes)).setAAD(bound(of));
      decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
      const text = Buffer.concat([
        decipher.update(sealed.subarray(ivBytes + tagBytes)),
        decipher.final(),
      ]).toString('utf8');
      return JSON.parse(text) as object;
    } catch {
      return {};
    }
  }
}

function isPersonal(name: string): boolean {
  return personal.some((each) => each === name);
}

function bound({ sender, resourceType, id }: MarkOf): Buffer {
  return Buffer.from(JSON.stringify([sender, resourceType, id]));
}
