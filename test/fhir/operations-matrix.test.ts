import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Parameters } from 'fhir/r4.js';
import type { Response } from 'supertest';
import type { Operation } from '../../src/cases/operations/operation.js';
import { operationDefinitions, type OperationName } from '../support/operations.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, opened, parameters, published, staff } from '../support/svu.js';
import type { Who } from '../support/svu.js';
import { anyWrittenAs } from '../support/written-number.js';

/**
 * Every operation against everybody who may not take it: nothing is stored, the answer names a rule and tells nothing of the
 * case or the person, and the trail says who tried (ACC-1, ACC-2, ACC-5, ORG-2, PAT-6).
 */

const rows: Readonly<Record<OperationName, Operation>> = operationDefinitions;
const operations = Object.keys(rows) as OperationName[];
const number = '193406129829';
const draftNumber = '194102039817';
const frozenNumber = '194711199846';
const sharedNumber = '193309019903';
const ofThePersons = anyWrittenAs([number, draftNumber, frozenNumber, sharedNumber]);
const hsa = (value: string) => ({ identifier: { system: identifierSystems.hsa, value } });
const soon = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const earlier = new Date(Date.now() - 3_600_000).toISOString();
const reason = { name: 'reason', valueString: 'Orsak' };

/** A value that is taken, by the type of a parameter or the name of one that asks for more. */
const values: Readonly<Record<string, object>> = {
  boolean: { valueBoolean: true },
  date: { valueDate: soon },
  dateTime: { valueDateTime: earlier },
  positiveInt: { valuePositiveInt: 1 },
  string: { valueString: 'Orsak' },
  unit: { valueReference: hsa(staff.otherHealthCentre.unit) },
  staff: { valueReference: hsa(staff.doctor.user) },
  contact: { valueReference: hsa(staff.healthCentre.user) },
  municipality: { valueCode: '1283' },
};
/** What each operation is sent when nothing is wrong with it. */
const sound = (name: OperationName): Parameters =>
  parameters(
    ...rows[name].parameters
      .filter(({ max }) => max === '1')
      .map(({ name: each, type, codes }) => ({
        name: each,
        ...(codes === undefined ? (values[each] ?? values[type]) : { valueCode: codes[0] }),
      })),
  );

let hub: TestHub;
let draft: string;
let open: string;
let frozen: string;
/** A case in which a hospital of another region takes part. */
let shared: string;
beforeAll(async () => {
  hub = await startHub();
  open = await published(hub, number);
  draft = await opened(hub, draftNumber);
  frozen = await published(hub, frozenNumber);
  shared = await published(hub, sharedNumber);
  const added = parameters({ name: 'unit', valueReference: hsa(staff.otherRegion.unit) });
  const { status } = await (await as(hub, 'nurse')).post(`CarePlan/${shared}/$add-participant`, added);
  if (status >= 300) throw new Error('the other region was not added');
  await hub.population.change(frozenNumber, { protectedPerson: true });
  const found = await (await as(hub, 'nurse')).post('CarePlan', carePlan(frozenNumber));
  if (!codesOf(found).includes('PAT-5')) throw new Error(`not protected: ${found.text}`);
}, 120_000);
afterAll(() => hub.stop());

const eventsIn = async (): Promise<number> => {
  const { rows } = await hub.store.database.query<{ count: number }>(
    'select count(*)::integer as count from event',
  );
  return rows[0]?.count ?? 0;
};

/** Runs requests that must all be refused, and says so of each: nothing is stored and nothing of the person is told. */
async function refused(run: () => Promise<Response>): Promise<Response> {
  const before = await eventsIn();
  const answer = await run();
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body.resourceType).toBe('OperationOutcome');
  expect(answer.text).not.toMatch(/Lindhage|Höftfraktur|Hamngatan/);
  expect(answer.text).not.toMatch(ofThePersons);
  expect(await eventsIn()).toBe(before);
  return answer;
}

const call = async (who: Who, caseId: string, name: OperationName, body: unknown = sound(name)) =>
  (await as(hub, who)).post(`CarePlan/${caseId}/$${name}`, body);

async function lastTried(caseId: string) {
  const { rows } = await hub.store.database.query<{ action: string; outcome: string; unit: string }>(
    'select action, outcome, unit from audit_record where case_id = $1 order by recorded_at desc, id desc limit 50',
    [caseId],
  );
  return rows;
}

describe.each(operations)('$%s', (name) => {
  it.each(['otherWard', 'otherHealthCentre', 'otherMunicipality', 'otherRegion'] as const)(
    'ACC-1: is not there for %s, who does not take part, and the trail says who tried',
    async (who) => {
      const answer = await refused(() => call(who, open, name));
      const absent = await call(who, randomUUID(), name);
      expect([answer.status, answer.body]).toEqual([404, absent.body]);
      expect(codesOf(answer)).toContain('ACC-1');
      expect(await lastTried(open)).toContainEqual({
        action: `$${name}`,
        outcome: 'refused',
        unit: staff[who].unit,
      });
    },
  );

  it.each(['healthCentre', 'municipality', 'homeNursing'] as const)(
    'ACC-2: is not there for %s while the case is a draft',
    async (who) => {
      const answer = await refused(() => call(who, draft, name));
      expect([answer.status, codesOf(answer)]).toEqual([404, ['ACC-1', 'not-found']]);
    },
  );

  it('is for persons: a system of a unit that takes part is refused, and nobody without a token is heard', async () => {
    const token = await hub.system(staff.nurse.unit);
    const send = (authorization?: string) => {
      const request = hub.http().post(`/fhir/CarePlan/${open}/$${name}`).type('application/fhir+json');
      if (authorization !== undefined) request.set('authorization', authorization);
      return request.send(JSON.stringify(sound(name))).then((answer) => answer);
    };
    expect((await refused(() => send(token))).status).toBe(403);
    expect((await refused(() => send())).status).toBe(401);
  });

  it.each(['nurse', 'municipality', 'homeNursing'] as const)(
    'PAT-6: takes nothing from %s once the person is protected',
    async (who) => {
      const answer = await refused(() => call(who, frozen, name));
      expect(answer.status).toBe(422);
      expect(codesOf(answer)).toContain('PAT-6');
    },
  );

  const required = rows[name].parameters.some(({ min }) => min === 1);
  it.each<[string, unknown]>([
    ['text', 'inte JSON'],
    ['another resource', { resourceType: 'Patient' }],
    ['a list', []],
    ['a parameter nobody knows', parameters({ name: 'hemligt', valueString: 'x' })],
    [
      'a value of another type',
      parameters(...(sound(name).parameter ?? []).map((each) => ({ name: each.name, valueInteger: 1 })), {
        name: 'reason',
        valueInteger: 1,
      }),
    ],
    [
      'the same twice',
      parameters(
        ...(sound(name).parameter ?? [reason]),
        ...(sound(name).parameter ?? [reason]),
        reason,
        reason,
      ),
    ],
    ...(required ? [['nothing', parameters()] as [string, unknown]] : []),
  ])('is refused with a clear fault when it is sent %s', async (_, body) => {
    const answer = await refused(() => call('nurse', open, name, body));
    expect([400, 422]).toContain(answer.status);
    expect(answer.text).not.toMatch(/hemligt|inte JSON/);
  });
});

const sides = {
  nurse: 'hospital',
  healthCentre: 'outpatient',
  municipality: 'municipality',
  homeNursing: 'municipality',
} as const;
const ofOneSide = operations.filter((name) => rows[name].side !== undefined);
it.each(ofOneSide)('SVU-1, SVU-8, ORG-2: $%s is refused to every other side by its rule', async (name) => {
  const { side } = rows[name];
  const others = (Object.keys(sides) as (keyof typeof sides)[]).filter((who) => sides[who] !== side);
  expect(others.length).toBeGreaterThan(0);
  for (const who of others) {
    const answer = await refused(() => call(who, open, name));
    expect(answer.status).toBe(403);
    expect(codesOf(answer)[0]).toMatch(/^[A-Z]{3}-\d+$/);
  }
});

it.each(operations.filter((name) => rows[name].side === 'hospital'))(
  'ORG-3: $%s is refused to a hospital of another organisation that takes part in the case',
  async (name) => {
    const answer = await refused(() => call('otherRegion', shared, name));
    expect([answer.status, codesOf(answer)]).toEqual([403, ['ORG-3', 'step-of-another-organisation']]);
  },
);

it('SVU-5: the assessment of needs is taken from the hospital alone, not of the future, and shows on the case', async () => {
  const late = { name: 'assessedAt', valueDateTime: new Date(Date.now() + 86_400_000).toISOString() };
  const future = await refused(() => call('nurse', draft, 'record-needs-assessment', parameters(late)));
  expect(codesOf(future)).toContain('assessment-of-needs-in-the-future');
  for (const bad of ['2026-13-01T10:00:00Z', '2026-03-01', '2026-03-01T10:00:00', 'i går'])
    await refused(() =>
      call('nurse', draft, 'record-needs-assessment', parameters({ name: 'assessedAt', valueDateTime: bad })),
    );
  const taken = await call('nurse', draft, 'record-needs-assessment');
  expect([taken.status, taken.text.includes('needs-assessed')]).toEqual([200, true]);
  expect(await lastTried(draft)).toContainEqual({
    action: '$record-needs-assessment',
    outcome: 'success',
    unit: staff.nurse.unit,
  });
});
