import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Communication, Task } from 'fhir/r4.js';
import { codeSystems, coding } from '../../../src/projection/codes/codes.js';
import type { TestHub } from '../../support/hub.js';
import { messageTo } from '../../support/messages.js';
import { policyNames } from '../../support/policies.js';
import { r4Faults } from '../../support/r4-resources.js';
import { as, codesOf, consent, opened, staff } from '../../support/svu.js';
import { hubUnder, inCases } from './messages-setup.js';

const category = [{ coding: [coding(codeSystems.notice, 'message')], text: 'Meddelande' }];

describe.each(policyNames)('POST Communication under %s', (policy) => {
  let hub: TestHub;
  let caseId = '';
  const { write, written, asked, published, ids, remove } = inCases(() => hub);
  beforeAll(async () => {
    hub = await hubUnder(policy);
    caseId = await published('193406129829');
  }, 60_000);
  afterAll(() => hub.stop());

  it('MSG-1, MSG-2, VIEW-12: writes to all others, who are asked to acknowledge it, each once', async () => {
    const answer = await write('healthCentre', caseId);
    expect([answer.status, codesOf(answer)]).toEqual([201, []]);
    const sent = answer.body as Communication & { id: string };
    expect(answer.headers['location']).toContain(`Communication/${sent.id}/_history/1`);
    expect(r4Faults(sent)).toEqual([]);
    expect(sent).toMatchObject({
      status: 'completed',
      basedOn: [{ reference: `CarePlan/${caseId}` }],
      category,
      payload: [{ contentString: 'Kan ni ta emot på torsdag?' }],
    });
    expect(sent.sender?.display).toContain(', ');
    expect(sent.recipient?.every(({ display }) => display !== undefined)).toBe(true);
    const own = (await asked('municipality')).filter(
      ({ focus }) => focus?.reference === `Communication/${sent.id}`,
    );
    expect(own).toHaveLength(1);
    const [task] = own as [Task & { id: string }];
    expect(r4Faults(task)).toEqual([]);
    expect(task).toMatchObject({
      basedOn: [{ reference: `CarePlan/${caseId}` }],
      requester: { display: expect.any(String) },
    });
    expect(await asked('healthCentre')).toEqual([]);
    const municipality = await as(hub, 'municipality');
    const other = await (await as(hub, 'nurse')).put(`Task/${task.id}`, { ...task, status: 'completed' });
    expect([other.status, codesOf(other)]).toEqual([403, ['ORG-5', 'todo-of-another-unit']]);
    const done = await municipality.put(`Task/${task.id}`, { ...task, status: 'completed' });
    expect([done.status, codesOf(done)]).toEqual([200, []]);
    // Who acknowledged it is shown to the sender.
    const shown = (await (await as(hub, 'healthCentre')).get(`Task/${task.id}`)).body as Task;
    expect(shown).toMatchObject({
      status: 'completed',
      businessStatus: { coding: [{ code: 'acknowledged' }] },
      extension: [{ extension: [{ valueReference: { display: expect.stringContaining(',') } }] }],
    });
    expect((await asked('municipality')).map(({ id }) => id)).not.toContain(task.id);
  });

  it('MSG-1: notices and messages are found by one search, and told apart by category', async () => {
    const id = await written('nurse', caseId);
    const reader = await as(hub, 'homeNursing');
    const all = ids(await reader.get(`Communication?based-on=CarePlan/${caseId}&_count=100`));
    const messages = ids(
      await reader.get(`Communication?based-on=CarePlan/${caseId}&category=message&_count=100`),
    );
    expect(messages).toContain(id);
    expect(all).toEqual(expect.arrayContaining([...messages]));
    expect(all.length).toBeGreaterThan(messages.length);
  });

  it('MSG-1: an answer says what it answers, and is read by whoever reads that', async () => {
    const first = await written('healthCentre', caseId, { to: ['homeNursing'] });
    const answer = await written('homeNursing', caseId, { answers: first, text: 'Ja' });
    const { body } = await (await as(hub, 'healthCentre')).get(`Communication/${answer}`);
    expect(body).toMatchObject({ inResponseTo: [{ reference: `Communication/${first}` }] });
    const nurse = await (await as(hub, 'nurse')).get(`Communication/${answer}`);
    expect(nurse.status).toBe(policy === 'skane' ? 200 : 404);
    // What one does not read, one does not answer: nor learns that it is there.
    const stranger = await write('municipality', caseId, { answers: first });
    expect(stranger.status).toBe(policy === 'skane' ? 201 : 404);
    const wider = await write('homeNursing', caseId, { answers: first, to: ['municipality'] });
    expect([wider.status, codesOf(wider)]).toEqual(
      policy === 'skane' ? [201, []] : [422, ['MSG-1', 'answer-beyond-thread']],
    );
  });

  it('MSG-2: asks chosen units, also the own one; and nobody, or not all, only where the policy lets it', async () => {
    const own = await write('healthCentre', caseId, {
      acknowledgedBy: ['healthCentre', 'nurse', 'municipality', 'homeNursing'],
    });
    expect([own.status, codesOf(own)]).toEqual([201, []]);
    expect((await asked('healthCentre')).map(({ focus }) => focus?.reference)).toContain(
      `Communication/${(own.body as { id: string }).id}`,
    );
    const nobody = await write('healthCentre', caseId, { acknowledgedBy: [] });
    const some = await write('healthCentre', caseId, { acknowledgedBy: ['homeNursing'] });
    expect([codesOf(nobody), codesOf(some)]).toEqual(
      policy === 'skane'
        ? [[], []]
        : [
            ['MSG-2', 'acknowledgement-always-asked'],
            ['MSG-2', 'acknowledgement-from-all'],
          ],
    );
  });

  it('MSG-7: adds no unit to the case', async () => {
    const answer = await write('healthCentre', caseId, { to: ['otherHealthCentre'] });
    expect([answer.status, codesOf(answer)]).toEqual([422, ['MSG-7', 'message-beyond-case']]);
    expect((answer.body as { issue: { expression: string[] }[] }).issue[0]?.expression).toEqual([
      'Communication.recipient',
    ]);
  });

  it('ACC-1: is refused to who takes no part, as what does not exist', async () => {
    const answer = await write('otherMunicipality', caseId);
    expect([answer.status, codesOf(answer)]).toEqual([404, ['ACC-1', 'not-found']]);
  });

  it('MSG-3: PUT by the unit of the sender annuls it; it stays readable, marked', async () => {
    const id = await written('healthCentre', caseId, { to: ['homeNursing'] });
    const before = (await asked('homeNursing')).length;
    const body = (await (await as(hub, 'homeNursing')).get(`Communication/${id}`)).body as Communication;
    const annulled = { ...body, status: 'entered-in-error' };
    const other = await (await as(hub, 'homeNursing')).put(`Communication/${id}`, annulled);
    expect([other.status, codesOf(other)]).toEqual([403, ['MSG-3', 'annulled-by-sender-alone']]);
    const sender = await as(hub, 'healthCentre');
    const changed = await sender.put(`Communication/${id}`, {
      ...annulled,
      payload: [{ contentString: 'Nej' }],
    });
    expect([changed.status, codesOf(changed)]).toEqual([422, ['element-not-changeable']]);
    const stale = await sender.put(`Communication/${id}`, annulled, { ifMatch: 'W/"9"' });
    expect([stale.status, codesOf(stale)]).toEqual([412, ['version-differs']]);
    expect((await sender.put(`Communication/${id}`, annulled)).status).toBe(200);
    expect((await sender.put(`Communication/${id}`, annulled)).status).toBe(200);
    const read = await (await as(hub, 'homeNursing')).get(`Communication/${id}`);
    expect(r4Faults(read.body as Communication)).toEqual([]);
    expect(read.body).toMatchObject({ status: 'entered-in-error', payload: body.payload });
    expect(await asked('homeNursing')).toHaveLength(before - 1);
  });

  it('MSG-3: a notice of the hub is nobody’s to annul', async () => {
    const nurse = await as(hub, 'nurse');
    const [notice] = (
      (await nurse.get(`Communication?based-on=CarePlan/${caseId}&category=admission-notice`)).body as {
        entry: { resource: Communication & { id: string } }[];
      }
    ).entry;
    const answer = await nurse.put(`Communication/${notice?.resource.id}`, {
      ...notice?.resource,
      status: 'entered-in-error',
    });
    expect([answer.status, codesOf(answer)]).toEqual([422, ['element-not-changeable']]);
  });

  it('PAT-13: with a personal number in it is refused', async () => {
    const answer = await write('healthCentre', caseId, { text: 'Gäller 19340612-9829' });
    expect([answer.status, codesOf(answer)]).toEqual([422, ['PAT-13', 'number-in-text']]);
  });

  it('says nothing that is dropped: what is not taken is refused by its place', async () => {
    const sender = await as(hub, 'healthCentre');
    const refusals: readonly (readonly [Partial<Communication>, string])[] = [
      [{ priority: 'urgent' }, 'Communication.priority'],
      [{ status: 'in-progress' }, 'Communication.status'],
      [{ category: [{ coding: [coding(codeSystems.notice, 'changed')] }] }, 'Communication.category[0]'],
      [{ sent: '2020-01-01' }, 'Communication.sent'],
      [{ subject: { reference: 'Patient/0b1d3a52-0000-4000-8000-00000000000a' } }, 'Communication.subject'],
      [{ payload: [{ contentString: 'a' }, { contentString: 'b' }] }, 'Communication.payload'],
      [{ about: [{ reference: `CarePlan/${caseId}` }] }, 'Communication.about'],
    ];
    for (const [more, expression] of refusals) {
      const answer = await sender.post('Communication', messageTo(caseId, { more }));
      const { issue = [] } = answer.body as { issue?: { expression?: string[] }[] };
      expect([expression, answer.status, issue.flatMap((each) => each.expression ?? [])[0]]).toEqual([
        expression,
        422,
        expect.stringContaining(expression),
      ]);
    }
  });

  it('a repeat with the same Idempotency-Key is the first message again', async () => {
    const sender = await as(hub, 'healthCentre');
    const send = () => sender.post('Communication', messageTo(caseId), { key: `repeat-${policy}` });
    const [first, again] = [await send(), await send()];
    expect([again.status, (again.body as { id: string }).id]).toEqual([
      201,
      (first.body as { id: string }).id,
    ]);
  });

  it('ACC-7: a unit that was removed writes nothing and reads nothing, and the others are not left waiting', async () => {
    const id = await written('healthCentre', caseId);
    await remove(caseId, 'homeNursing');
    expect((await write('homeNursing', caseId)).status).toBe(404);
    expect((await (await as(hub, 'homeNursing')).get(`Communication/${id}`)).status).toBe(404);
    expect(await asked('homeNursing')).toEqual([]);
    const tasks = (await (await as(hub, 'nurse')).get(`Task?focus=Communication/${id}`)).body as {
      entry: { resource: Task }[];
    };
    const states = tasks.entry.map(({ resource }) => [resource.owner?.identifier?.value, resource.status]);
    expect(states).toContainEqual([staff.homeNursing.unit, 'cancelled']);
    expect(states).toContainEqual([staff.municipality.unit, 'requested']);
  });

  it('MSG-1, ACC-2: not in a draft; CON-5: not under a refusal', async () => {
    const draft = await opened(hub, '194102039817');
    const early = await write('nurse', draft);
    expect([early.status, codesOf(early)]).toEqual([422, ['MSG-1', 'message-in-draft']]);
    expect((await (await as(hub, 'nurse')).post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
    const refused = await write('healthCentre', caseId);
    expect([refused.status, codesOf(refused)]).toEqual([422, ['CON-5', 'refusal-shares-minimum']]);
  });
});
