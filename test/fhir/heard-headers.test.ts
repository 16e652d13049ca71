import { afterEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { as, carePlan, codesOf, consent } from '../support/svu.js';
import { form, get, hub, open, post, put, raw, token } from './heard-or-refused-setup.js';
import type { Headers } from './heard-or-refused-setup.js';

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
      ['Questionnaire', 'GET'],
      ['Questionnaire/assessment-1', 'GET'],
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

it('a header of which one counts is taken once', async () => {
  const authorization = `Authorization: ${token}\r\n`;
  const since = 'If-Modified-Since: Mon, 02 Mar 2026 10:00:00 GMT\r\n';
  for (const twice of [authorization + authorization, authorization + since + since])
    expect(await raw(`GET /fhir/CarePlan HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${twice}\r\n`)).toMatch(
      /^HTTP\/1\.1 400 /,
    );
});
