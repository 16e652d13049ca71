import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { randomUUID } from 'node:crypto';
import { searchParameter, searchParameters } from '../../src/projection/search-parameters.js';
import { supported } from '../../src/fhir/supported.js';
import { startFacade } from '../support/facade.js';
import type { TestFacade } from '../support/facade.js';
import { r4Faults } from '../support/r4-resources.js';
import { personAt, sample, sampleOrganisation } from '../support/organisation.js';

let facade: TestFacade;
let reviewer: string;
let resources: Map<string, CapabilityStatementRestResource>;

beforeAll(async () => {
  facade = await startFacade(sampleOrganisation({ people: [personAt(sample.ward, ['Loggranskare'])] }));
  reviewer = await facade.user(sample.nurse, sample.ward);
  const statement = (await facade.http().get('/fhir/metadata')).body as CapabilityStatement;
  resources = new Map((statement.rest?.[0]?.resource ?? []).map((resource) => [resource.type, resource]));
});
afterAll(() => facade.stop());

const get = (path: string) => facade.http().get(`/fhir/${path}`).set('Authorization', reviewer);

/** What the searches that list nobody must say. */
const needed = (type: string): string =>
  type === 'AuditEvent'
    ? `patient=${randomUUID()}`
    : type.startsWith('Practitioner')
      ? `identifier=${sample.nurse}`
      : '';

describe('the statement of capabilities says exactly what is there', () => {
  it('has every type that the facade serves', () => {
    expect([...resources.keys()].toSorted()).toEqual(Object.keys(supported).toSorted());
    expect(Object.keys(supported)).toEqual(expect.arrayContaining(Object.keys(searchParameters)));
  });

  it.each(Object.keys(supported))(
    '%s: its reading interactions answer, and those it does not name do not',
    async (type) => {
      const says = (code: string) =>
        resources.get(type)?.interaction?.some((one) => one.code === code) ?? false;
      const read = await get(`${type}/${randomUUID()}`);
      expect([says('read'), read.status]).toEqual([true, 404]);
      const vread = await get(`${type}/${randomUUID()}/_history/1`);
      expect(vread.status).toBe(says('vread') ? 404 : 405);
      const history = await get(`${type}/${randomUUID()}/_history`);
      expect(history.status).toBe(says('history-instance') ? 404 : 405);
      const search = await get(`${type}?${needed(type)}`);
      expect([says('search-type'), search.status]).toEqual([true, 200]);
    },
  );

  it.each(Object.keys(supported))('%s: every search parameter it names is taken', async (type) => {
    const values: Readonly<Record<string, string>> = {
      reference: randomUUID(),
      date: '2026-03-02',
      token: 'x',
      active: 'true',
      string: 'xyz',
      'AuditEvent.agent': `urn:oid:1.2.752.29.4.19|${sample.nurse}`,
      'Patient.identifier': '190503279812',
      // Codes of the kinds of case that the hub has.
      'Task.code': 'acknowledge-ready',
      'Communication.category': 'ready',
    };
    for (const { name, type: kind } of resources.get(type)?.searchParam ?? []) {
      const parameter = searchParameter(type, name);
      const first = codeOf(parameter);
      const value = first ?? values[`${type}.${name}`] ?? values[name] ?? values[kind] ?? '';
      const key = type === 'AuditEvent' && name === 'agent' ? 'agent:identifier' : name;
      const more = (type === 'AuditEvent') === (name === 'date') ? `&${needed(type)}` : '';
      const answer = await facade
        .http()
        .post(`/fhir/${type}/_search`)
        .set('Authorization', reviewer)
        .type('form')
        .send(`${key}=${encodeURIComponent(value)}${more}`);
      expect([name, answer.status]).toEqual([name, 200]);
    }
  });

  it.each(Object.keys(supported))('%s: takes no search parameter that it does not name', async (type) => {
    const named = (one: string) => new Set(resources.get(one)?.searchParam?.map(({ name }) => name));
    const everywhere = new Set([...resources.keys()].flatMap((one) => [...named(one)]));
    for (const name of everywhere) {
      if (named(type).has(name)) continue;
      const answer = await get(`${type}?${name}=2026`);
      expect([name, answer.status]).toEqual([name, 400]);
    }
  });

  it.each(Object.keys(supported))('%s: refuses the writing that it does not name', async (type) => {
    const says = (code: string) => resources.get(type)?.interaction?.some((one) => one.code === code);
    const address = `/fhir/${type}/${randomUUID()}`;
    const refused = [
      ...(says('create') ? [] : [facade.http().post(`/fhir/${type}`)]),
      ...(says('update') ? [] : [facade.http().put(address)]),
      facade.http().patch(address),
      facade.http().delete(address),
    ];
    for (const request of refused) {
      const answer = await request.set('Authorization', reviewer).send();
      expect([answer.status, answer.headers['allow']?.split(', ')]).toEqual([405, expect.any(Array)]);
    }
  });

  it('is valid R4, without empty lists', async () => {
    const { body, text } = await facade.http().get('/fhir/metadata');
    expect(r4Faults(body)).toEqual([]);
    expect(text).not.toMatch(/\[\]|\{\}|""/);
  });

  it('does not say that If-Match is demanded, which it is not', () => {
    expect([...resources.values()].map(({ versioning }) => versioning)).not.toContain('versioned-update');
  });

  it('offers the includes that search takes', async () => {
    for (const [type, { searchInclude }] of resources)
      for (const include of searchInclude ?? [])
        expect([include, (await get(`${type}?_include=${include}&${needed(type)}`)).status]).toEqual([
          include,
          200,
        ]);
  });
});

/** A code that an element with known codes may have; undefined of one that takes any. */
function codeOf(parameter: ReturnType<typeof searchParameter>): string | undefined {
  if (parameter === undefined) return undefined;
  if ('codes' in parameter) return Object.keys(parameter.codes)[0];
  return 'codings' in parameter
    ? parameter.codings?.flatMap(({ concepts = {} }) => Object.keys(concepts))[0]
    : undefined;
}
