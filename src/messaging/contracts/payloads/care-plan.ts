import { z } from 'zod';
import { longest, most } from '../limits.js';
import {
  dayOrInstant,
  hsaId,
  instant,
  personIdentifier,
  sequence,
  text,
  words,
  type Payload,
} from './common.js';

/** `CarePlan.status` of FHIR R4; a plan entered in error is told as gone. */
const carePlanStatus = z.enum(['draft', 'active', 'on-hold', 'revoked', 'completed', 'unknown']);

const coding = z
  .strictObject({
    system: words(longest.text).exactOptional(),
    code: words(longest.codeOfCoding).exactOptional(),
    display: words(longest.text).exactOptional(),
  })
  .meta({ description: 'A coding.', minProperties: 1 });

const organisation = z
  .strictObject({ hsaId: hsaId.exactOptional(), name: words(longest.text).exactOptional() })
  .meta({ description: 'An organisation, never one of its staff.', minProperties: 1 });

const period = z
  .strictObject({ start: dayOrInstant.exactOptional(), end: dayOrInstant.exactOptional() })
  .meta({ description: 'Days or instants.' });

/** What describes a plan; none of it is told of one that is gone. */
const description = {
  /** Always there unless gone. */
  status: carePlanStatus.exactOptional(),
  title: words(longest.text).exactOptional(),
  categories: z.array(coding).max(most.categories).exactOptional(),
  period: period.exactOptional(),
  createdAt: dayOrInstant.exactOptional(),
  author: organisation
    .meta({ description: 'The organisation that asks for the plan.', minProperties: 1 })
    .exactOptional(),
  /** The organisations that are asked. */
  receivers: z.array(organisation).max(most.receivers).exactOptional(),
};

export const carePlan = z
  .strictObject({
    person: personIdentifier,
    /** The journal's own id of the plan, unique within `sender`. */
    plan: text(longest.visit),
    /** When the source says that it changed (`meta.lastUpdated`). Its clock may be wrong: decides between equal `sequence` alone. */
    occurredAt: instant,
    /** It has to stay so when the connector's memory is lost: therefore the clock. */
    sequence: sequence.describe(
      "The order of a plan's facts: higher for each change, the same when it is told again unchanged. Begins at, and is never behind, the connector's clock in milliseconds.",
    ),
    /** Who sent it and the id of the message there. */
    sender: text(longest.text),
    messageId: text(longest.text),
    gone: z
      .literal(true)
      .meta({
        description: 'Deleted, entered in error, or no longer to be read: nothing that describes it is told.',
      })
      .exactOptional(),
    ...description,
  })
  .meta({
    description:
      'A care plan of a journal system as it is there now, for background: never what it says, never anybody of the staff.',
    dependentSchemas: {
      gone: {
        type: 'object',
        properties: Object.fromEntries(Object.keys(description).map((name) => [name, false])),
      },
    },
    anyOf: ['gone', 'status'].map((name) => ({
      type: 'object',
      required: [name],
      properties: { [name]: true },
    })),
  });

/**
 * A care plan of a journal system as it is there now, for background alone: what it is called, of what kind, from when and
 * between whom. Never what it says (goals, activities, notes) and never anybody of the staff.
 *
 * A plan may be told again unchanged, so that a hub that had no use for it then has it now: the same `sequence` and content
 * under another event id, because the inbox takes an id once. A plan that turns out to be of another person is told as gone
 * under the first, and then under the other.
 */
export type CarePlanFact = Payload<typeof carePlan>;
