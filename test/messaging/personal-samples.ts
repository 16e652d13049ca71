import {
  catalogueFactMessage,
  personFactMessage,
  type EventMessage,
} from '../../src/messaging/contracts/build-event.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { FactTopicName } from '../../src/messaging/contracts/topics.js';

export const keys = { keyId: 'test', secret: 'a secret of tests, 32 bytes or more' };
const person = { type: 'personnummer', value: '193406129829' } as const;
const at = '2026-03-01T10:00:00.000Z';
/** What must not be readable: number, name, address, and what a journal says of the person. */
const personal = [
  '193406129829',
  'Lindhage',
  'Hamngatan 4',
  'LJUNGÅSA',
  'Blodbrist',
  'besok-77',
  '0340612982',
];
const spellings = personal
  .flatMap((text) => [
    Buffer.from(text, 'utf8'),
    Buffer.from(text, 'latin1'),
    Buffer.from(text, 'utf16le'),
    ...[0, 1, 2].map((shift) =>
      Buffer.from(
        Buffer.from('x'.repeat(shift) + text)
          .toString('base64')
          .slice(shift === 0 ? 0 : 4, -4),
      ),
    ),
  ])
  .filter((bytes) => bytes.length >= 5);

/** A fact of each topic, told about one person (or one of the staff). */
export const samples: Readonly<Record<string, (id: string) => readonly [FactTopicName, EventMessage]>> = {
  stay: (id) => [
    factTopics.stay,
    personFactMessage(keys, factTopics.stay, {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: { kind: 'admitted', person, visit: 'besok-77', occurredAt: at, sender: 'test', messageId: id },
    }),
  ],
  identity: (id) => [
    factTopics.identity,
    personFactMessage(keys, factTopics.identity, {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: {
        person,
        replaced: [{ type: 'other', value: '0340612982' }],
        occurredAt: at,
        sender: 'test',
        messageId: id,
      },
    }),
  ],
  carePlan: (id) => [
    factTopics.carePlan,
    personFactMessage(keys, factTopics.carePlan, {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: {
        person,
        plan: 'p1',
        status: 'active',
        title: 'Blodbrist',
        occurredAt: at,
        sequence: 1,
        sender: 'test',
        messageId: id,
      },
    }),
  ],
  person: (id) => [
    factTopics.person,
    personFactMessage(keys, factTopics.person, {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: {
        person,
        found: true,
        readAt: at,
        record: {
          identifier: person,
          name: { surname: 'Lindhage' },
          address: { line2: 'Hamngatan 4', city: 'LJUNGÅSA' },
        },
      },
    }),
  ],
  listing: (id) => [
    factTopics.listing,
    personFactMessage(keys, factTopics.listing, {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: { person, listings: [{ facility: 'SE4999000013-H101' }], readAt: at },
    }),
  ],
  practitioner: (id) => [
    factTopics.practitioner,
    catalogueFactMessage(factTopics.practitioner, 'SE4999000013-P017', {
      source: 'urn:hemgang:connector:test',
      id: [id],
      time: at,
      data: {
        practitioner: 'SE4999000013-P017',
        found: true,
        protectedPerson: false,
        name: { surname: 'Lindhage' },
        readAt: at,
      },
    }),
  ],
};

/** What of that stands in the bytes, in any spelling. */
export function readable(bytes: Buffer): readonly string[] {
  return spellings.filter((each) => bytes.includes(each)).map((each) => each.toString());
}
