import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operationDefinitions } from '../support/operations.js';
import { answersOf, assessment } from '../support/harm-assessment.js';
import { startHub } from '../support/hub.js';
import type { TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, opened, parameters, published } from '../support/svu.js';

/**
 * What somebody writes freely goes out to others, who must not learn the number of a person they have nothing to do with
 * (PAT-13): whatever the text is of, and however the number is written, it is refused by its path.
 */

const texts = ['Fel patient, ska vara 193406129829', 'dottern 3406x12x9829', 'Se 340612-9829 i stället'];
const textParameters = Object.entries(operationDefinitions).flatMap(([operation, { parameters: all }]) =>
  all.filter(({ type }) => type === 'string').map(({ name }) => ({ operation, name })),
);

let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
let centre: Awaited<ReturnType<typeof as>>;
let draft: string;
let open: string;
beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'healthCentre')];
  draft = await opened(hub, '194102039817');
  open = await published(hub, '193406129829');
});
afterAll(() => hub.stop());

type Answer = Awaited<ReturnType<typeof nurse.post>>;
type Issue = { readonly details?: { readonly coding?: readonly { code?: string }[] }; expression?: string[] };
const places = (answer: Answer): string[] =>
  (answer.body as { issue: Issue[] }).issue
    .filter(({ details }) => details?.coding?.some(({ code }) => code === 'number-in-text'))
    .flatMap(({ expression = [] }) => expression);

describe.each(texts)('PAT-13: a free text is refused that says "%s"', (text) => {
  it.each(textParameters)('in $name of $operation', async ({ operation, name }) => {
    const answer = await nurse.post(
      `CarePlan/${open}/$${operation}`,
      parameters({ name, valueString: text }),
    );
    expect([answer.status, places(answer)]).toEqual([422, ['Parameters.parameter[0].valueString']]);
    expect(answer.text).not.toContain('9829');
  });

  it('as the reason of a new case', async () => {
    const answer = await nurse.post('CarePlan', { ...carePlan('193902169898'), description: text });
    expect([answer.status, places(answer)]).toEqual([422, ['CarePlan.description']]);
  });

  it('as the reason of a harm assessment', async () => {
    const item = { linkId: 'reason-consent-unavailable', answer: [{ valueString: text }] };
    const answer = await nurse.post('Consent', assessment(draft, answersOf({ item: [item] })));
    expect([answer.status, places(answer)]).toEqual([
      422,
      ['Consent.contained[0].item[0].answer[0].valueString'],
    ]);
  });

  it('in a note of a to-do', async () => {
    const [todo] = await centre.todos(open);
    const { body } = await centre.get(`Task/${todo?.id}`);
    const answer = await centre.put(`Task/${todo?.id}`, { ...body, note: [{ text }] });
    expect([answer.status, places(answer)]).toEqual([422, ['Task.note[0].text']]);
  });
});

it('a note of a character too many is told to be too long', async () => {
  const [todo] = await centre.todos(open);
  const { body } = await centre.get(`Task/${todo?.id}`);
  const answer = await centre.put(`Task/${todo?.id}`, { ...body, note: [{ text: 'å'.repeat(2001) }] });
  expect([answer.status, ...codesOf(answer)]).toEqual([422, 'text-too-long']);
});
