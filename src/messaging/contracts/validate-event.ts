import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormatsPlugin from 'ajv-formats';
import type { CloudEvent } from './cloud-event.js';
import { eventSchema } from './event-schema.js';
import type { SealedEvent } from './sealed-event.js';
import { sealedEventSchema } from './sealed-schema.js';
import type { SealableTopicName } from './sealed-topics.js';
import { topicNames, type TopicData, type TopicName } from './topics.js';

// A CommonJS package whose types say `default`: https://github.com/ajv-validator/ajv-formats/issues/85
const addFormats = addFormatsPlugin as unknown as typeof addFormatsPlugin.default;

/** What is wrong, where: instance path and keyword, never a value. */
type EventFault = string;

export type Validated<Event> =
  | { readonly event: Event; readonly faults?: undefined }
  | { readonly faults: readonly EventFault[]; readonly event?: undefined };

const most = 20;

const validators: ReadonlyMap<TopicName, ValidateFunction> = compile();

function createAjv(): Ajv2020 {
  // `allErrors` on closed schemas with bounded arrays: the work for a hostile message stays bounded too.
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats(ajv);
  return ajv;
}

function compile(): ReadonlyMap<TopicName, ValidateFunction> {
  const ajv = createAjv();
  return new Map(topicNames.map((topic) => [topic, ajv.compile(eventSchema(topic))]));
}

/**
 * Checks a parsed message against its topic's schema.
 * @returns the typed event, or its faults (at most 20): where and which keyword, e.g. `/data/person/value minLength`.
 *   No value of the message is repeated, not even the name of a field that the schema does not know.
 */
export function validateEvent<Topic extends TopicName>(
  topic: Topic,
  value: unknown,
): Validated<CloudEvent<TopicData[Topic]>> {
  const validate = validators.get(topic);
  if (validate === undefined) return { faults: [`no such topic`] };
  if (validate(value)) return { event: value as CloudEvent<TopicData[Topic]> };
  return { faults: [...new Set((validate.errors ?? []).map(describe))].slice(0, most) };
}

const sealedValidators = new Map<SealableTopicName, ValidateFunction>();

/** Checks a parsed sealed message against the schema of its topic; says as `validateEvent` what is wrong. */
export function validateSealed(topic: SealableTopicName, value: unknown): Validated<SealedEvent> {
  const validate = sealedValidators.get(topic) ?? createAjv().compile(sealedEventSchema(topic));
  sealedValidators.set(topic, validate);
  if (validate(value)) return { event: value as SealedEvent };
  return { faults: [...new Set((validate.errors ?? []).map(describe))].slice(0, most) };
}

function describe(error: ErrorObject): EventFault {
  const missing = error.keyword === 'required' ? ` ${String(error.params['missingProperty'])}` : '';
  return `${error.instancePath || '/'} ${error.keyword}${missing}`;
}
