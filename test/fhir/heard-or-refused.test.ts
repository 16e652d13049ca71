import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { assert, json, property, string } from 'fast-check';
import { hasDuplicateKeys } from '../../src/fhir/http/duplicate-keys.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, opened, staff } from '../support/svu.js';

/** What a client says in address, headers and body is obeyed or refused by name; nothing is ignored. */

let hub: TestHub;
let token: string;
let open: string;
beforeAll(async () => {
  hub = await startHub();
  token = await hub.user(staff.nurse.user, staff.nurse.unit);
  open = await opened(hub, '194102039817');
  await hub.app.listen(0, '127.0.0.1');
});
afterAll(() => hub.stop());

type Headers = Readonly<Record<string, string>>;
const get = (path: string, headers: Headers = {}) =>
  hub.http().get(`/fhir/${path}`).set('authorization', token).set(headers);
const form = (path: string, body: string, headers: Headers = {}) =>
  hub
    .http()
    .post(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/x-www-form-urlencoded', ...headers })
    .send(body);
const put = (path: string, body: object, headers: Headers = {}) =>
  hub
    .http()
    .put(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/fhir+json', ...headers })
    .send(JSON.stringify(body));
const post = (path: string, body: object | string, headers: Headers = {}) =>
  hub
    .http()
    .post(`/fhir/${path}`)
    .set({ authorization: token, 'content-type': 'application/fhir+json', ...headers })
    .send(typeof body === 'string' ? body : JSON.stringify(body));

const encoded = encodeURIComponent;

describe('a parameter that nobody reads', () => {
  const paths = () => [
    `CarePlan/${open}`,
    `CarePlan/${open}/_history`,
    `CarePlan/${open}/_history/1`,
    `CarePlan/${open}/$background`,
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

describe('conditions', () => {
  const read = async () => (await get(`CarePlan/${open}`)).headers as Record<string, string>;
  afterEach(() => {
    hub.time.now = undefined;
  });
  it.each([
    ['if-none-match', '*', 304],
    ['if-none-match', 'W/"999"', 200],
    ['if-none-match', 'W/"999", {etag}', 304],
    ['if-none-match', '"a,b", {etag}', 304],
    ['if-none-match', '999', 400],
    ['if-none-match', '', 400],
    ['if-match', '*', 200],
    ['if-match', '{etag}', 200],
    ['if-match', 'W/"999", {etag}', 200],
    ['if-match', 'W/"999"', 412],
    ['if-match', '"another"', 412],
    ['if-match', '1', 400],
    ['if-unmodified-since', 'Mon, 02 Mar 2020 10:00:00 GMT', 412],
    ['if-unmodified-since', '{modified}', 200],
    ['if-modified-since', '{modified}', 304],
    ['if-modified-since', 'Mon, 02 Mar 2020 10:00:00 GMT', 200],
    // RFC 9110, 13.1.3: what is no date of HTTP must be ignored.
    ['if-modified-since', '2100-01-01', 200],
  ])('%s: %s on a read is %i', async (name, text, status) => {
    hub.time.now = new Date(Date.now() + 120_000);
    const { etag = '', 'last-modified': modified = '' } = await read();
    const value = text.replace('{etag}', etag).replace('{modified}', modified);
    for (const path of [`CarePlan/${open}`, `CarePlan/${open}/_history/${/\d+/.exec(etag)?.[0]}`])
      expect([path, (await get(path, { [name]: value })).status]).toEqual([path, status]);
  });

  it.each([
    ['if-match', '*', 200],
    ['if-match', 'W/"999", {etag}', 200],
    ['if-match', 'W/"998", W/"999"', 412],
    ['if-match', 'x', 400],
    ['if-none-match', '*', 412],
    ['if-none-match', '{etag}', 412],
    ['if-none-match', 'W/"999"', 200],
    ['if-unmodified-since', 'Mon, 02 Mar 2020 10:00:00 GMT', 412],
  ])('%s: %s on a write is %i', async (name, text, status) => {
    const [todo] = await (await as(hub, 'nurse')).todos(open);
    if (todo === undefined) throw new Error('the draft has no to-do');
    const value = text.replace('{etag}', `W/"${todo.meta?.versionId}"`);
    expect((await put(`Task/${todo.id}`, todo, { [name]: value })).status).toBe(status);
  });

  it('of a time do not take for seen what a colleague changed in the second that was read', async () => {
    const second = Math.floor(Date.now() / 1000) * 1000;
    const path = `Task/${(await (await as(hub, 'nurse')).todos(open))[0]?.id}`;
    const change = async (text: string, headers: Headers = {}) =>
      put(path, { ...(await get(path)).body, note: [{ text }] }, headers);

    hub.time.now = new Date(second + 60_100);
    expect((await change('läst')).status).toBe(200);
    const seen = (await get(path)).headers['last-modified'] ?? '';
    hub.time.now = new Date(second + 60_300);
    expect((await change('kollegans')).status).toBe(200);
    for (const later of [60_400, 61_000, 240_000]) {
      hub.time.now = new Date(second + later);
      expect((await change('över kollegans', { 'if-unmodified-since': seen })).status).toBe(412);
      expect((await get(path, { 'if-unmodified-since': seen })).status).toBe(412);
      expect((await get(path, { 'if-modified-since': seen })).status).toBe(200);
    }
    const settled = (await get(path)).headers['last-modified'] ?? '';
    expect((await get(path, { 'if-modified-since': settled })).status).toBe(304);
    expect((await change('sedd', { 'if-unmodified-since': settled })).status).toBe(200);
  });

  it.each(['if-match', 'if-none-match', 'if-unmodified-since', 'if-none-exist', 'x-provenance'])(
    '%s on a create is refused by name',
    async (name) => {
      for (const answer of [
        await post('CarePlan', carePlan('194711199846'), { [name]: 'W/"1"' }),
        await post('Consent', consent(open), { [name]: 'W/"1"' }),
      ])
        expect([answer.status, codesOf(answer)]).toEqual([400, ['header-not-taken']]);
    },
  );
});

describe('conditions where there is no version', () => {
  const versionless = () =>
    [
      ['CarePlan', 'GET'],
      ['CarePlan/_search', 'POST'],
      ['AuditEvent', 'GET'],
      [`AuditEvent/${randomUUID()}`, 'GET'],
      ['CodeSystem', 'GET'],
      ['CodeSystem/_search', 'POST'],
      ['CodeSystem/refusal', 'GET'],
      ['metadata', 'GET'],
      [`CarePlan/${open}/_history`, 'GET'],
      [`CarePlan/${open}/$background`, 'GET'],
      [`CarePlan/${open}/%24background`, 'POST'],
    ] as const;
  const ask = ([path, method]: readonly [string, string], headers: Headers) =>
    method === 'GET'
      ? get(path, headers)
      : path.endsWith('_search')
        ? form(path, '', headers)
        : post(path, '', headers);

  it.each([
    ['if-match', 'W/"1"'],
    ['if-match', '*'],
    ['if-none-match', 'W/"1"'],
    ['if-none-match', '*'],
    ['if-unmodified-since', 'Mon, 02 Mar 2020 10:00:00 GMT'],
  ])('%s: %s is refused by name', async (name, value) => {
    for (const one of versionless()) {
      const answer = await ask(one, { [name]: value });
      expect([one, answer.status, codesOf(answer)]).toEqual([one, 400, ['header-not-taken']]);
    }
  });

  // RFC 9110, 13.1.3: it must be ignored where no date of modification is available.
  it('if-modified-since is none, and the answer is the whole', async () => {
    for (const one of versionless())
      expect([
        one,
        (await ask(one, { 'if-modified-since': 'Mon, 02 Mar 2099 10:00:00 GMT' })).status,
      ]).toEqual([one, (await ask(one, {})).status]);
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

describe('Prefer', () => {
  it.each(['handling=lenient', 'respond-async', 'return=nothing', 'handling=strict, handling=lenient'])(
    '%s is refused',
    async (prefer) => {
      const answer = await get('CarePlan?nope=1', { prefer });
      expect([answer.status, answer.text]).toEqual([400, expect.stringContaining('Prefer')]);
    },
  );

  it('handling=strict is obeyed, and said', async () => {
    const answer = await get('CarePlan', { prefer: 'handling=strict' });
    expect([answer.status, answer.headers['preference-applied']]).toEqual([200, 'handling=strict']);
    expect((await get('CarePlan?nope=1', { prefer: 'handling=strict' })).status).toBe(400);
    expect((await get('CarePlan', { prefer: 'return=minimal' })).status).toBe(400);
    // RFC 7240, 2: a preference that nobody knows is ignored.
    expect((await get('CarePlan', { prefer: 'colour=blue' })).status).toBe(200);
  });

  it('return is of a write, and a POST that reads is none', async () => {
    const reads = async (prefer: string) => [
      await form('CarePlan/_search', '', { prefer }),
      await form('CodeSystem/_search', '', { prefer }),
      await post(`CarePlan/${open}/$background`, '', { prefer }),
      await post(`CarePlan/${open}/%24background`, '', { prefer }),
    ];
    for (const prefer of ['return=minimal', 'return=OperationOutcome'])
      for (const answer of await reads(prefer))
        expect([answer.status, codesOf(answer)]).toEqual([400, ['bad-header']]);
    // The draft has no decision yet, so its background is nothing to see.
    const whole = await reads('return=representation');
    expect(whole.map(({ status }) => status)).toEqual([200, 200, 404, 404]);
  });

  it('return is obeyed on a write', async () => {
    const [todo] = await (await as(hub, 'nurse')).todos(open);
    const write = (prefer: string) => put(`Task/${todo?.id}`, todo ?? {}, { prefer });
    const minimal = await write('return=minimal');
    expect([minimal.status, minimal.text, minimal.headers['preference-applied']]).toEqual([
      200,
      '',
      'return=minimal',
    ]);
    expect(minimal.headers['etag']).toBe(`W/"${todo?.meta?.versionId}"`);
    expect((await write('return=representation')).body.resourceType).toBe('Task');
    expect((await write('return=OperationOutcome')).body.resourceType).toBe('OperationOutcome');
  });
});

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

it('a header of which one counts is taken once', async () => {
  const authorization = `Authorization: ${token}\r\n`;
  const since = 'If-Modified-Since: Mon, 02 Mar 2026 10:00:00 GMT\r\n';
  for (const twice of [authorization + authorization, authorization + since + since])
    expect(await raw(`GET /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${twice}\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
});

/** Sends bytes as they are, and gives all that is answered. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect((hub.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
    socket.write(text);
  });
}
