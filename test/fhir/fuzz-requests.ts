import * as fc from 'fast-check';
import { operationDefinitions } from '../support/operations.js';
import { carePlan, consent, informed, parameters, staff, type Who } from '../support/svu.js';

/** A number that requests carry where it has no place. */
export const number = '193406129829';

export type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH' | 'HEAD';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer;
};
const strange: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    -1,
    true,
    [],
    {},
    [null],
    [[]],
    '\u0000',
    '\ud800',
    '2026-13-45',
    'x'.repeat(20_000),
  ),
  fc.constantFrom<unknown>(
    JSON.parse('{"__proto__":{"a":1}}'),
    { constructor: { prototype: {} } },
    { toString: 1 },
    number,
  ),
  fc
    .integer({ min: 1, max: 300 })
    .map((depth) => JSON.parse('{"extension":['.repeat(depth) + ']}'.repeat(depth)) as unknown),
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Somewhere in the body something is gone, doubled, made an array, or something strange. */
const mutation = fc.record({
  steps: fc.array(fc.nat(12), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom('remove', 'replace', 'array', 'add'),
  key: fc.oneof(
    fc.constantFrom('__proto__', 'constructor', 'id', 'meta', 'extension', 'resourceType', 'contained'),
    fc.string({ maxLength: 8 }),
  ),
  value: strange,
});
type Mutation = typeof mutation extends fc.Arbitrary<infer Of> ? Of : never;

function mutate(node: unknown, { steps, how, key, value }: Mutation): unknown {
  const [step = 0, ...rest] = steps;
  if (node === null || typeof node !== 'object') return how === 'array' ? [node] : value;
  const copy = structuredClone(node) as Record<string, unknown>;
  const keys = Object.keys(copy);
  const at = keys[step % Math.max(1, keys.length)];
  if (at !== undefined && rest.length > 0 && copy[at] !== null && typeof copy[at] === 'object')
    copy[at] = mutate(copy[at], { steps: rest, how, key, value });
  else if (at !== undefined && how === 'remove') delete copy[at];
  else if (at !== undefined && how === 'array') copy[at] = [copy[at], copy[at]];
  else if (at !== undefined && how === 'replace') copy[at] = value;
  else Object.defineProperty(copy, key, { value, enumerable: true, configurable: true });
  return copy;
}

const types = [
  'CarePlan',
  'CareTeam',
  'Communication',
  'Consent',
  'Encounter',
  'Organization',
  'Patient',
  'Task',
  'Practitioner',
  'AuditEvent',
  'Nonsense',
];
const names = [
  '_id',
  '_count',
  '_sort',
  '_include',
  '_revinclude',
  '_lastUpdated',
  'status',
  'subject',
  'patient',
  'patient.name',
  'identifier',
  'category',
  'code',
  'owner:identifier',
  'deadline',
  'name',
  'page',
  '_summary',
  '_total',
  '_format',
  '__proto__',
  'subject:Patient.identifier',
  'status:not',
  'date:missing',
];
const values = fc.oneof(
  fc.constantFrom(
    '',
    '0',
    '-1',
    '1e9',
    '99999',
    '*',
    'CarePlan:subject',
    'ge2026-01-01',
    'sa2026',
    'ap2026-02-30',
    'eq',
    '|',
    ',',
    '\\',
    'urn:x|y',
    'true',
    'deadline,-_lastUpdated',
    'Patient/1',
    'a.b.c',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const query = fc
  .array(fc.tuple(fc.constantFrom(...names), values), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, each]) => `${encodeURIComponent(name)}=${safely(each)}`).join('&'));
/** Half a surrogate has no place in an address. */
const safely = (text: string): string => encodeURIComponent(text.toWellFormed());

const header = fc.record(
  {
    'if-match': fc.constantFrom('W/"1"', '"1"', '*', 'W/"99999999999999999999"', 'x', 'W/"1", W/"2"'),
    'idempotency-key': fc.oneof(fc.constantFrom('same', '', 'x'.repeat(500), number), fc.uuid()),
    'x-request-id': fc.constantFrom('a', 'å', 'x'.repeat(3000), number, '../..'),
    prefer: fc.constantFrom('return=minimal', 'return=representation', 'return=x', 'handling=strict', ';;'),
    accept: fc.constantFrom(
      ...Array.from({ length: 20 }, () => 'application/fhir+json'),
      '*/*',
      'application/xml',
      'x',
      'application/fhir+json;fhirVersion=3.0',
    ),
    'if-none-match': fc.constantFrom('W/"1"', '*', 'x'),
  },
  { requiredKeys: [] },
);
const contentType = fc.constantFrom(
  ...Array.from({ length: 12 }, () => 'application/fhir+json'),
  'application/json',
  'text/plain',
  'application/x-www-form-urlencoded',
  'x',
  'application/fhir+json; charset=latin1',
);
/**
 * Any request, made from one that somebody would send.
 * @param ids of cases, and of none
 * @param tokens `Authorization` of everybody
 */
export function anyRequest(ids: readonly string[], tokens: ReadonlyMap<Who, string>): fc.Arbitrary<Asked> {
  const id = fc.nat(2).map((place) => ids[place] ?? '');
  const operations = Object.keys(operationDefinitions);
  const value: fc.Arbitrary<object> = fc.constantFrom(1, 2, 3).chain((kind): fc.Arbitrary<object> =>
    kind === 1
      ? fc.record({
          name: fc.constantFrom('date', 'reason', 'unit', 'confirmed', 'doctor', 'contact'),
          valueString: fc.string(),
        })
      : kind === 2
        ? fc.record({
            name: fc.constantFrom('informed', 'oral', 'written', 'confirmed'),
            valueBoolean: fc.boolean(),
          })
        : fc.record({
            name: fc.constantFrom('date', 'expectedDischarge'),
            valueDate: fc.constantFrom('2026-12-24', '1800-01-01', 'x'),
          }),
  );
  const written: fc.Arbitrary<{
    readonly method: 'POST' | 'PUT';
    readonly path: string;
    readonly content: unknown;
  }> = fc.oneof(
    fc.constant({ method: 'POST' as const, path: 'CarePlan', content: carePlan(number) }),
    id.map((of) => ({ method: 'POST' as const, path: 'Consent', content: consent(of) })),
    fc
      .tuple(id, fc.constantFrom(...operations), fc.array(value, { maxLength: 4 }))
      .map(([of, operation, given]) => ({
        method: 'POST' as const,
        path: `CarePlan/${of}/$${operation}`,
        content:
          operation === 'record-patient-information' ? informed : { ...parameters(), parameter: given },
      })),
    fc
      .tuple(
        fc.constantFrom(
          'Patient',
          'Encounter',
          'ToString',
          '__proto__',
          'Bundle',
          'Task/x',
          'Consent/x',
          '..',
          '',
        ),
        id,
      )
      .map(([type, of]) => ({
        method: 'PUT' as const,
        path: `${type}/${of}`,
        content: { resourceType: type, id: of },
      })),
  );
  const token = fc.oneof(
    {
      weight: 12,
      arbitrary: fc
        .constantFrom(...(Object.keys(staff) as Who[]), 'nurse' as const, 'nurse' as const)
        .map((who) => ({ who, spoil: -1 })),
    },
    { weight: 1, arbitrary: fc.record({ who: fc.constant('nurse' as const), spoil: fc.nat(200) }) },
  );
  const garbage = fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
  );

  const write = fc
    .tuple(written, fc.array(mutation, { maxLength: 2 }), contentType, garbage)
    .map(([what, mutations, type, bytes]) => ({
      method: what.method as Asked['method'],
      path: what.path,
      headers: { 'content-type': type },
      body: Buffer.from(bytes ?? JSON.stringify(mutations.reduce(mutate, what.content) ?? null)),
    }));
  const read = fc.oneof(
    fc
      .tuple(fc.constantFrom(...types), query)
      .map(([type, search]) => ({ method: 'GET' as const, path: `${type}?${search}`, headers: {} })),
    fc.tuple(fc.constantFrom(...types), query).map(([type, search]) => ({
      method: 'POST' as const,
      path: `${type}/_search`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(search),
    })),
    fc
      .tuple(
        fc.constantFrom('GET' as const, 'HEAD' as const, 'DELETE' as const, 'PATCH' as const),
        fc.constantFrom(...types),
        id,
        fc.constantFrom(
          '',
          '/_history',
          '/_history/1',
          '/_history/-1',
          '/_history/99999999999999999999',
          '/$ready',
          '/$background',
          '/$overview',
          '/$payment-basis',
          '/x',
        ),
      )
      .map(([method, type, of, rest]) => ({ method, path: `${type}/${of}${rest}`, headers: {} })),
  );
  return fc
    .tuple(fc.oneof<fc.Arbitrary<Asked>[]>(write, read), header, token)
    .map(([what, more, { who, spoil }]) => {
      const right = tokens.get(who) ?? '';
      const at = 7 + (spoil % Math.max(1, right.length - 7));
      const authorization =
        spoil < 0 ? right : `${right.slice(0, at)}${right[at] === 'A' ? 'B' : 'A'}${right.slice(at + 1)}`;
      // Headers are Latin-1 on the wire.
      return { ...what, headers: { ...more, ...what.headers, authorization } };
    });
}
