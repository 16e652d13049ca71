import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { rebuild } from '../../src/log/rebuild.js';
import { StreamRegistry } from '../../src/log/stream-registry.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { RegisterRecord } from '../../src/messaging/contracts/facts.js';
import { codeSystems, coding, identifierSystems } from '../../src/projection/codes/codes.js';
import { streams } from '../golden/golden.js';
import { r4Faults } from '../support/r4-resources.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, codesOf, consent, opened, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const numbers = ['193406129829', '194102039817', '194711199846'];
const fresh = async (how: typeof opened): Promise<string> => how(hub, numbers.shift() ?? '');
const expressions = (answer: Response): readonly string[] =>
  (answer.body as { issue: { expression?: string[] }[] }).issue.flatMap(({ expression }) => expression ?? []);
const found = ({ body }: Response): readonly (string | undefined)[] =>
  ((body as Bundle).entry ?? []).map(({ resource }) => resource?.id);
const reason = (code: keyof typeof codeSystems.todoStatusReason.concepts) => ({
  coding: [coding(codeSystems.todoStatusReason, code)],
});
const output = (code: keyof typeof codeSystems.todoOutput.concepts, value: object) => ({
  type: { coding: [coding(codeSystems.todoOutput, code)] },
  ...value,
});
const owner = (who: Who) => `owner:identifier=${identifierSystems.hsa}%7C${staff[who].unit}`;
const secret = 'Dottern kommer tidigast fredag';

let id: string;
let todo: Task;
const current = async (who: Who = 'healthCentre') =>
  (await (await as(hub, who)).get(`Task/${todo.id}`)).body as Task;
const put = async (changes: object, who: Who = 'healthCentre', of = todo) =>
  (await as(hub, who)).put(`Task/${of.id}`, { ...of, ...changes });

describe('PUT Task', () => {
  beforeAll(async () => {
    id = await fresh(published);
    const [first] = await (await as(hub, 'healthCentre')).todos(id);
    if (first === undefined) throw new Error('the health centre has nothing to do');
    todo = first;
  });

  it('ORG-4, ORG-12: says how far the unit has come, forward only; the sender sees it', async () => {
    const received = await put({ status: 'received' });
    expect([received.status, received.body.status, r4Faults(received.body)]).toEqual([200, 'received', []]);
    expect((await current('nurse')).businessStatus?.coding?.[0]?.code).toBe('shown');
    const version = received.headers['etag'];
    const again = await put({}, 'healthCentre', received.body);
    expect([again.status, again.headers['etag']]).toEqual([200, version]);
    // A colleague's copy from before goes on where the unit is.
    const begun = await put({ status: 'in-progress' });
    expect([begun.status, begun.body.status]).toEqual([200, 'in-progress']);
    for (const status of ['requested', 'received', 'accepted', 'on-hold', 'entered-in-error', 'cancelled']) {
      const answer = await put({ status });
      expect([status, answer.status, codesOf(answer), expressions(answer)]).toEqual([
        status,
        422,
        ['ORG-12', 'todo-status-not-allowed'],
        ['Task.status'],
      ]);
      expect(answer.text).toContain('completed');
    }
    for (const status of ['rejected', 'failed'])
      expect(codesOf(await put({ status }))).toEqual(['ORG-12', 'receiver-cannot-reject']);
  });

  it('VIEW-3: what is begun is found as open, by its status and by how far it came', async () => {
    const centre = await as(hub, 'healthCentre');
    const open = 'status=requested,received,accepted,in-progress';
    expect(found(await centre.get(`Task?${owner('healthCentre')}&${open}`))).toContain(todo.id);
    expect(found(await centre.get(`Task?${owner('healthCentre')}&status=in-progress`))).toEqual([todo.id]);
    expect(found(await centre.get(`Task?${owner('healthCentre')}&status=requested`))).not.toContain(todo.id);
    expect(found(await centre.get(`Task?${owner('healthCentre')}`))).toContain(todo.id);
    const sender = await (await as(hub, 'nurse')).get(`Task?based-on=CarePlan/${id}&business-status=shown`);
    expect(found(sender)).toContain(todo.id);
  });

  it('ORG-5, ORG-2: for the own unit alone, by a user', async () => {
    const task = await current();
    const other = await put({ status: 'completed' }, 'municipality', task);
    expect([other.status, codesOf(other)]).toEqual([403, ['ORG-5', 'todo-of-another-unit']]);
    const hospital = await put({ note: [{ text: 'x' }] }, 'nurse', task);
    expect(codesOf(hospital)).toEqual(['ORG-5', 'todo-of-another-unit']);
    const none = await put({ status: 'completed' }, 'otherHealthCentre', task);
    expect([none.status, codesOf(none)]).toEqual([404, ['ACC-1', 'not-found']]);
  });

  it('names each element that it does not take', async () => {
    const task = await current();
    const cases: readonly (readonly [object, string])[] = [
      [{ priority: 'urgent' }, 'Task.priority'],
      [{ description: 'Annat' }, 'Task.description'],
      [{ restriction: { period: { end: '2030-01-01T00:00:00Z' } } }, 'Task.restriction'],
      [{ lastModified: '2999-01-01T00:00:00Z' }, 'Task.lastModified'],
      [{ businessStatus: { coding: [coding(codeSystems.delivery, 'acknowledged')] } }, 'Task.businessStatus'],
      [{ businessStatus: { text: 'Levererat' } }, 'Task.businessStatus'],
      [{ statusReason: { text: 'för att' } }, 'Task.statusReason'],
      [{ statusReason: { ...reason('awaits-information'), text: secret } }, 'Task.statusReason.text'],
      [{ output: [output('handled-on', { valueDate: '2026-03-02' })] }, 'Task.output'],
      [{ output: [output('handled-on', { valueString: 'igår' })] }, 'Task.output[0].value'],
      [{ output: [{ type: { text: 'x' }, valueBoolean: true }] }, 'Task.output[0].type'],
      [{ note: [{ text: 'a' }, { text: 'b', authorString: 'c' }] }, 'Task.note[1].authorString'],
      [{ note: [{ text: 'a'.repeat(2001) }] }, 'Task.note[0].text'],
      [{ note: [{ text: 'Hon är 19340612-9829' }] }, 'Task.note[0].text'],
    ];
    for (const [changes, expression] of cases) {
      const answer = await put(changes, 'healthCentre', task);
      expect([expression, answer.status, expressions(answer)]).toEqual([expression, 422, [expression]]);
      expect(answer.text).not.toMatch(/340612-?9829|Dottern/);
    }
    expect(await current()).toEqual(task);
  });

  it('CON-8: a note is read by the own unit alone: no other finds, counts, includes or reads it', async () => {
    const noted = await put(
      { note: [{ text: secret }], statusReason: reason('awaits-information') },
      'healthCentre',
      await current(),
    );
    expect([noted.status, noted.body.note, noted.text.includes(secret)]).toEqual([200, undefined, false]);
    expect(noted.body.statusReason.coding[0].code).toBe('awaits-information');
    const again = await put({ note: [{ text: secret }] }, 'healthCentre', noted.body);
    expect(again.headers['etag']).toBe(noted.headers['etag']);

    const search = `Communication?based-on=CarePlan/${id}&category=todo-note&_total=accurate`;
    const own = await (await as(hub, 'healthCentre')).get(search);
    expect(own.body.total).toBe(1);
    const [note] = own.body.entry;
    expect(note.resource).toMatchObject({
      about: [{ reference: `Task/${todo.id}` }],
      payload: [{ contentString: secret }],
    });
    expect(r4Faults(note.resource)).toEqual([]);
    const there = `Communication/${note.resource.id}`;
    for (const who of ['nurse', 'municipality', 'homeNursing', 'otherRegion'] as const) {
      const reader = await as(hub, who);
      for (const path of [there, `${there}/_history`, `${there}/_history/${note.resource.meta.versionId}`]) {
        const answer = await reader.get(path);
        expect([who, path, answer.status]).toEqual([who, path, 404]);
      }
      const hunted = [
        search,
        `${search}&_summary=count`,
        `Communication?_id=${note.resource.id}&_total=accurate`,
        `Communication?recipient:identifier=${identifierSystems.hsa}%7C${staff.healthCentre.unit}&category=todo-note&_total=accurate`,
      ];
      for (const path of hunted)
        expect([who, path, (await reader.get(path)).body.total]).toEqual([who, path, 0]);
      for (const path of [
        `Communication?based-on=CarePlan/${id}&_count=200&_include=Communication:based-on`,
        `Task?based-on=CarePlan/${id}&_count=200&_include=Task:focus&_include=Task:based-on`,
        `Task/${todo.id}/_history`,
        `CarePlan/${id}/_history`,
      ])
        expect((await reader.get(path)).text).not.toContain(secret);
    }
  });

  it('CON-5: a refusal makes the case forget the note and the reason, and no more is written', async () => {
    const centre = await as(hub, 'healthCentre');
    const [note] = found(await centre.get(`Communication?based-on=CarePlan/${id}&category=todo-note`));
    expect((await (await as(hub, 'nurse')).post('Consent', consent(id, 'refusal'))).status).toBe(201);
    for (const path of [`Communication/${note}`, `Communication/${note}/_history`]) {
      const answer = await centre.get(path);
      expect([404, 410]).toContain(answer.status);
    }
    const task = await current();
    expect([task.status, task.statusReason]).toEqual(['in-progress', undefined]);
    const refused = await put({ note: [{ text: secret }] }, 'healthCentre', task);
    expect([refused.status, codesOf(refused)]).toEqual([422, ['CON-5', 'refusal-shares-minimum']]);
    expect(expressions(refused)).toEqual(['Task.note']);
    const done = await put({ status: 'completed' }, 'healthCentre', task);
    expect([done.status, done.body.businessStatus.coding[0].code]).toEqual([200, 'acknowledged']);
    const more = await put({ note: [{ text: secret }] }, 'healthCentre', done.body);
    expect(codesOf(more)).toEqual(['ORG-12', 'todo-ended']);
  });
});

describe('the draft that is chased', () => {
  it('SVU-5: is found once it is overdue, by a search for open to-dos, begun or not', async () => {
    const draft = await fresh(opened);
    const nurse = await as(hub, 'nurse');
    const [chasing] = await nurse.todos(draft);
    const due = chasing?.restriction?.period?.end ?? '';
    const overdue = async (moment: string, open = 'requested,received,accepted,in-progress') =>
      found(await nurse.get(`Task?${owner('nurse')}&status=${open}&deadline=lt${moment}&_sort=deadline`));
    const [before, after] = [-1000, 1000].map((each) => new Date(Date.parse(due) + each).toISOString());
    expect(await overdue(before ?? '')).toEqual([]);
    expect(await overdue(after ?? '')).toEqual([chasing?.id]);
    expect((await put({ status: 'accepted' }, 'nurse', chasing)).status).toBe(200);
    expect(await overdue(after ?? '')).toEqual([chasing?.id]);
    expect(await overdue(after ?? '', 'requested')).toEqual([]);
  });
});

/** What the register says of a person now, with changes to what it said when the case was opened. */
async function registerSays(number: string, changes: Partial<RegisterRecord>): Promise<void> {
  const { rows } = await hub.store.database.query<{ record: RegisterRecord }>(
    `select record from person_copy where record #>> '{identifier,value}' = $1 order by version desc limit 1`,
    [number],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the person is not known');
  await hub.tell(factTopics.person, {
    person: { type: 'personnummer', value: number },
    found: true,
    record: { ...row.record, ...changes },
    readAt: new Date().toISOString(),
  });
}

describe("the ward's own to-do that asks something", () => {
  it('PAT-7, PAT-6: is answered by yes or no and a day, read by the hospital alone, and nothing of it once frozen', async () => {
    const number = numbers[0] ?? '';
    const mine = await fresh(published);
    await registerSays(number, { municipalityCode: '3102' });
    const nurse = await as(hub, 'nurse');
    const review = (await nurse.todos(mine)).find(
      ({ code }) => code?.coding?.[0]?.code === 'review-register-change',
    );
    if (review === undefined) throw new Error('the ward is not asked');
    const answers = [
      output('case-goes-on', { valueBoolean: true }),
      output('handled-on', { valueDate: '2026-03-02' }),
    ];
    for (const day of ['1900-01-01', '9999-12-31']) {
      const far = await put({ output: [output('handled-on', { valueDate: day })] }, 'nurse', review);
      expect([far.status, codesOf(far)]).toEqual([422, ['time-out-of-bounds']]);
    }
    const wrong = await put({ output: [output('handled-on', { valueBoolean: true })] }, 'nurse', review);
    expect([wrong.status, codesOf(wrong), expressions(wrong)]).toEqual([
      422,
      ['ORG-12', 'todo-output-type'],
      ['Task.output'],
    ]);
    const unasked = [output('identity-confirmed', { valueBoolean: true })];
    expect(codesOf(await put({ output: unasked }, 'nurse', review))).toEqual([
      'ORG-12',
      'todo-output-not-asked',
    ]);
    const note = [{ text: secret }];
    const done = await put({ status: 'completed', output: answers, note }, 'nurse', review);
    expect([done.status, done.body.status, r4Faults(done.body)]).toEqual([200, 'completed', []]);
    expect(done.body.output).toMatchObject([{ valueBoolean: true }, { valueDate: '2026-03-02' }]);
    expect((await put({}, 'nurse', done.body)).headers['etag']).toBe(done.headers['etag']);
    expect((await (await as(hub, 'otherMunicipality')).get(`Task/${review.id}`)).status).toBe(404);

    const notes = `Communication?based-on=CarePlan/${mine}&category=todo-note`;
    const [written] = found(await (await as(hub, 'planner')).get(notes));
    expect((await nurse.get(`Communication/${written}`)).text).toContain(secret);
    await registerSays(number, { protectedPerson: true });
    for (const path of [`Communication/${written}`, `Communication/${written}/_history`])
      expect((await nurse.get(path)).status).toBe(404);
    expect(found(await nurse.get(notes))).toEqual([]);
  });
});

describe('a to-do about a patient whom the hub may not know', () => {
  it('PAT-1, PAT-6: is begun and done by its ward, and takes nothing but its status', async () => {
    const reference = randomUUID();
    await hub.tell(factTopics.stay, {
      kind: 'admitted',
      person: { type: 'personnummer', value: '191212129996' },
      sender: 'TEST',
      visit: reference,
      messageId: reference,
      occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
      ward: staff.nurse.unit,
    });
    const nurse = await as(hub, 'nurse');
    const mine = await nurse.get(`Task?${owner('nurse')}&code=plan-by-telephone&status=requested`);
    const task = mine.body.entry[0].resource as Task;
    const refused = await put({ note: [{ text: 'Berta' }] }, 'nurse', task);
    expect([refused.status, codesOf(refused)]).toEqual([422, ['PAT-6', 'todo-carries-no-content']]);
    const begun = await put({ status: 'in-progress' }, 'nurse', task);
    expect([begun.status, begun.body.status]).toEqual([200, 'in-progress']);
    expect(codesOf(await put({ status: 'received' }, 'nurse', begun.body))).toEqual([
      'ORG-12',
      'todo-status-not-allowed',
    ]);
    expect((await put({ status: 'completed' }, 'nurse', begun.body)).body.status).toBe('completed');
  });
});

it('what units said of their to-dos is the same live and rebuilt', async () => {
  const registry = new StreamRegistry(Object.values(streams));
  const report = await rebuild({ database: hub.store.database, registry, swap: false, resume: false });
  expect(report.differences).toEqual([]);
  const { rows } = await hub.store.database.query(
    `select from rebuild.resource_version where content like '%' || $1 || '%'`,
    [secret],
  );
  expect(rows.length).toBeGreaterThanOrEqual(2);
});
