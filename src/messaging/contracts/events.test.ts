import { isSealable, sealedTopic } from './sealed-topics.js';
import { asyncApi } from './asyncapi.js';
import { caseEvent, factEvent, InvalidEvent, personFactMessage } from './build-event.js';
import type { CloudEvent } from './cloud-event.js';
import { eventId } from './event-id.js';
import { caseTopic, factTopics, type CarePlanFact, type StayFact } from './facts.js';
import { personKey, type PersonKeySecret } from './person-key.js';
import { topicNames } from './topics.js';
import { validateEvent } from './validate-event.js';

const number = '190503279812';
const secret = { keyId: '2026a', secret: '0123456789abcdef0123456789abcdef' };
const stay: StayFact = {
  kind: 'admitted',
  person: { type: 'personnummer', value: number },
  visit: '4711',
  ward: 'SE2321000016-W101',
  admittedAt: '2026-03-01T09:30:00.000Z',
  occurredAt: '2026-03-01T09:31:00Z',
  sender: 'MELIOR',
  messageId: '000123',
};
const options = {
  source: 'urn:hemgang:connector:melior:SE2321000016-MEL1',
  id: ['MELIOR', '000123'],
  time: '2026-03-01T09:31:00Z',
  data: stay,
};

describe('building events', () => {
  it('design 5: no key, header or envelope carries a personal number', () => {
    const message = personFactMessage(secret, factTopics.stay, options);
    const { data, ...envelope } = JSON.parse(message.value) as CloudEvent<StayFact>;
    expect(JSON.stringify([envelope, message.key, message.headers])).not.toContain(number.slice(2));
    expect(data).toEqual(stay);
    expect(envelope).toMatchObject({ specversion: '1.0', type: 'journal.stay.v1', keyid: '2026a' });
    expect(message.headers['content-type']).toBe('application/cloudevents+json; charset=UTF-8');
  });

  it('design 7.2: the same message of the same sender is the same event; any other is another', () => {
    const id = eventId('a', 'b', ['c', 'd']);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(eventId('a', 'b', ['c', 'd'])).toBe(id);
    const others = [
      eventId('a', 'b', ['cd']),
      eventId('a', 'bc', ['d']),
      eventId('a', 'b', ['c', 'e']),
      eventId('x', 'b', ['c', 'd']),
    ];
    expect(new Set([id, ...others]).size).toBe(5);
  });

  it('promise 7: no event id tells whom a fact is about to one who tries numbers: it is keyed', () => {
    const id = (key: PersonKeySecret) =>
      (JSON.parse(personFactMessage(key, factTopics.stay, options).value) as CloudEvent).id;
    expect(id(secret)).toBe(id({ ...secret }));
    expect(id({ ...secret, secret: 'another secret, of 32 bytes or more' })).not.toBe(id(secret));
    expect(id(secret)).not.toBe(eventId(factTopics.stay, options.source, options.id));
  });

  it('design 5: the key is the same for every system that names the person, and another under another secret', () => {
    const key = personKey(secret, { type: 'personnummer', value: number });
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(personKey(secret, { type: 'samordningsnummer', value: '19050327-9812' })).toBe(key);
    expect(personKey(secret, { type: 'reserve', value: number })).not.toBe(key);
    expect(personKey({ ...secret, keyId: '2026b' }, { type: 'personnummer', value: number })).not.toBe(key);
    expect(
      personKey({ ...secret, secret: 'x'.repeat(32) }, { type: 'personnummer', value: number }),
    ).not.toBe(key);
    expect(() => personKey({ ...secret, secret: 'short' }, stay.person)).toThrow(/32 bytes/);
  });

  it('an event that does not fit is refused where it is built, without its values', () => {
    const build = () =>
      factEvent(factTopics.stay, {
        ...options,
        keyId: 'k',
        data: { ...stay, admittedAt: `${number}, yesterday` },
      });
    expect(build).toThrow(InvalidEvent);
    expect(build).toThrow(
      'not an event of journal.stay.v1: /data/admittedAt pattern; /data/admittedAt format',
    );
    expect(build).not.toThrow(new RegExp(number));
  });

  it.each(['', '-', '.', '%20', '%2E', '%C2%A0-', '_'])(
    'design 5: a source that holds a personal number is refused, parted by "%s"',
    (between) => {
      for (const text of [`${number.slice(0, 8)}${between}${number.slice(8)}`, `%20${number.slice(2)}%C3`]) {
        const build = () =>
          factEvent(factTopics.stay, { ...options, source: `urn:hemgang:connector:x:${text}`, data: stay });
        expect(build).toThrow(InvalidEvent);
        expect(build).not.toThrow(number.slice(8));
      }
    },
  );

  it('design 5: a case event is thin: a field that is not agreed is refused', () => {
    const data = {
      caseId: '4f2f3ac1-9d5c-4c0a-8f39-0f5b2b3c1d4e',
      kind: 'svu',
      event: 'PatientReady',
      sequence: 7,
      occurredAt: '2026-03-01T09:31:00.000Z',
      units: ['SE2321000016-W101'],
    } as const;
    const withName = Object.assign({ name: 'Test Testsson' }, data);
    const id = 'b0e7a1c2-1111-4222-8333-444455556666';
    expect(caseEvent({ id, data })).toMatchObject({ id, type: caseTopic, data });
    expect(() => caseEvent({ id, data: withName })).toThrow(/additionalProperties/);
  });
});

describe('checking events', () => {
  const valid = factEvent(factTopics.stay, { ...options, keyId: 'k' });

  it.each([
    ['a personal number as the source', { source: `urn:hemgang:connector:${number}` }, '/source not'],
    ['another topic', { type: 'journal.stay.v2' }, '/type const'],
    ['a local time', { time: '2026-03-01T09:31:00+01:00' }, '/time pattern'],
    ['a topic about persons without the name of its key', { keyid: undefined }, '/ required keyid'],
    ['an unknown extension', { patient: number }, '/ additionalProperties'],
    ['data of another kind', { data: null }, '/data type'],
  ])('refuses %s, naming the place', (_, change, fault) => {
    const value: unknown = JSON.parse(JSON.stringify({ ...valid, ...change }));
    const { faults } = validateEvent(factTopics.stay, value);
    expect(faults).toEqual([fault]);
  });

  it.each([null, [], 'text', 7, {}, { data: {} }])('refuses %j', (value) => {
    for (const topic of topicNames) expect(validateEvent(topic, value).faults?.length).toBeGreaterThan(0);
  });

  it('design 5: a changed stay has another expected discharge, or none any more, never both', () => {
    const changed = { ...stay, kind: 'changed' } as const;
    const build = (data: StayFact) => factEvent(factTopics.stay, { ...options, keyId: 'k', data });
    const expectedDischarge = '2026-03-05T11:00:00Z';
    expect(build({ ...changed, expectedDischarge }).data).toMatchObject({ expectedDischarge });
    expect(build({ ...changed, expectedDischargeRemoved: true }).data.kind).toBe('changed');
    for (const kind of ['admission-cancelled', 'discharge-cancelled'] as const)
      expect(build({ ...stay, kind }).data.kind).toBe(kind);
    expect(() => build({ ...changed, expectedDischarge, expectedDischargeRemoved: true })).toThrow(
      '/data/expectedDischarge false schema',
    );
  });

  it('PAT-12: identities that are one are told under the key of the surviving one', () => {
    const replaced = { type: 'samordningsnummer', value: '190503879816' } as const;
    const data = {
      person: stay.person,
      replaced: [replaced],
      occurredAt: options.time,
      sender: 'MELIOR',
      messageId: '9',
    };
    const message = personFactMessage(secret, factTopics.identity, { ...options, data });
    expect(message.key).toBe(personKey(secret, stay.person));
    const none = { ...options, keyId: 'k', data: { ...data, replaced: [] } };
    expect(() => factEvent(factTopics.identity, none)).toThrow('/data/replaced minItems');
  });

  describe('a care plan for background', () => {
    const gone: CarePlanFact = {
      person: stay.person,
      plan: 'cp-1',
      gone: true,
      occurredAt: options.time,
      sequence: 1_772_357_460_000,
      sender: 'cosmic',
      messageId: 'cp-1/3#1',
    };
    const { gone: _, ...origin } = gone;
    const described: CarePlanFact = {
      ...origin,
      status: 'active',
      title: 'Samordnad plan vid utskrivning',
      categories: [{ system: 'https://fhir.inera.se/CodeSystem/typeofcareplan-cs', code: 'SPU' }],
      period: { start: '2026-02-27', end: '2026-03-05T11:00:00Z' },
      createdAt: '2026-02-27T08:00:00Z',
      author: { hsaId: 'SE2321000016-W101' },
      receivers: [{ name: 'Hemsjukvården' }],
    };
    const build = (data: CarePlanFact) =>
      personFactMessage(secret, factTopics.carePlan, { ...options, data }).key;

    it('is keyed by the person, as it is there now or gone', () => {
      expect(build(described)).toBe(personKey(secret, stay.person));
      expect(build(gone)).toBe(personKey(secret, stay.person));
      expect(build({ ...origin, status: 'unknown' })).toBe(personKey(secret, stay.person));
    });

    it.each([
      ['neither status nor gone', origin, '/data anyOf'],
      ['a title of one that is gone', { ...gone, title: 'SIP' }, '/data/title false schema'],
      ['an author without id and name', { ...described, author: {} }, '/data/author minProperties'],
      [
        'one entered in error with its status',
        { ...origin, status: 'entered-in-error' },
        '/data/status enum',
      ],
      ['what the plan says', { ...described, note: 'Bor ensam' }, '/data additionalProperties'],
      [
        'a member of the staff',
        { ...described, author: { practitioner: 'x' } },
        '/data/author additionalProperties',
      ],
    ])('refuses %s', (_name, data, fault) => {
      expect(() => build(data as CarePlanFact)).toThrow(fault);
    });
  });

  it('says no more than twenty faults, however many there are', () => {
    const data = {
      ...stay,
      ...Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`field-${n}`, number])),
    };
    const { faults } = validateEvent(factTopics.listing, { ...valid, data });
    expect(faults!.length).toBeLessThanOrEqual(20);
    expect(faults!.join()).not.toContain(number);
  });
});

describe('the AsyncAPI document', () => {
  it('describes every topic: a channel, an operation and a message that refer to each other', () => {
    const document = asyncApi() as {
      asyncapi: string;
      channels: Record<string, { address: string; messages: Record<string, { $ref: string }> }>;
      operations: Record<string, { action: string; channel: { $ref: string }; messages: { $ref: string }[] }>;
      components: { messages: Record<string, unknown> };
    };
    expect(document.asyncapi).toBe('3.0.0');
    expect(Object.values(document.channels).map(({ address }) => address)).toEqual(
      topicNames.flatMap((topic) => (isSealable(topic) ? [topic, sealedTopic(topic)] : [topic])),
    );
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, ref]) =>
      ref!.split('/'),
    );
    expect(refs.length).toBeGreaterThanOrEqual(3 * topicNames.length);
    for (const ref of refs) {
      const target = ref.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], document);
      expect(target).toBeDefined();
    }
    for (const { action } of Object.values(document.operations))
      expect(['send', 'receive']).toContain(action);
  });
});
