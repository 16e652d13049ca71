import { afterAll, beforeAll, expect } from '@jest/globals';
import type { Bundle, CarePlan, Consent } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { CarePlanFact, PersonIdentifier } from '../../src/messaging/contracts/facts.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, consent, parameters, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';

/** Care plans of journals as background: who reads them, when, and at which door. */

export let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

export const secret = 'HEMLIG VÅRDPLAN';
export const everybody = Object.keys(staff) as Who[];

export const identifier = (value: string): PersonIdentifier => ({ type: 'personnummer', value });

export async function told(
  number: string,
  sequence: number,
  changes: Partial<CarePlanFact> = {},
): Promise<void> {
  const origin = { person: identifier(number), plan: 'cp-1', occurredAt: '2026-03-01T09:00:00.000Z' };
  const content = changes.gone === true ? {} : { status: 'active' as const, title: secret };
  await hub.tell(factTopics.carePlan, {
    ...origin,
    sequence,
    sender: 'cosmic',
    messageId: `${sequence}`,
    ...content,
    ...changes,
  });
}

export const background = async (who: Who, id: string): Promise<Response> =>
  (await as(hub, who)).get(`CarePlan/${id}/$background`);

/** Titles of the plans in an answer. */
export const titles = (answer: Response): readonly unknown[] =>
  ((answer.body as Bundle<CarePlan>).entry ?? []).map(({ resource }) => resource?.title);

/** Who of everybody gets 200; the others get 404, and nothing of the plans. */
export async function readers(id: string): Promise<readonly Who[]> {
  const answers: (readonly [Who, Response])[] = [];
  for (const who of everybody) answers.push([who, await background(who, id)]);
  const refused = answers.filter(([, { status }]) => status !== 200);
  expect(refused.filter(([, { status, text }]) => status !== 404 || text.includes(secret))).toEqual([]);
  return answers.filter((each) => !refused.includes(each)).map(([who]) => who);
}

export async function step(who: Who, path: string, body: object = parameters()): Promise<Response> {
  const answer = await (await as(hub, who)).post(path, body);
  if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
  return answer;
}

export async function decide(id: string, kind?: 'consent' | 'refusal'): Promise<Consent> {
  return (await step('nurse', 'Consent', consent(id, kind))).body as Consent;
}

/** What no step would leave behind: a plan in the table whatever the case is like. */
export async function put(id: string): Promise<void> {
  await hub.store.database.query(
    `insert into care_plan_background (person_id, sender, plan, occurred_at, sequence, gone, content)
     select person_id, 'cosmic', 'by-hand', now(), 1, false, jsonb_build_object('status', 'active', 'title', $2::text)
       from resource where type = 'CarePlan' and id = $1 on conflict do nothing`,
    [id, secret],
  );
}
