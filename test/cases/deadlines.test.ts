import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Task } from 'fhir/r4.js';
import { DeadlineReporter } from '../../src/cases/jobs/report-deadlines.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { r4Faults } from '../support/r4-resources.js';
import { as, consent, informed, opened, parameters, staff, type Who } from '../support/svu.js';

/** What clients see of the deadline of a to-do as time passes. */
let hub: TestHub;
let reporter: DeadlineReporter;
beforeAll(async () => {
  hub = await startHub();
  reporter = new DeadlineReporter(hub.cases, { aheadMilliseconds: 5_000 });
});
afterAll(() => hub.stop());

const numbers = ['193406129829', '194102039817', '194711199846'];
const hour = 3_600_000;
/** Moves the hub's clock to some milliseconds after the deadline, and lets the job look. */
async function pass(todo: Task, milliseconds: number): Promise<number> {
  hub.time.now = new Date(Date.parse(todo.restriction?.period?.end ?? '') + milliseconds);
  return (await reporter.round()).told;
}
const opening = async (): Promise<{ id: string; todo: Task }> => {
  hub.time.now = undefined;
  const id = await opened(hub, numbers.shift() ?? '');
  const [todo] = await (await as(hub, 'nurse')).todos(id);
  if (todo === undefined) throw new Error('the ward has nothing to do');
  return { id, todo };
};
const codes = ({ businessStatus }: Task) => businessStatus?.coding?.map(({ code }) => code);
const listed = async (who: Who, status: string): Promise<(string | undefined)[]> => {
  const owner = `owner:identifier=${identifierSystems.hsa}%7C${staff[who].unit}`;
  const { body } = await (await as(hub, who)).get(`Task?${owner}&business-status=${status}`);
  return ((body as Bundle).entry ?? []).map(({ resource }) => resource?.id);
};

describe('A draft whose notice is due', () => {
  it('SVU-5: its Task says that the time is soon over, then that it is over, each once, and until it is done', async () => {
    const { id, todo } = await opening();
    expect(codes(todo)).toEqual(['delivered']);
    expect(await pass(todo, -5 * hour)).toBe(0);
    expect(await pass(todo, -4 * hour)).toBe(1);
    const nurse = await as(hub, 'nurse');
    const near = (await nurse.get(`Task/${todo.id}`)).body as Task;
    expect([codes(near), near.businessStatus?.text, r4Faults(near)]).toEqual([
      ['delivered', 'due'],
      'Levererat, tiden är snart ute',
      [],
    ]);
    expect([near.meta?.lastUpdated, near.lastModified]).toEqual(Array(2).fill(hub.time.now?.toISOString()));
    expect(Number(near.meta?.versionId)).toBeGreaterThan(Number(todo.meta?.versionId));
    expect([await listed('nurse', 'due'), await listed('nurse', 'overdue')]).toEqual([[todo.id], []]);

    expect(await pass(todo, 0)).toBe(0);
    expect(await pass(todo, 1)).toBe(1);
    expect(await pass(todo, 48 * hour)).toBe(0);
    const late = (await (await as(hub, 'nurse')).get(`Task/${todo.id}`)).body as Task;
    expect([codes(late), late.businessStatus?.text]).toEqual([
      ['delivered', 'overdue'],
      'Levererat, försenad',
    ]);
    expect([await listed('nurse', 'due'), await listed('nurse', 'overdue')]).toEqual([[], [todo.id]]);
    expect((await (await as(hub, 'municipality')).get(`Task/${todo.id}`)).status).toBe(404);

    const ward = await as(hub, 'nurse');
    expect((await ward.post(`CarePlan/${id}/$record-patient-information`, informed)).status).toBe(200);
    expect((await ward.post('Consent', consent(id))).status).toBe(201);
    expect((await ward.post(`CarePlan/${id}/$publish-admission-notice`, parameters())).status).toBe(200);
    const done = (await ward.get(`Task/${todo.id}`)).body as Task;
    expect([done.status, codes(done), done.businessStatus?.text]).toEqual(['completed', ['shown'], 'Visat']);
    expect(await listed('nurse', 'overdue')).toEqual([]);
  });

  it('ORG-4: a copy that was read before the time came does not hinder the one who works with it', async () => {
    const { todo } = await opening();
    await pass(todo, -hour);
    const near = (await (await as(hub, 'nurse')).get(`Task/${todo.id}`)).body as Task;
    await pass(todo, 1);
    const nurse = await as(hub, 'nurse');
    for (const [copy, status] of [
      [todo, 'received'],
      [near, 'in-progress'],
    ] as const) {
      const answer = await nurse.put(`Task/${todo.id}`, { ...copy, status });
      expect([answer.status, answer.body.status, codes(answer.body as Task)]).toEqual([
        200,
        status,
        ['shown', 'overdue'],
      ]);
    }
    const invented = { ...near, businessStatus: { ...near.businessStatus, text: 'Hinns med' } };
    expect((await nurse.put(`Task/${todo.id}`, invented)).status).toBe(422);
  });

  it('PAT-6: of somebody who became protected nothing is told, and when she no longer is, what is true then', async () => {
    const number = numbers[0] ?? '';
    const { id, todo } = await opening();
    const person = { type: 'personnummer', value: number } as const;
    const { rows } = await hub.store.database.query<{ record: Record<string, unknown> }>(
      `select record from person_copy where record #>> '{identifier,value}' = $1 order by version desc limit 1`,
      [number],
    );
    const says = (protectedPerson: boolean) =>
      hub.tell(factTopics.person, {
        person,
        found: true,
        record: { ...rows[0]?.record, identifier: person, protectedPerson },
        readAt: (hub.time.now ?? new Date()).toISOString(),
      });
    await says(true);
    expect(await pass(todo, 1)).toBe(0);
    expect(await listed('nurse', 'overdue')).not.toContain(todo.id);
    await says(false);
    expect((await reporter.round()).told).toBe(1);
    const { rows: told } = await hub.store.database.query<{ type: string; data: object }>(
      `select type, data from event where stream_id = $1 and type in ('TodoDue', 'TodoOverdue')`,
      [id],
    );
    const deadline = new Date(todo.restriction?.period?.end ?? '').toISOString();
    expect(told).toEqual([
      {
        type: 'TodoOverdue',
        data: { key: 'publish-admission-notice', unit: staff.nurse.unit, deadline },
      },
    ]);
  });
});
