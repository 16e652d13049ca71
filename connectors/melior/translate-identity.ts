import type { PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { isNational } from '../common/identify-person.js';
import { writePath } from './hl7/field-path.js';
import type { Hl7Message } from './hl7/hl7-message.js';
import type { FieldMapping } from './mapping-fields.js';
import { nationalIdentities, readPerson } from './read-person.js';
import {
  readOccurredAt,
  readSending,
  readSequence,
  requireOneValue,
  requireSegments,
} from './read-values.js';
import type { Translation } from './translation.js';

/**
 * A merge (A40): the identity of PID lives on, those of MRG are retired. Only a personal number that is retired is worth telling: the
 * hub knows persons by nothing else, and journals merge their own record numbers all the time. It is told whatever the
 * surviving identity is, so that nobody's case hangs on a number that the journal has given up (PAT-12).
 *
 * A reserve number names nobody to the hub (PAT-4). The visit that such a merge may name is not told either: the message does not say
 * whether it still goes on, and told as a change it would open a stay that is over.
 * @throws MessageRefused
 */
export function translateIdentity(message: Hl7Message, fields: FieldMapping, sender: string): Translation {
  requireSegments(message, ['PID', 'MRG']);
  const nothing = { kind: 'nothing', reason: 'no personal identity is replaced' } as const;
  const retired = nationalIdentities(message, fields, fields.person.replaced);
  if (retired.found.length === 0) return nothing;
  requireOneValue(message, fields);
  const occurredAt = readOccurredAt(message, fields);
  const survivor = readPerson(message, fields, occurredAt.instant);
  const others = retired.found.filter((each) => !isSame(each, survivor.person));
  if (others.length === 0) return nothing;
  const sequence = readSequence(message);
  return {
    kind: 'identity',
    sending: readSending(message, occurredAt),
    fact: {
      person: survivor.person,
      replaced: others,
      occurredAt: occurredAt.instant,
      ...(sequence !== undefined && { sequence }),
      sender,
      messageId: message.raw('MSH', 10),
    },
    from: {
      person: survivor.from,
      replaced: `${writePath(fields.person.replaced)}, ${retired.from}`,
      occurredAt: occurredAt.from,
      ...(sequence !== undefined && { sequence: 'MSH-13' }),
    },
  };
}

/** A number is the same whatever kind a system calls it. */
function isSame(one: PersonIdentifier, other: PersonIdentifier): boolean {
  return isNational(one) && isNational(other) && one.value === other.value;
}
