import { auditHead } from './audit-head-schema.js';
import { auditTopic, caseTopic, factTopics, type CarePlanStatus, type StayFactKind } from './facts.js';
import { longest, most } from './limits.js';
import { isPersonTopic, type TopicName } from './topics.js';

/**
 * The JSON Schemas (2020-12) of everything that travels on a topic. Closed: a field that is not here is refused, so
 * nothing travels that was not agreed. A field is added by updating the readers (the hub) before the writers.
 */
type Schema = { readonly [keyword: string]: unknown };

const instant: Schema = {
  description: 'A moment in UTC, RFC 3339 with Z.',
  type: 'string',
  format: 'date-time',
  pattern: 'Z$',
  maxLength: 30,
};
const date: Schema = { type: 'string', format: 'date' };
const text = (maxLength: number): Schema => ({ type: 'string', minLength: 1, maxLength });
const hsaId: Schema = {
  description: 'HSA-id.',
  type: 'string',
  pattern: '^[A-Za-z0-9][A-Za-z0-9-]{2,63}$',
};

const staffHsaId: Schema = {
  description: 'HSA-id; its form leaves no room for a personal number in its place.',
  type: 'string',
  pattern: '^SE[0-9]{10}-[0-9A-Za-z-]{1,18}$',
};

const object = (description: string, required: Schema, optional: Schema = {}): Schema => ({
  description,
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

const stayFactKinds: readonly StayFactKind[] = [
  'admitted',
  'transferred',
  'changed',
  'discharged',
  'admission-cancelled',
  'discharge-cancelled',
];

const personIdentifier = object('A person as the source names it.', {
  type: { enum: ['personnummer', 'samordningsnummer', 'reserve', 'other'] },
  value: text(longest.id),
});

const sequence: Schema = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };

const stay: Schema = {
  ...object(
    'A hospital stay as a journal system tells it (HL7 v2 ADT A01, A02, A08, A03, A11, A13).',
    {
      kind: { enum: stayFactKinds },
      person: personIdentifier,
      visit: text(longest.visit),
      occurredAt: instant,
      sender: text(longest.text),
      messageId: text(longest.text),
    },
    {
      ward: hsaId,
      admittedAt: instant,
      dischargedAt: instant,
      expectedDischarge: instant,
      expectedDischargeRemoved: { description: 'There is no expected discharge any more.', const: true },
      sequence,
      ambiguousTime: { type: 'boolean' },
    },
  ),
  dependentSchemas: {
    expectedDischargeRemoved: { type: 'object', properties: { expectedDischarge: false } },
  },
};

const identity = object(
  'A journal system says that identities it kept apart are one person (HL7 v2 ADT A40). The population register decides.',
  {
    person: { ...personIdentifier, description: 'The identity that lives on; the message key is its.' },
    replaced: {
      type: 'array',
      items: personIdentifier,
      minItems: 1,
      maxItems: most.identities,
      uniqueItems: true,
    },
    occurredAt: instant,
    sender: text(longest.text),
    messageId: text(longest.text),
  },
  { sequence },
);

const carePlanStatuses: readonly CarePlanStatus[] = [
  'draft',
  'active',
  'on-hold',
  'revoked',
  'completed',
  'unknown',
];

const dayOrInstant: Schema = { anyOf: [date, instant] };

const carePlanOrganisation: Schema = {
  ...object('An organisation, never one of its staff.', {}, { hsaId, name: text(longest.text) }),
  minProperties: 1,
};

const describedPlan = {
  status: { enum: carePlanStatuses },
  title: text(longest.text),
  categories: {
    type: 'array',
    maxItems: most.categories,
    items: {
      ...object(
        'A coding.',
        {},
        { system: text(longest.text), code: text(longest.codeOfCoding), display: text(longest.text) },
      ),
      minProperties: 1,
    },
  },
  period: object('Days or instants.', {}, { start: dayOrInstant, end: dayOrInstant }),
  createdAt: dayOrInstant,
  author: { ...carePlanOrganisation, description: 'The organisation that asks for the plan.' },
  receivers: { type: 'array', maxItems: most.receivers, items: carePlanOrganisation },
};

const carePlan: Schema = {
  ...object(
    'A care plan of a journal system as it is there now, for background: never what it says, never anybody of the staff.',
    {
      person: personIdentifier,
      plan: text(longest.visit),
      occurredAt: instant,
      sequence: {
        ...sequence,
        description:
          "The order of a plan's facts: higher for each change, the same when it is told again unchanged. Begins at, and is never behind, the connector's clock in milliseconds.",
      },
      sender: text(longest.text),
      messageId: text(longest.text),
    },
    {
      gone: {
        description: 'Deleted, entered in error, or no longer to be read: nothing that describes it is told.',
        const: true,
      },
      ...describedPlan,
    },
  ),
  dependentSchemas: {
    gone: {
      type: 'object',
      properties: Object.fromEntries(Object.keys(describedPlan).map((name) => [name, false])),
    },
  },
  anyOf: ['gone', 'status'].map((name) => ({
    type: 'object',
    required: [name],
    properties: { [name]: true },
  })),
};

const registerRecord = object(
  'The register copy of a person. What the register leaves out is left out.',
  { identifier: personIdentifier },
  {
    protectedPerson: { type: 'boolean' },
    protectedPopulationRecord: { type: 'boolean' },
    testPerson: { type: 'boolean' },
    name: object(
      'Name.',
      {},
      {
        given: text(longest.text),
        middle: text(longest.text),
        surname: text(longest.text),
        givenNameIndicator: text(longest.givenNameIndicator),
      },
    ),
    gender: { enum: ['male', 'female'] },
    birthDate: { description: 'A day; the register may leave day or month at 00.', ...text(longest.date) },
    address: object(
      'Registered address.',
      {},
      {
        careOf: text(longest.text),
        line1: text(longest.text),
        line2: text(longest.text),
        postalCode: text(longest.postalCode),
        city: text(longest.text),
      },
    ),
    municipalityCode: { type: 'string', pattern: '^[0-9]{4}$' },
    deregistration: object(
      'Why and when the person left the register.',
      { reason: text(longest.code) },
      { date: text(longest.date) },
    ),
    referred: { type: 'array', items: personIdentifier, maxItems: most.identities },
  },
);

const person = object(
  'One person as the population register describes it now.',
  { person: personIdentifier, found: { type: 'boolean' }, readAt: instant },
  { record: registerRecord },
);

const listing = object('Where a person is listed now.', {
  person: personIdentifier,
  listings: {
    type: 'array',
    maxItems: most.listings,
    items: object(
      'One listing.',
      { facility: text(longest.id) },
      {
        facilityName: text(longest.text),
        type: text(longest.code),
        validFrom: dayOrInstant,
        validTo: dayOrInstant,
        doctor: object('Listed doctor.', {}, { id: text(longest.id), name: text(longest.text) }),
      },
    ),
  },
  readAt: instant,
});

const unit = object(
  'One unit as the catalogue describes it now.',
  { unit: hsaId, found: { type: 'boolean' }, readAt: instant },
  {
    name: text(longest.text),
    organisationNumber: { type: 'string', pattern: '^[0-9]{10}$' },
    parent: hsaId,
    startsAt: instant,
    endsAt: instant,
    archived: { type: 'boolean' },
    healthCareUnit: hsaId,
    healthCareProvider: hsaId,
  },
);

const practitioner = object(
  'One of the staff as the catalogue describes him or her now.',
  { practitioner: staffHsaId, found: { type: 'boolean' }, readAt: instant },
  {
    protectedPerson: { description: 'Absent: unknown, which counts as protected.', type: 'boolean' },
    name: object(
      'Absent for who is protected.',
      { surname: text(longest.text) },
      { given: text(longest.text) },
    ),
    titles: {
      description: 'Codes of titles (befattning).',
      type: 'array',
      items: text(longest.code),
      maxItems: most.titles,
    },
    licences: {
      description: 'Licensed professions (legitimerad yrkesgrupp).',
      type: 'array',
      items: text(longest.text),
      maxItems: most.licences,
    },
    assignments: {
      type: 'array',
      maxItems: most.assignments,
      items: object(
        'An assignment (medarbetaruppdrag) at a care unit.',
        { hsaId: staffHsaId, unit: staffHsaId, purpose: text(longest.text) },
        { endsAt: instant },
      ),
    },
  },
);

const caseEvent = object(
  'Something happened in a case. Thin: who wants more asks the facade, where access is checked. A unit in `removedUnits` takes the case off its list. A unit that has come to a case sees what was there before, whose `_lastUpdated` does not move: it reads the case whole (docs/fhir-following.md).',
  {
    caseId: { type: 'string', format: 'uuid' },
    kind: { enum: ['svu'] },
    event: { type: 'string', pattern: '^[A-Z][A-Za-z]{1,63}$' },
    sequence: { type: 'integer', minimum: 0 },
    occurredAt: instant,
    units: {
      description: 'Units that see the case now.',
      type: 'array',
      items: hsaId,
      uniqueItems: true,
      maxItems: 1000,
    },
  },
  {
    epoch: {
      description:
        'Within an epoch a sequence stands for one event. Absent until the database was first restored to an earlier point; another than before: it was restored, and events of the epoch before may not have happened (docs/fhir-following.md).',
      type: 'string',
      format: 'uuid',
    },
    removedUnits: {
      description: 'Units that this event removed: they see the case no more (404).',
      type: 'array',
      items: hsaId,
      uniqueItems: true,
      minItems: 1,
      maxItems: 1000,
    },
  },
);

/** The schema of each topic's payload. */
const dataSchemas: Readonly<Record<TopicName, Schema>> = {
  [factTopics.stay]: stay,
  [factTopics.identity]: identity,
  [factTopics.carePlan]: carePlan,
  [factTopics.person]: person,
  [factTopics.listing]: listing,
  [factTopics.unit]: unit,
  [factTopics.practitioner]: practitioner,
  [caseTopic]: caseEvent,
  [auditTopic]: auditHead,
};

/** The name a payload's schema goes by (`dataschema` of the envelope). */
export function dataSchemaName(topic: TopicName): string {
  return `urn:hemgang:schema:${topic}`;
}

/**
 * The schema of a whole message: the CloudEvents 1.0 envelope, JSON format, around the topic's payload.
 * @see https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
 */
export function eventSchema(topic: TopicName): Schema {
  const envelope = object(
    `CloudEvent on ${topic}.`,
    {
      specversion: { const: '1.0' },
      id: {
        description: "Derived from the source's own id.",
        type: 'string',
        pattern: '^[A-Za-z0-9._:-]{1,128}$',
      },
      source: {
        description: 'Who told it. Never anything about a person.',
        type: 'string',
        pattern: '^urn:hemgang:[a-z][A-Za-z0-9._:%-]{0,150}$',
        not: { pattern: '(18|19|20)[0-9]{6}[-+]?[0-9]{4}' },
      },
      type: { const: topic },
      time: instant,
      datacontenttype: { const: 'application/json' },
      dataschema: { const: dataSchemaName(topic) },
      ...(isPersonTopic(topic) ? { keyid: keyId } : {}),
      data: dataSchemas[topic],
    },
    { correlationid: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' } },
  );
  return envelope;
}

const keyId: Schema = {
  description: 'Which secret made the message key (HMAC of the personal number).',
  type: 'string',
  pattern: '^[A-Za-z0-9._-]{1,32}$',
};
