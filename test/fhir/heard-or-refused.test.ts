import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { assert, json, property, string } from 'fast-check';
import { hasDuplicateKeys } from '../../src/fhir/http/duplicate-keys.js';
import { carePlan, codesOf, consent } from '../support/svu.js';
import { form, get, open, post, put, raw, token } from './heard-or-refused-setup.js';
import type { Headers } from './heard-or-refused-setup.js';

const encoded = encodeURIComponent;

describe('a parameter that nobody reads', () => {
  const paths = () => [
    `CarePlan/${open}`,
    `CarePlan/${open}/_history`,
    `CarePlan/${open}/_history/1`,
    `CarePlan/${open}/$background`,
    `CarePlan/${open}/$overview`,
    `CarePlan/${open}/$payment-basis`,
    'CarePlan',
    'metadata',
    `AuditEvent/${randomUUID()}`,
    'AuditEvent',
  ];
  it.each(['_summary', '_elements', '_since', 'nope', '_revinclude', '_has:Task:focus:status', 'status:not'])(
    '%s is refused at every address',
    async (name) => {
      for (const path of paths()) {
        const answer = await get(`${path}?${name}=true`);
        expect([path, answer.status]).toEqual([path, 400]);
      }
    },
  );

  it('is refused by the name of the type that it was asked of', async () => {
    const { text } = await get(`CarePlan/${open}?nope=1`);
    expect(text).toContain('not supported for CarePlan/:id');
  });

  it('is refused beside a write', async () => {
    for (const answer of [
      await post(`CarePlan?nope=1`, carePlan('194711199846')),
      await post(`Consent?_summary=true`, consent(open)),
      await post(`CarePlan/${open}/$record-needs-assessment?assessedAt=2026-01-01`, {}),
      await put(`Task/${randomUUID()}?_id=1`, { resourceType: 'Task' }),
    ])
      expect([answer.status, codesOf(answer)]).toEqual([400, ['unknown-parameter']]);
  });
});

describe('how an answer is written', () => {
  it('_pretty indents it, wherever it is', async () => {
    for (const path of [`CarePlan/${open}`, 'CarePlan', `CarePlan/${open}/_history`, 'metadata']) {
      const plain = await get(path);
      const pretty = await get(`${path}?_pretty=true`);
      expect([path, pretty.status]).toEqual([path, 200]);
      expect(pretty.text).toContain('\n  "resourceType"');
      expect(plain.text).not.toContain('\n');
      expect((await get(`${path}?_pretty=false`)).text).not.toContain('\n');
    }
    expect((await form('CarePlan/_search', '_pretty=true')).text).toContain('\n  ');
    for (const value of ['yes', 'true&_pretty=false'])
      expect(codesOf(await get(`CarePlan?_pretty=${value}`))).toEqual(['bad-parameter']);
  });

  it.each([
    ['_format=xml', {}, 406],
    ['_format=json&_format=xml', {}, 406],
    ['_format=application/fhir%2Bjson;fhirVersion=5.0', {}, 406],
    ['_format=application/fhir%2Bjson;fhirVersion=4.0', {}, 200],
    ['_format=application/fhir%2Bjson;charset=iso-8859-1', {}, 406],
    ['', { accept: 'application/fhir+json;fhirVersion=5.0' }, 406],
    ['', { accept: 'application/fhir+json; charset=iso-8859-1' }, 406],
    ['', { accept: 'application/fhir+json;q=0' }, 406],
    ['', { accept: '*/*;q=0' }, 406],
    ['', { accept: 'application/fhir+json;q=x' }, 406],
    ['', { accept: 'application/fhir+xml, application/fhir+json;q=0.1' }, 200],
    ['', { accept: 'application/fhir+json; charset=UTF-8; q=0.5' }, 200],
  ])('%s %j is %i', async (query, headers, status) => {
    expect((await get(`CarePlan?${query}`, headers as Headers)).status).toBe(status);
  });

  it.each([
    ['application/json;q=0.9, application/fhir+json;q=0.1', 'application/json'],
    ['application/fhir+json;q=0, */*', 'application/json'],
    ['application/json, application/fhir+json', 'application/fhir+json'],
    ['application/json;q=0.5, */*;q=0.1', 'application/json'],
    ['application/*;q=0.5, application/json;q=0.2', 'application/fhir+json'],
  ])('Accept: %s gives %s', async (accept, type) => {
    expect((await get('CarePlan', { accept })).headers['content-type']).toBe(`${type}; charset=utf-8`);
  });

  it('is read from a form too', async () => {
    expect((await form('CarePlan/_search', '_format=xml')).status).toBe(406);
    const answer = await form('CarePlan/_search', '_format=application/json');
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
  });
});

describe('the self link', () => {
  const self = (answer: { body: { link: { relation: string; url: string }[] } }) =>
    decodeURIComponent(answer.body.link.find(({ relation }) => relation === 'self')?.url ?? '');

  it.each([
    ['CarePlan?status=draft&_count=7', 'CarePlan?status=draft&_count=7'],
    ['CarePlan?_count=100000', 'CarePlan?_count=100'],
    ['CarePlan?_count=1000000', 'CarePlan?_count=100'],
    [`CarePlan?_count=${'9'.repeat(400)}`, 'CarePlan?_count=100'],
    ['CarePlan?status=draft&date=', 'CarePlan?status=draft'],
    ['CarePlan?_summary=count', 'CarePlan?_summary=count'],
  ])('of %s has what was obeyed', async (path, expected) => {
    expect(self(await get(path)).split('/fhir/')[1]).toBe(expected);
  });

  it('of a search by POST has what was asked in address and body, but no number', async () => {
    expect(self(await form('CarePlan/_search?_count=5', 'status=draft'))).toMatch(
      /\/CarePlan\?_count=5&status=draft$/,
    );
    const number = 'http://electronichealth.se/identifier/personnummer|194102039817';
    const asked = await form('CarePlan/_search', `patient:identifier=${encoded(number)}&status=draft`);
    expect(self(asked)).toMatch(/\/CarePlan\/_search\?status=draft$/);
    expect(self(await form('Patient/_search', `identifier=${encoded(number)}`))).toMatch(
      /\/Patient\/_search$/,
    );
  });

  it('of a history and of its further pages says which', async () => {
    const first = await get(`CarePlan/${open}/_history?_count=1`);
    expect(self(first)).toMatch(/_history\?_count=1$/);
  });
});

it.each(['x-http-method-override', 'x-http-method', 'x-method-override'])(
  '%s is refused by name: another method than the one that stands there is not taken',
  async (name) => {
    for (const answer of [
      await post('CarePlan', carePlan('194711199846'), { [name]: 'PUT' }),
      await get('CarePlan', { [name]: 'PUT' }),
    ])
      expect([answer.status, codesOf(answer)]).toEqual([400, ['header-not-taken']]);
  },
);

describe('the address', () => {
  it.each(['CarePlan/', 'metadata/', 'CarePlan/{id}/', 'CarePlan/{id}/_history/', 'CarePlan/?_count=1'])(
    '%s is the same without its last slash',
    async (path) => {
      expect((await get(path.replace('{id}', open))).status).toBe(200);
    },
  );

  it('may have its $ escaped', async () => {
    const plain = await get(`CarePlan/${open}/$background`);
    const escaped = await get(`CarePlan/${open}/%24background`);
    expect([escaped.status, escaped.body.issue]).toEqual([plain.status, plain.body.issue]);
    const body = { resourceType: 'Parameters', parameter: [] };
    expect((await post(`CarePlan/${open}/%24record-patient-information`, body)).status).toBe(422);
  });

  it.each(['CarePlan?status=%ff', 'CarePlan?status=%e5', 'Organization?name=V%E5rd', 'CarePlan?status=%zz'])(
    '%s, whose bytes are no UTF-8, is refused',
    async (path) => {
      expect(codesOf(await get(path))).toEqual(['bad-url']);
    },
  );

  it('as a form in another character set is refused', async () => {
    const latin = 'application/x-www-form-urlencoded; charset=ISO-8859-1';
    const wrong = await form('Organization/_search', 'name=V%E5rd', { 'content-type': latin });
    expect([wrong.status, codesOf(wrong)]).toEqual([400, ['bad-form']]);
    expect((await form('Organization/_search', 'name=V%E5rd')).status).toBe(400);
    const other = await form('Organization/_search', 'name=V%C3%A5rd', { 'content-type': latin });
    expect(other.status).toBe(415);
  });

  it('has as many values as it may, and says how many', async () => {
    const ids = (count: number) => Array.from({ length: count }, () => randomUUID()).join(',');
    expect((await form('CarePlan/_search', `_id=${ids(200)}`)).status).toBe(200);
    const more = await form('CarePlan/_search', `_id=${ids(201)}`);
    expect([codesOf(more), more.text]).toEqual([['too-many-values'], expect.stringContaining('200')]);
  });

  it('that is too long is answered as everything else', async () => {
    const answer = await raw(`GET /fhir/CarePlan?status=${'a'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1\.1 431 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ resourceType: 'OperationOutcome' });
  });
});

describe('a body', () => {
  it('that is packed is refused, with what would be taken', async () => {
    for (const coding of ['gzip', 'br', 'deflate', 'gzip, identity']) {
      const answer = await post('CarePlan', carePlan('194711199846'), { 'content-encoding': coding });
      expect([answer.status, answer.headers['accept-encoding']]).toEqual([415, 'identity']);
    }
    const plain = await post('CarePlan', {}, { 'content-encoding': 'identity' });
    expect(plain.status).toBe(400);
  });

  it('of a read is refused', async () => {
    const answer = await raw(
      `GET /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nAuthorization: ${token}\r\nConnection: close\r\n` +
        'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 12\r\n\r\nstatus=draft',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  });

  it.each([
    ['two subjects', (text: string) => text.replace('"subject":', '"subject":{"display":"x"},"subject":')],
    [
      'one of them escaped',
      (text: string) => text.replace('"subject":', String.raw`"sub\u006aect":{"display":"x"},"subject":`),
    ],
    ['two statuses', (text: string) => text.replace('{', '{"status":"draft",')],
    ['two deep inside', (text: string) => text.replace('"value":', '"value":"1","value":')],
  ])('with %s opens no case', async (_what, twice) => {
    const answer = await post('CarePlan', twice(JSON.stringify(carePlan('194711199846'))));
    expect([answer.status, codesOf(answer)]).toEqual([400, ['duplicate-key']]);
  });

  // What JavaScript knows by name is no element of FHIR: not dropped, as a modifier in it would be.
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    'with an element named %s is refused, at any depth',
    async (name) => {
      const text = JSON.stringify(carePlan('194711199846'));
      const element = `{"${name}":{"modifierExtension":[{"url":"http://x","valueBoolean":true}]},`;
      for (const at of text.matchAll(/\{/g)) {
        const answer = await post(
          'CarePlan',
          `${text.slice(0, at.index)}${element}${text.slice(at.index + 1)}`,
        );
        expect([answer.status, codesOf(answer)]).toEqual([400, ['unknown-element']]);
      }
    },
  );

  it('has no key twice, whatever else it holds', () => {
    assert(
      property(json(), (text) => {
        // Node keeps one of two: parsed and written again, none is double.
        expect(hasDuplicateKeys(JSON.stringify(JSON.parse(text)))).toBe(false);
      }),
    );
    assert(
      property(string(), json(), json(), (key, one, two) => {
        const name = JSON.stringify(key);
        expect(hasDuplicateKeys(`[{${name}:${one} , ${name} :${two}}]`)).toBe(true);
      }),
    );
  });
});
