import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { CarePlan } from 'fhir/r4.js';
import { forgetAnswers } from '../../src/fhir/idempotency/repeat-store.js';
import { codeSystems } from '../../src/projection/codes/codes.js';
import { testIdentitySecret } from '../support/facade.js';
import { as, carePlan, codesOf, informed, opened } from '../support/svu.js';
import { hub, nurse } from './write-requests-setup.js';

describe('Idempotency-Key', () => {
  it('a repeat gets the first answer again, and happens once', async () => {
    const plan = carePlan('194711199846');
    const first = await nurse.post('CarePlan', plan, { key: 'once' });
    expect((await nurse.post(`CarePlan/${first.body.id}/$record-patient-information`, informed)).status).toBe(
      200,
    );
    const again = await nurse.post('CarePlan', plan, { key: 'once' });
    expect([again.status, again.text, again.headers['etag'], again.headers['location']]).toEqual([
      first.status,
      first.text,
      first.headers['etag'],
      first.headers['location'],
    ]);
  });

  it('a repeat of an update undoes nothing that came after it, though it would be one', async () => {
    const id = await opened(hub, '194206219919');
    const [todo] = await nurse.todos(id);
    const path = `Task/${todo?.id}`;
    const because = (code: string, key: string) =>
      nurse.put(
        path,
        { ...todo, statusReason: { coding: [{ system: codeSystems.todoStatusReason.system, code }] } },
        { key },
      );
    const first = await because('awaits-information', 'update');
    const later = await because('awaits-assessment', 'update-2');
    expect([first.status, later.status]).toEqual([200, 200]);
    const again = await because('awaits-information', 'update');
    expect([again.status, again.text, again.headers['etag']]).toEqual([
      200,
      first.text,
      first.headers['etag'],
    ]);
    const [now] = await nurse.todos(id);
    expect(now).toEqual(later.body);
    expect(codesOf(await because('awaits-another-unit', 'update'))).toEqual(['key-reused']);
  });

  it('a repeat with its keys in another order, and other spacing, is the same', async () => {
    const plan = carePlan('194505099921');
    const turned = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(turned);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .map(([key, one]) => [key, turned(one)] as const)
          .toReversed(),
      );
    };
    const first = await nurse.post('CarePlan', plan, { key: 'turned' });
    const again = await nurse.post('CarePlan', JSON.stringify(turned(plan), null, 3), { key: 'turned' });
    expect([first.status, again.status, again.text]).toEqual([201, 201, first.text]);
    // The order of a list means something.
    const lists = carePlan('194505099921', { note: [{ text: 'a' }, { text: 'b' }] });
    const other = { ...lists, note: lists.note?.toReversed() };
    await nurse.post('CarePlan', lists, { key: 'lists' });
    expect(codesOf(await nurse.post('CarePlan', other, { key: 'lists' }))).toEqual(['key-reused']);
  });

  it('a repeat of what a version before kept, which hashed the body as it came, gets the first answer', async () => {
    const plan = carePlan('190503279812');
    const post = (body: object) => nurse.post('CarePlan', body, { key: 'across-the-upgrade' });
    const first = await post(plan);
    expect(first.status).toBe(201);
    const before = createHmac('sha256', testIdentitySecret).update(JSON.stringify(plan)).digest('hex');
    const { rowCount } = await hub.store.database.query(
      'update idempotency set content_hash = $2 where resource_id = $1',
      [first.body.id, before],
    );
    expect(rowCount).toBe(1);
    const again = await post(plan);
    expect([again.status, again.text]).toEqual([201, first.text]);
    const other = await post({ ...plan, description: 'Något annat' });
    expect([other.status, codesOf(other)]).toEqual([409, ['key-reused']]);
  });

  it('other content under the same key is 409', async () => {
    const answer = await nurse.post('CarePlan', carePlan('192908059831'), { key: 'once' });
    expect([answer.status, codesOf(answer)]).toEqual([409, ['key-reused']]);
  });

  it('the same key of another person, or to another address, is another request', async () => {
    const other = await as(hub, 'planner');
    const answer = await other.post('CarePlan', carePlan('192908059831'), { key: 'once' });
    expect(answer.status).toBe(201);
    const operation = await nurse.post(`CarePlan/${answer.body.id}/$record-patient-information`, informed, {
      key: 'once',
    });
    expect(operation.status).toBe(200);
  });

  it('many at the same moment: it happens once; the rest get the answer or are told to wait', async () => {
    const plan = carePlan('193804289860');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => nurse.post('CarePlan', plan, { key: 'crowd' })),
    );
    const made = answers.filter(({ status }) => status === 201);
    expect(made.length).toBeGreaterThanOrEqual(1);
    expect(new Set(made.map(({ body }) => (body as CarePlan).id)).size).toBe(1);
    for (const { status, headers } of answers) {
      expect([201, 409]).toContain(status);
      expect(status === 201 || headers['retry-after'] === '1').toBe(true);
    }
  });

  it('a refusal is repeated too, even when it would now succeed', async () => {
    const id = await opened(hub, '195209179851');
    const publish = `CarePlan/${id}/$publish-admission-notice`;
    const first = await nurse.post(publish, undefined, { key: 'too early' });
    expect(first.status).toBe(400); // A space is no part of a key.
    const early = await nurse.post(publish, undefined, { key: 'too-early' });
    await nurse.post(`CarePlan/${id}/$record-patient-information`, informed);
    const again = await nurse.post(publish, undefined, { key: 'too-early' });
    expect([again.status, again.body]).toEqual([early.status, early.body]);
  });

  it('neither key nor body is kept in clear', async () => {
    const { rows } = await hub.store.database.query<{ row: string }>(
      'select idempotency::text as row from idempotency',
    );
    expect(JSON.stringify(rows)).not.toContain('once');
    expect(JSON.stringify(rows)).not.toContain('194711199846');
  });

  it('a request under way makes a repeat wait; one whose process died gives it its place', async () => {
    const post = () =>
      nurse.post('CarePlan', carePlan('194401309887', {}, new Date('2026-03-02T10:00:00Z')), { key: 'died' });
    const first = await post();
    expect(first.status).toBe(201);
    const undo = (age: string) =>
      hub.store.database.query(
        `update idempotency set status = null, resource_type = null, resource_id = null, created_at = now() - $2::interval
          where resource_id = $1 or status is null`,
        [first.body.id, age],
      );
    await undo('1 second');
    const wait = await post();
    expect([wait.status, codesOf(wait), wait.headers['retry-after']]).toEqual([409, ['key-under-way'], '1']);
    // A client tries again for some minutes at most, so the place is free within half of one.
    await undo('31 seconds');
    // The work is done anew; here the process finds the case that the dead one had opened.
    expect(codesOf(await post())).toEqual(['SVU-2', 'svu-already-open']);
  });
});

it('an answer that is forgotten makes a repeat a new request', async () => {
  expect(await forgetAnswers(hub.store.database, new Date(Date.now() + 3600_000))).toBeGreaterThan(0);
  const answer = await nurse.post('CarePlan', carePlan('194711199846'), { key: 'once' });
  expect(codesOf(answer)).toEqual(['SVU-2', 'svu-already-open']);
});
