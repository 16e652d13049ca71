import { z } from 'zod';
import { identifyPerson } from '../../../connectors/common/identify-person.js';
import { MessageRefused, type Translation } from '../../../connectors/common/receive/intake.js';
import { readXmlTime, UnreadableTime } from '../../../connectors/common/stockholm-time.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';

/** What this system sends, one in each request. */
const shape = z.object({
  hospital: z.string().min(1),
  number: z.int(),
  what: z.enum(['in', 'moved', 'out']),
  patient: z.string().min(1),
  stay: z.string().min(1),
  ward: z.string().optional(),
  /** Local time without a zone. */
  when: z.string(),
});

const kinds = { in: 'admitted', moved: 'transferred', out: 'discharged' } as const;

/** A message of the bed system as the fact it tells. This is all that a new connector has to write. */
export function translate(raw: Buffer): Translation {
  const message = read(raw);
  return {
    sender: message.hospital,
    messageId: String(message.number),
    content: [JSON.stringify(message)],
    fact: () => {
      const time = instant(message.when);
      return {
        topic: factTopics.stay,
        time,
        data: {
          kind: kinds[message.what],
          person: identifyPerson(message.patient, []),
          visit: message.stay,
          ...(message.ward !== undefined && { ward: message.ward }),
          occurredAt: time,
          sender: message.hospital,
          messageId: String(message.number),
        },
      };
    },
  };
}

function read(raw: Buffer): z.infer<typeof shape> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf8', { fatal: true }).decode(raw));
  } catch {
    throw new MessageRefused('not JSON in UTF-8');
  }
  const { data, error } = shape.safeParse(value);
  if (data) return data;
  // Where it is wrong, never what stands there.
  throw new MessageRefused(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '));
}

function instant(local: string): string {
  try {
    return readXmlTime(local).instant;
  } catch (error) {
    if (error instanceof UnreadableTime) throw new MessageRefused(`when: ${error.message}`);
    throw error;
  }
}
