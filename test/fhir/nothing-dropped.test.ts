import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { codeSystems, coding, extensions, identifierSystems } from '../../src/projection/codes/codes.js';
import { assessment } from '../support/harm-assessment.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, carePlan, consent, opened, parameters, published, staff } from '../support/svu.js';

/**
 * What a client says is honoured or refused by name, never dropped: FHIR's rule for modifiers
 * (https://hl7.org/fhir/R4/conformance-rules.html#isModifier), kept for every element of every body that the hub takes.
 */
type Json = { [name: string]: unknown };
type Write = readonly ['post' | 'put', string, object];

let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
let caseId: string;
let task: Task;
let decision: Consent;

beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  nurse = await as(hub, 'nurse');
  caseId = await published(hub, '193406129829');
  const draft = await opened(hub, '194102039817');
  [task] = (await nurse.todos(draft)) as [Task];
  const { body } = await nurse.get(`Consent?data=CarePlan/${caseId}`);
  decision = body.entry[0].resource as Consent;
});
afterAll(() => hub.stop());

const expressions = ({ body }: Response): readonly string[] =>
  ((body as { issue?: { expression?: string[] }[] }).issue ?? []).flatMap(
    ({ expression }) => expression ?? [],
  );

/** One of each kind of body that is taken, so that what is added to it is what it is refused for. */
const bodies: Readonly<Record<string, () => Write>> = {
  CarePlan: () => [
    'post',
    'CarePlan',
    carePlan('194711199846', {
      extension: [{ url: extensions.needsAssessed, valueDateTime: new Date().toISOString() }],
    }),
  ],
  'Consent, consent': () => [
    'post',
    'Consent',
    consent(caseId, 'consent', {
      patient: decision.patient as object,
    }),
  ],
  'Consent, refusal': () => ['post', 'Consent', consent(caseId, 'refusal')],
  'Consent, harm assessment': () => ['post', 'Consent', assessment(caseId)],
  'Consent, deregistered': () => ['put', `Consent/${decision.id}`, { ...decision, status: 'inactive' }],
  Task: () => [
    'put',
    `Task/${task.id}`,
    {
      ...task,
      status: 'received',
      statusReason: { coding: [coding(codeSystems.todoStatusReason, 'awaits-information')] },
      note: [{ text: 'Efter ronden' }],
    },
  ],
  'Parameters, with a reference': () => [
    'post',
    `CarePlan/${caseId}/$ready`,
    parameters(
      { name: 'date', valueDate: new Date().toISOString().slice(0, 10) },
      {
        name: 'doctor',
        valueReference: { identifier: { system: identifierSystems.hsa, value: staff.doctor.user } },
      },
    ),
  ],
  'Parameters of what reads': () => [
    'post',
    `CarePlan/${caseId}/$background`,
    { resourceType: 'Parameters', meta: { profile: ['https://example.org/p'] } },
  ],
};

/** Every element of a body: FHIRPath, and how to reach it. */
function elementsOf(
  node: Json,
  path: string,
  steps: readonly (string | number)[] = [],
): [string, typeof steps][] {
  return [
    [path, steps],
    ...Object.entries(node).flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.flatMap((one: unknown, index) =>
            isElement(one) ? elementsOf(one, `${path}.${name}[${index}]`, [...steps, name, index]) : [],
          )
        : isElement(value)
          ? elementsOf(value, `${path}.${name}`, [...steps, name])
          : [],
    ),
  ];
}

const isElement = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The body with more in the element that the steps lead to. */
function withMore(body: object, steps: readonly (string | number)[], more: Json): object {
  const copy = structuredClone(body) as Json;
  const at = steps.reduce<Json>((node, step) => node[step] as Json, copy);
  for (const [name, value] of Object.entries(more))
    at[name] =
      Array.isArray(at[name]) && Array.isArray(value) ? [...at[name], ...(value as unknown[])] : value;
  return copy;
}

const send = ([method, path, body]: Write): Promise<Response> => nurse[method](path, body);
const unknown = [{ url: 'https://example.org/fhir/StructureDefinition/only-until', valueDate: '2026-12-01' }];
const inside = (path: string, expression: string): boolean =>
  expression === path || expression.startsWith(`${path}.`) || path.startsWith(`${expression}.`);

describe('nothing that a client says is dropped without a word', () => {
  it.each(Object.keys(bodies))(
    '%s: an extension or modifier that is not known is refused, at any depth',
    async (name) => {
      const [method, path, body] = (bodies[name] as () => Write)();
      const elements = elementsOf(body as Json, (body as { resourceType: string }).resourceType);
      expect(elements.length).toBeGreaterThan(1);
      for (const [at, steps] of elements) {
        if (at.includes('.meta') || at.includes('.text')) continue;
        for (const more of [{ modifierExtension: unknown }, { extension: unknown }]) {
          const [element] = Object.keys(more);
          const answer = await send([method, path, withMore(body, steps, more)]);
          expect([at, element, answer.status >= 400 && answer.status < 500]).toEqual([at, element, true]);
          // Where R4 has no such element the structure is at fault (400); else the element is named (422).
          const named = expressions(answer).filter((each) =>
            inside(`${at}.${element}`, each.replace(/\[\d+\]$/u, '')),
          );
          expect([at, element, expressions(answer), named.length > 0]).toEqual([
            at,
            element,
            expect.anything(),
            true,
          ]);
        }
      }
    },
  );

  it.each(Object.keys(bodies))('%s: extensions beside its primitives are refused', async (name) => {
    const [method, path, body] = (bodies[name] as () => Write)();
    const { resourceType } = body as { resourceType: string };
    for (const [at, steps] of elementsOf(body as Json, resourceType)) {
      if (at.includes('.meta') || at.includes('.text')) continue;
      const node = steps.reduce<Json>((each, step) => each[step] as Json, body as Json);
      for (const [primitive, value] of Object.entries(node)) {
        if (typeof value === 'object' || primitive === 'resourceType') continue;
        const more = { [`_${primitive}`]: { extension: unknown } };
        const answer = await send([method, path, withMore(body, steps, more)]);
        expect([at, primitive, answer.status >= 400]).toEqual([at, primitive, true]);
        expect([at, primitive, expressions(answer).some((each) => inside(at, each))]).toEqual([
          at,
          primitive,
          true,
        ]);
      }
    }
  });

  const anyWhere: readonly (readonly [string, Json, string])[] = [
    ['rules that change everything', { implicitRules: 'https://example.org/rules' }, 'implicitRules'],
    ['another language', { language: 'en' }, 'language'],
    ['a label', { meta: { security: [{ system: 'https://example.org', code: 'R' }] } }, 'meta.security'],
    ['a tag', { meta: { tag: [{ system: 'https://example.org', code: 'x' }] } }, 'meta.tag'],
    [
      'a narrative that says more than the elements',
      {
        text: {
          status: 'additional',
          div: '<div xmlns="http://www.w3.org/1999/xhtml">Bara till fredag</div>',
        },
      },
      'text',
    ],
  ];
  it.each(anyWhere)('%s is refused in every body', async (_, more, element) => {
    for (const [name, write] of Object.entries(bodies)) {
      const [method, path, body] = write();
      const { resourceType } = body as { resourceType: string };
      if (resourceType === 'Parameters' && element === 'text') continue;
      const answer = await send([method, path, withMore(body, [], more)]);
      expect([name, answer.status, expressions(answer)]).toEqual([name, 422, [`${resourceType}.${element}`]]);
    }
  });

  it('what a resource says of itself as a document is taken: ids, versions, profiles, a narrative made of the elements', async () => {
    const frame = {
      id: 'client-own',
      meta: { versionId: '7', lastUpdated: '2020-01-01T00:00:00Z', profile: ['https://example.org/p'] },
      text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Höftfraktur</div>' },
      language: 'sv',
    };
    const answer = await nurse.post('CarePlan', { ...carePlan('194401309887'), ...frame });
    expect([answer.status, expressions(answer)]).toEqual([201, []]);
  });
});
