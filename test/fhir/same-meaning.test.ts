import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Response } from 'supertest';
import { differences } from '../../src/fhir/submitted/difference.js';
import { testBaseUrl } from '../support/facade.js';
import { centre, decision, expressions, nurse, task } from './same-meaning-setup.js';

/**
 * A typed client reads a resource into objects and writes it anew: the same meaning in another text. It must be able to acknowledge
 * (SVU-7), and to deregister (CON-8).
 */
type Json = Readonly<Record<string, unknown>>;
type Rewriting = (resource: Json) => Json;

const isElement = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The same with each element rewritten, from the innermost. */
const everywhere =
  (rewrite: (element: Json) => Json): Rewriting =>
  (resource) => {
    const walk = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(walk);
      if (!isElement(value)) return value;
      return rewrite(Object.fromEntries(Object.entries(value).map(([name, each]) => [name, walk(each)])));
    };
    return walk(resource) as Json;
  };

const moments = (rewrite: (moment: string) => string): Rewriting =>
  everywhere((element) =>
    Object.fromEntries(
      Object.entries(element).map(([name, value]) => [
        name,
        typeof value === 'string' && /T\d\d:\d\d:\d\d.*Z$/u.test(value) ? rewrite(value) : value,
      ]),
    ),
  );
const references = (rewrite: (reference: string, element: Json) => Json): Rewriting =>
  everywhere((element) =>
    typeof element['reference'] === 'string' ? rewrite(element['reference'], element) : element,
  );
const without = (element: Json, name: string): Json =>
  Object.fromEntries(Object.entries(element).filter(([each]) => each !== name));
const relative = (reference: string): string => reference.replace(`${testBaseUrl}/`, '');

const rewritings: Readonly<Record<string, Rewriting>> = {
  'moments with six decimals': moments((moment) =>
    moment.replace(/(\.\d{3})?Z$/u, (_, ms?: string) => `${ms ?? '.000'}000Z`),
  ),
  'moments in Swedish time': moments((moment) => {
    const [, time = '', fraction = ''] = /^(.*?)(\.\d+)?Z$/u.exec(moment) ?? [];
    return `${new Date(Date.parse(`${time}Z`) + 3_600_000).toISOString().slice(0, 19)}${fraction}+01:00`;
  }),
  'absolute references': references((reference, element) => ({
    ...element,
    reference: reference.startsWith('http') ? reference : `${testBaseUrl}/${reference}`,
  })),
  'references with a type': references((reference, element) => ({
    ...element,
    type: relative(reference).split('/')[0],
  })),
  'references with words': references((_, element) => ({ ...element, display: 'Så heter det' })),
  'references without words': references((_, element) => without(element, 'display')),
  'references without identifiers': references((_, element) => without(element, 'identifier')),
  'codes without words': everywhere((element) => ('code' in element ? without(element, 'display') : element)),
  'codes that no user chose': everywhere((element) =>
    'code' in element && 'system' in element ? { ...element, userSelected: false } : element,
  ),
  'concepts without words': everywhere((element) =>
    'coding' in element ? without(element, 'text') : element,
  ),
  'what is empty': (resource) => ({
    ...resource,
    note: [],
    extension: resource['extension'] ?? [],
    reasonReference: {},
  }),
  'keys in another order': everywhere((element) => Object.fromEntries(Object.entries(element).reverse())),
  'lists in another order': (resource) => {
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned).toReversed();
      if (!isElement(value)) return value;
      return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, turned(each)]));
    };
    return turned(resource) as Json;
  },
  'no meta': (resource) => without(resource, 'meta'),
  'a narrative': (resource) => ({
    ...resource,
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Att göra</div>' },
  }),
  'its language': (resource) => ({ ...resource, language: 'sv' }),
};
const etag = (answer: Response): string | undefined => answer.headers['etag'];

/** A note is no element of a Consent, nor a reference of a reason. */
const asConsent = (sent: Json): Json => without(without(sent, 'note'), 'reasonReference');

describe('what is sent back means the same, whatever its text', () => {
  it.each(Object.keys(rewritings))('%s: a Task is not changed by it, nor a decision', async (name) => {
    const rewrite = rewritings[name] as Rewriting;
    const read = await centre.get(`Task/${task.id}`);
    const answer = await centre.put(`Task/${task.id}`, rewrite(read.body as Json));
    expect([name, answer.status, expressions(answer), etag(answer)]).toEqual([name, 200, [], etag(read)]);
    const before = await nurse.get(`Consent/${decision.id}`);
    const same = await nurse.put(`Consent/${decision.id}`, asConsent(rewrite(before.body as Json)));
    expect([name, same.status, expressions(same), etag(same)]).toEqual([name, 200, [], etag(before)]);
  });

  it('SVU-7: whichever of them a client writes together, it acknowledges', async () => {
    const combined = (names: readonly string[], resource: Json): Json =>
      names.reduce((each, name) => (rewritings[name] as Rewriting)(each), resource);
    await fc.assert(
      fc.asyncProperty(fc.subarray(Object.keys(rewritings)), async (names) => {
        const read = await centre.get(`Task/${task.id}`);
        const answer = await centre.put(`Task/${task.id}`, combined(names, read.body as Json));
        expect([answer.status, expressions(answer)]).toEqual([200, []]);
      }),
      { numRuns: 60 },
    );
    const done = await centre.put(`Task/${task.id}`, {
      ...combined(Object.keys(rewritings), task as unknown as Json),
      status: 'completed',
    });
    expect([done.status, done.body.businessStatus?.coding[0].code]).toEqual([200, 'acknowledged']);
    const ended = await nurse.put(
      `Consent/${decision.id}`,
      asConsent(combined(Object.keys(rewritings), { ...decision, status: 'inactive' })),
    );
    expect([ended.status, ended.body.status]).toEqual([200, 'inactive']);
  });
});

it('R4, orderMeaning: a decision is shown with lists of more than one element, so that their order is tried', () => {
  const lists = (value: unknown): readonly (readonly unknown[])[] => {
    if (Array.isArray(value)) return [value, ...value.flatMap(lists)];
    return isElement(value) ? Object.values(value).flatMap(lists) : [];
  };
  expect(lists(decision).filter(({ length }) => length > 1).length).toBeGreaterThan(0);
});

describe('lists of equal length', () => {
  const url = (name: string) => ({ url: name, valueString: name });
  const same: readonly (readonly [string, readonly unknown[], readonly unknown[]])[] = [
    ['extensions of different urls', [url('a'), url('b')], [url('b'), url('a')]],
    [
      'extensions of one url',
      [
        { url: 'a', valueCode: '1' },
        { url: 'a', valueCode: '2' },
      ],
      [
        { url: 'a', valueCode: '2' },
        { url: 'a', valueCode: '1' },
      ],
    ],
    [
      'nested extensions',
      [{ url: 'a', extension: [url('b'), url('c')] }],
      [{ extension: [url('c'), url('b')], url: 'a' }],
    ],
    [
      'codings, one of them without its words',
      [
        { system: 's', code: '1', display: 'Ett' },
        { system: 's', code: '2' },
      ],
      [
        { system: 's', code: '2', display: 'Två' },
        { system: 's', code: '1' },
      ],
    ],
    [
      'identifiers',
      [
        { system: 's', value: '1' },
        { system: 't', value: '1' },
      ],
      [
        { system: 't', value: '1' },
        { system: 's', value: '1' },
      ],
    ],
    [
      'references, each with another of its ways of naming',
      [
        { reference: 'Organization/1', identifier: { system: 's', value: '1' } },
        { reference: 'Organization/2', identifier: { system: 's', value: '2' } },
      ],
      [{ identifier: { system: 's', value: '2' } }, { reference: `${testBaseUrl}/Organization/1` }],
    ],
    ['primitives', ['a', '2026-03-01T10:00:00Z'], ['2026-03-01T11:00:00.000+01:00', 'a']],
  ];
  it.each(same)('%s say the same in another order', (_what, stored, sent) => {
    expect(differences(stored, sent, 'X', testBaseUrl)).toEqual([]);
  });

  it.each([
    ['twice the one', ['a', 'b'], ['a', 'a'], ['X[1]']],
    [
      'another value under a url',
      [url('a'), { url: 'b', valueCode: '1' }],
      [{ url: 'b', valueCode: '2' }, url('a')],
      ['X[0].valueCode'],
    ],
    [
      'codes of which one is another',
      [{ code: '1' }, { code: '2' }],
      [{ code: '2' }, { code: '3' }],
      ['X[1].code'],
    ],
    [
      'values that changed places',
      [
        { url: 'a', valueCode: '1' },
        { url: 'b', valueCode: '2' },
      ],
      [
        { url: 'a', valueCode: '2' },
        { url: 'b', valueCode: '1' },
      ],
      ['X[0].valueCode', 'X[1].valueCode'],
    ],
  ] as const)('%s differ, where the client has them', (_what, stored, sent, where) => {
    expect(differences(stored, sent, 'X', testBaseUrl)).toEqual(where);
  });
});
