import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, opened, parameters, staff } from '../support/svu.js';

/** What somebody with a token may send to break the hub: each is refused as the client's fault, at once. */

const number = '193406129829';
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const nurse = () => as(hub, 'nurse');

describe('a body', () => {
  it.each([
    ['NUL', '"a\\u0000b"'],
    ['another control character', '"a\\u0001b"'],
    ['half a character', '"a\\ud800b"'],
    ['the other half', '"\\udc00"'],
  ])('that holds %s, which neither FHIR nor the database takes, is refused', async (_what, text) => {
    const body = JSON.stringify(carePlan(number)).replace('"Höftfraktur efter fall"', text);
    const answer = await (await nurse()).post('CarePlan', body);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['bad-body']]);
  });

  it('may hold tab and line ends', async () => {
    const body = { ...carePlan('194711199846'), description: 'Höftfraktur\r\n\tefter fall' };
    expect((await (await nurse()).post('CarePlan', body)).status).toBe(201);
  });

  it('cannot make the checker of structure search for ever', async () => {
    const extension = [{ url: 'urn:x', valueBase64Binary: `${'aaaa  '.repeat(650)}!` }];
    const started = performance.now();
    const answer = await (await nurse()).post('CarePlan', { ...carePlan(number), extension });
    expect(answer.status).toBe(400);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([50, 200, 800, 1_200, 1_600, 2_000, 3_000])('nested %i deep is refused', async (depth) => {
    const nested = `${'{"extension":['.repeat(depth)}{"url":"x"}${']}'.repeat(depth)}`;
    const body = JSON.stringify(carePlan(number)).replace('{', `{"extension":[${nested}],`);
    const answer = await (await nurse()).post('CarePlan', body);
    expect([400, 422]).toContain(answer.status);
  });

  it('with nothing where the answers should be is refused', async () => {
    const id = await opened(hub, '194102039817');
    const sent = consent(id, 'consent', {
      category: [{ coding: [{ system: codeSystems.decision.system, code: 'harm-assessment' }] }],
      performer: [{ identifier: { system: 'urn:oid:1.2.752.29.4.19', value: staff.doctor.user } }],
      sourceReference: { reference: '#a' },
    });
    const answer = await (await nurse()).post('Consent', { ...sent, contained: [null] });
    expect(answer.status).toBe(400);
  });

  it.each(['extension', 'category', 'identifier'])('with nothing in its list %s is refused', async (list) => {
    const sent = { ...consent('11111111-1111-4111-8111-111111111111'), [list]: [null] };
    const answer = await (await nurse()).post('Consent', sent);
    expect([answer.status, codesOf(answer)]).toEqual([400, ['bad-value']]);
  });

  it('a number for the name of an element is not repeated', async () => {
    const answer = await (await nurse()).post('CarePlan', { ...carePlan(number), [`p${number}`]: 1 });
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).not.toContain(number);
  });

  it('that comes slower than any honest one ends', () => {
    expect(hub.app.getHttpServer()).toMatchObject({ requestTimeout: 30_000 });
  });
});

describe('a search', () => {
  it.each([
    'CarePlan?category=%00',
    'Task?code=%00',
    'Organization?name=a%00b',
    'Task?owner:identifier=urn:oid:1.2.752.29.4.19%7C%00',
    'CarePlan?category%00=a',
    'CarePlan?_lastUpdated=ge0000-01-01',
    'CarePlan?_lastUpdated=eq9999-12-31T23:59:59.999Z',
    'Task?deadline=lt0001-01-01',
    'CarePlan?_sort=constructor',
    'CarePlan?_sort=__proto__',
  ])('%s is refused', async (path) => {
    expect((await (await nurse()).get(path)).status).toBe(400);
  });

  it.each(['constructor', '__proto__', 'toString'])('_format=%s is not acceptable', async (format) => {
    expect((await (await nurse()).get(`CarePlan?_format=${format}`)).status).toBe(406);
  });
});

describe('a personal number in a URL', () => {
  it.each([
    '19340612%20-%209829',
    '193406%0012-9829',
    '19340612_9829',
    '19340612/9829',
    '19340612--9829',
    '19340612%E2%80%8B9829',
    '%25252531934%25252506129829',
    '%EF%BC%91%EF%BC%99%EF%BC%93%EF%BC%94%EF%BC%90%EF%BC%96%EF%BC%91%EF%BC%92%EF%BC%99%EF%BC%98%EF%BC%92%EF%BC%99',
    '%2019340612%E2%80%939829',
  ])('is refused as %s', async (written) => {
    for (const path of [
      `Patient?identifier=${written}`,
      `Patient/${written}`,
      `CarePlan?x=a&page=${written}`,
    ])
      expect(codesOf(await (await nurse()).get(path))).toEqual(['number-in-url']);
  });

  it('is not seen where there is none', async () => {
    for (const path of [
      'CarePlan?_lastUpdated=ge2026-03-01T10:00:00%2B01:00&_lastUpdated=lt2026-03-02&_count=100',
      'Task?deadline=le2026-12-31&_count=20&_sort=deadline',
    ])
      expect((await (await nurse()).get(path)).status).toBe(200);
  });
});

describe('the line itself', () => {
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const socket = connect((hub.app.getHttpServer().address() as AddressInfo).port, '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('close', () => resolve(answer));
      socket.on('error', reject);
      socket.end(text);
    });

  it('that is no HTTP, or carries a number, is answered without being repeated', async () => {
    await hub.app.listen(0, '127.0.0.1');
    for (const text of [
      `GET /fhir/Patient/${number} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      `GET /fhir/Patient/%zz${number} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      `${number} nonsense\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: x\r\nX-${number}: a\r\n b: ${number}\r\n\r\n`,
    ]) {
      const answer = await raw(text);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer).not.toContain(number);
    }
    expect(JSON.stringify(hub.log())).not.toContain(number);
  });
});

describe('a peer that is gone already, so that it has no address', () => {
  it.each([
    ['/fhir/%zz', 401],
    ['/%zz', 400],
    [`/fhir/CarePlan/${'x'.repeat(300)}`, 401],
    ['/fhir/CarePlan', 401],
    ['/fhir/metadata', 200],
  ])('is answered like any other: %s', async (path, status) => {
    const server = hub.app.getHttpServer();
    if (!server.listening) await hub.app.listen(0, '127.0.0.1');
    server.once('connection', (socket: Socket) =>
      Object.defineProperty(socket, 'remoteAddress', { value: undefined }),
    );
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    const answer = await new Promise<string>((resolve, reject) => {
      socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
      socket.once('data', (chunk: Buffer) => resolve(chunk.toString())).once('error', reject);
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    });
    socket.destroy();
    expect(answer.split(' ', 2)).toEqual(['HTTP/1.1', String(status)]);
  });
});

describe('who asks', () => {
  it('ACC-1: cannot find out by a stay whether an id is that of a case', async () => {
    const id = await opened(hub, '194206219919');
    const opening = (stay: string) =>
      carePlan('194711199846', { encounter: { reference: `Encounter/${stay}` } });
    const other = await as(hub, 'otherRegion');
    const taken = await other.post('CarePlan', opening(id));
    const free = await other.post('CarePlan', opening('11111111-1111-4111-8111-111111111111'));
    expect(taken.status).toBe(422);
    expect(taken.body).toEqual(free.body);
  });

  it('a role that may not write cannot ask the registers either (PAT-5)', async () => {
    const before = hub.population.questions();
    const reviewer = hub.cases.directory.organisation.people
      .flatMap(({ hsaId, assignments }) => assignments.map(({ unit }) => ({ hsaId, unit })))
      .find(({ hsaId, unit }) => {
        const actor = hub.cases.directory.actor(hsaId, unit);
        return actor?.side === 'hospital' && !actor.responsibilities.includes('write');
      });
    if (reviewer === undefined) throw new Error('the fictional region has nobody of that kind');
    const answer = await hub
      .http()
      .post('/fhir/CarePlan')
      .set('authorization', await hub.user(reviewer.hsaId, reviewer.unit))
      .set('content-type', 'application/fhir+json')
      .send(JSON.stringify(carePlan(number)));
    expect([answer.status, codesOf(answer)[0]]).toEqual([403, 'ORG-2']);
    expect(hub.population.questions()).toBe(before);
  });

  it('ACC-5: a name in the address of a step does not come into the trail', async () => {
    await (await nurse()).post('CarePlan/Astrid-Lindhage/$ready', parameters());
    await (await nurse()).put('Task/Astrid-Lindhage', { resourceType: 'Task', id: 'Astrid-Lindhage' });
    const { rows } = await hub.store.database.query(
      `select 1 from audit_record where detail::text like '%Lindhage%'`,
    );
    expect(rows).toEqual([]);
  });

  it('ACC-5: a repeat that shows a resource again names person and case in the trail', async () => {
    const body = carePlan('192908059831');
    const send = async () => (await nurse()).post('CarePlan', body, { key: 'again' });
    const first = await send();
    expect(first.status).toBe(201);
    expect((await send()).status).toBe(201);
    const { rows } = await hub.store.database.query<{ person: string | null; case_id: string | null }>(
      `select person_id as person, case_id from audit_record where action = 'create' and outcome = 'success' and case_id = $1`,
      [(first.body as { id: string }).id],
    );
    expect(rows).toHaveLength(2);
    expect(rows.every(({ person }) => person !== null)).toBe(true);
  });
});
