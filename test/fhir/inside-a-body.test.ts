import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { startHub, type TestHub } from '../support/hub.js';
import { assessment } from '../support/harm-assessment.js';
import { as, carePlan, codesOf, consent, opened, parameters, published } from '../support/svu.js';

/**
 * Resources inside what is written. What R4 allows and the hub does not take is refused by its path as such (422); 400 says that it is no
 * FHIR, which sends a developer looking for a fault that is not there.
 */
let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
let draft: string;
let task: Task;
let decision: Consent;
beforeAll(async () => {
  hub = await startHub();
  nurse = await as(hub, 'nurse');
  draft = await opened(hub, '194102039817');
  const open = await published(hub, '193406129829');
  const centre = await as(hub, 'healthCentre');
  const [todo] = await centre.todos(open);
  task = (await centre.get(`Task/${todo?.id}`)).body as Task;
  decision = (await nurse.get(`Consent?data=CarePlan/${open}`)).body.entry[0].resource as Consent;
});
afterAll(() => hub.stop());

const answers = (id: string) => ({ resourceType: 'QuestionnaireResponse', id, status: 'completed' });
const inside = {
  'a Patient': [{ resourceType: 'Patient', id: 'p', name: [{ family: 'Lindhage' }] }],
  'a Basic': [{ resourceType: 'Basic', id: 'b', code: { text: 'x' } }],
  'a Condition': [{ resourceType: 'Condition', id: 'c', subject: { reference: '#p' } }],
  'two QuestionnaireResponses': [answers('1'), answers('2')],
  'a CarePlan': [
    { resourceType: 'CarePlan', id: 'x', status: 'draft', intent: 'plan', subject: { display: 'x' } },
  ],
} as const;

/** Every door that takes a body, with what may stand inside it put there. */
const doors: Readonly<Record<string, (contained: unknown) => Promise<Response>>> = {
  CarePlan: (contained) => nurse.post('CarePlan', { ...carePlan('195209179851'), contained }),
  Consent: (contained) => nurse.post('Consent', { ...consent(draft), contained }),
  Task: async (contained) => (await as(hub, 'healthCentre')).put(`Task/${task.id}`, { ...task, contained }),
  'Consent that is updated': (contained) =>
    nurse.put(`Consent/${decision.id}`, { ...decision, status: 'inactive', contained }),
};

const expressions = ({ body }: Response): readonly string[] =>
  ((body as { issue?: { expression?: string[] }[] }).issue ?? []).flatMap((issue) => issue.expression ?? []);

describe.each(Object.entries(doors))('a resource contained in a %s', (name, send) => {
  const [type = ''] = name.split(' ');

  it.each(Object.entries(inside))('that is R4 is told as not taken: %s', async (_what, contained) => {
    const answer = await send(contained);
    expect([answer.status, codesOf(answer), expressions(answer)]).toEqual([
      422,
      ['element-not-taken'],
      [`${type}.contained`],
    ]);
  });

  it.each([
    ['nothing', []],
    ['null', [null]],
    ['no list', { resourceType: 'Patient', id: 'p' }],
    ['no resource', [{ id: 'p' }]],
    ['no type of R4', [{ resourceType: 'Journal', id: 'p' }]],
    ['an abstract type', [{ resourceType: 'DomainResource', id: 'p' }]],
    ['a type in small letters', [{ resourceType: 'patient', id: 'p' }]],
    ['one without an id', [{ resourceType: 'Patient' }]],
    [
      'dom-2: one that contains another',
      [{ resourceType: 'Patient', id: 'p', contained: inside['a Basic'] }],
    ],
    [
      'a QuestionnaireResponse that is none',
      [{ resourceType: 'QuestionnaireResponse', id: 'q', colour: 'red' }],
    ],
    ['one of several that is none', [...inside['a Patient'], { resourceType: 'Journal', id: 'q' }]],
  ])('that is no R4 is told as such: %s', async (_what, contained) => {
    const answer = await send(contained);
    expect(answer.status).toBe(400);
    expect(expressions(answer)[0]).toMatch(new RegExp(`^${type}\\.contained`));
  });
});

describe('a harm assessment (CON-3)', () => {
  it.each([
    ['a Patient beside its answers', (own: object[]) => [...own, ...inside['a Patient']]],
    ['answers twice', (own: object[]) => [...own, { ...own[0], id: 'again' }]],
    ['a Patient in place of them', () => [...inside['a Patient']]],
  ])('with %s is 422', async (_what, change) => {
    const sent = assessment(draft);
    const answer = await nurse.post('Consent', {
      ...sent,
      contained: change(sent.contained ?? []),
    });
    expect(answer.status).toBe(422);
    expect(expressions(answer).every((each) => each.startsWith('Consent.'))).toBe(true);
  });
});

describe('a parameter that is a resource', () => {
  const send = (resource: unknown) =>
    nurse.post(`CarePlan/${draft}/$annul`, {
      ...parameters(),
      parameter: [{ name: 'reason', resource }],
    });

  it.each(Object.values(inside).map(([one]) => one))(
    'is told as not taken: $resourceType',
    async (resource) => {
      const answer = await send(resource);
      expect(answer.status).toBe(422);
      expect(expressions(answer).some((each) => each.startsWith('Parameters.parameter'))).toBe(true);
    },
  );

  it.each([[{}], [{ resourceType: 'Journal' }], [null], ['Patient/1'], [[]]])(
    'that is no R4 is told as such: %j',
    async (resource) => {
      const answer = await send(resource);
      expect([answer.status, expressions(answer)[0]]).toEqual([
        400,
        expect.stringMatching(/^Parameters\.parameter\[0\]\.resource/),
      ]);
    },
  );
});

it('R4 has 147 types of resource, and none of another version', () => {
  const kept = JSON.parse(
    readFileSync(new URL('../../src/fhir/validation/r4-schema.generated.json', import.meta.url), 'utf8'),
  ) as { definitions: { ResourceList: { properties: { resourceType: { enum: string[] } } } } };
  const types = kept.definitions.ResourceList.properties.resourceType.enum;
  expect([types.length, types.includes('EffectEvidenceSynthesis'), types.includes('Citation')]).toEqual([
    147,
    true,
    false,
  ]);
});
