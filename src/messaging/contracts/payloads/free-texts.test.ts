import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { factEvent } from '../build-event.js';
import { factTopics } from '../facts.js';
import { textHoldsPersonalNumber } from '../personal-number-in-text.js';
import { looksLikePersonalNumber } from '../personal-number-shape.js';
import { factTopicNames, type FactTopicName, type TopicData } from '../topics.js';
import { validateEvent } from '../validate-event.js';
import { withoutNumbers } from './free-texts.js';
import { payloads } from './payloads.js';

/** Texts that are no free text, and why a number in them is no leak or cannot be. */
const others: Readonly<Record<string, string>> = {
  'person.value': 'whose the fact is; the topic is sealed',
  'replaced[].value': 'whose the fact is; the topic is sealed',
  'record.identifier.value': 'whose the fact is; the topic is sealed',
  'record.referred[].value': 'whose the fact is; the topic is sealed',
  visit: 'an id, by which the stay is found again; not shown where it looks like a number',
  plan: 'an id, by which the plan is found again; not shown where it looks like a number',
  messageId: 'an id; logged through forLog',
  sender: 'configuration',
  'record.name.given': 'of the register, about the person',
  'record.name.middle': 'of the register, about the person',
  'record.name.surname': 'of the register, about the person',
  'record.name.givenNameIndicator': 'of the register, about the person',
  'record.birthDate': 'of the register, about the person',
  'record.address.careOf': 'of the register, about the person',
  'record.address.line1': 'of the register, about the person',
  'record.address.line2': 'of the register, about the person',
  'record.address.postalCode': 'of the register, about the person',
  'record.address.city': 'of the register, about the person',
  'record.deregistration.reason': 'of the register, about the person',
  'record.deregistration.date': 'of the register, about the person',
  'listings[].facility': 'an id of the listing service, by which the unit is found',
  'listings[].doctor.id': 'an id of the listing service; not kept',
};

/** Every text of a payload that any characters may stand in. */
function textsOf(schema: unknown, path = ''): string[] {
  if (schema instanceof z.ZodExactOptional) return textsOf(schema.unwrap(), path);
  if (schema instanceof z.ZodArray) return textsOf(schema.element, `${path}[]`);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((each) => textsOf(each, path));
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape).flatMap(([name, field]) =>
      textsOf(field, path === '' ? name : `${path}.${name}`),
    );
  if (!(schema instanceof z.ZodString)) return [];
  const { pattern, format } = z.toJSONSchema(schema);
  return pattern === undefined && format === undefined ? [path] : [];
}

/** A payload in which this text stands at one path, and nothing else. */
function payloadWith(path: string, text: string): unknown {
  return path
    .split('.')
    .reverse()
    .reduce<unknown>((inner, step) => {
      const name = step.replace('[]', '');
      return { [name]: step.endsWith('[]') ? [inner] : inner };
    }, text);
}

const all = factTopicNames.flatMap((topic) => textsOf(payloads[topic]).map((path) => ({ topic, path })));
const free = all.filter(({ path }) => others[path] === undefined);
const written = [
  '19340612-9829',
  '340612-9829',
  '1934 06 12 98 29',
  '１９３４０６１２９８２９',
  '193406729826',
  '340612x9829',
];
const asPeopleWrite = [
  'maken (född 1934-06-12, sista fyra 9829)',
  'sista fyra 9829, född 340612',
  '%3193406129829',
  '&#49;93406129829',
  'l9340612-9829',
  '1934061298291',
];

describe('PAT-13: a free text that another system tells', () => {
  it('is every text that is not known to be something else', () => {
    expect(free.map(({ path }) => path).toSorted()).toEqual(
      [
        'title',
        'categories[].system',
        'categories[].code',
        'categories[].display',
        'author.name',
        'receivers[].name',
        'name',
        'name.surname',
        'name.given',
        'titles[]',
        'licences[]',
        'assignments[].purpose',
        'listings[].facilityName',
        'listings[].type',
        'listings[].doctor.name',
      ].toSorted(),
    );
  });

  it.each(free)('loses the digits of a number, and keeps its words: $topic $path', ({ topic, path }) => {
    for (const number of written) {
      const told = payloadWith(path, `Plan för ${number}, Ö`) as TopicData[FactTopicName];
      const masked = JSON.stringify(withoutNumbers(topic, told));
      expect([number, looksLikePersonalNumber(masked), /\d/.test(masked)]).toEqual([number, false, false]);
      expect(masked).toMatch(/Plan för .*, Ö/);
    }
  });

  it.each(free)(
    'loses them too where only people see that it is one, as what a client writes is refused: $topic $path',
    ({ topic, path }) => {
      for (const number of asPeopleWrite) {
        const told = payloadWith(path, `Plan för ${number}, Ö`) as TopicData[FactTopicName];
        const masked = JSON.stringify(withoutNumbers(topic, told));
        expect([number, textHoldsPersonalNumber(masked), /\d/.test(masked)]).toEqual([number, false, false]);
      }
    },
  );

  it.each(free)('that holds none stays as it is: $topic $path', ({ topic, path }) => {
    for (const text of ['Avd 12, plan 3', 'SIP 2026-03-01', '2.16.840.1.113883.6.96', 'x'.repeat(40)]) {
      const told = payloadWith(path, text) as TopicData[FactTopicName];
      expect(withoutNumbers(topic, told)).toEqual(told);
    }
  });

  it('is never longer than before, whatever its characters become', () => {
    const title = `${'ﷺ'.repeat(10)} 19340612-9829`;
    const told = { title } as TopicData[typeof factTopics.carePlan];
    const masked = withoutNumbers(factTopics.carePlan, told).title ?? '';
    expect(masked.length).toBeLessThanOrEqual(title.length);
    expect(looksLikePersonalNumber(masked)).toBe(false);
  });
});

it('PAT-13: the fact is told all the same, with whose it is', () => {
  const person = { type: 'personnummer', value: '193406129829' } as const;
  const event = factEvent(factTopics.carePlan, {
    source: 'urn:hemgang:connector:test',
    id: ['1'],
    keyId: 'k',
    time: '2026-03-01T10:00:00.000Z',
    data: {
      person,
      plan: 'p1',
      occurredAt: '2026-03-01T10:00:00.000Z',
      sequence: 1,
      sender: 'TEST',
      messageId: 'm1',
      status: 'active',
      title: 'Vårdplan 19410203-9817',
      categories: [{ code: '194102039817' }],
    },
  });
  expect(event.data).toMatchObject({
    person,
    title: 'Vårdplan ••••••••-••••',
    categories: [{ code: '••••••••••••' }],
  });
  expect(validateEvent(factTopics.carePlan, event).faults).toBeUndefined();
});
