import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, consent, opened, parameters, published } from '../support/svu.js';

/** A text that nobody can have written by hand is refused where it stands, whatever it is a text of. */

const longest = 4_000;
const text = 'å'.repeat(longest);
let hub: TestHub;
let nurse: Awaited<ReturnType<typeof as>>;
let centre: Awaited<ReturnType<typeof as>>;
let draft: string;
beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'healthCentre')];
  draft = await opened(hub, '194102039817');
});
afterAll(() => hub.stop());

type Answer = Awaited<ReturnType<typeof nurse.post>>;
const told = (answer: Answer) => [
  answer.status,
  ...codesOf(answer),
  ...(answer.body as { issue: { expression?: string[] }[] }).issue.flatMap(
    ({ expression = [] }) => expression,
  ),
];

describe('a text of one character too many is refused by its path', () => {
  it('of a new case', async () => {
    const answer = await nurse.post('CarePlan', { ...carePlan('193902169898'), description: `${text}x` });
    expect(told(answer)).toEqual([422, 'text-too-long', 'CarePlan.description']);
  });

  it('of a decision, at any depth', async () => {
    const answer = await nurse.post(
      'Consent',
      consent(draft, 'consent', { policyRule: { text: `${text}x` } }),
    );
    expect(told(answer)).toEqual([422, 'text-too-long', 'Consent.policyRule.text']);
  });

  it('of an operation', async () => {
    const answer = await nurse.post(
      `CarePlan/${draft}/$annul`,
      parameters({ name: 'reason', valueString: `${text}x` }),
    );
    expect(told(answer)).toEqual([422, 'text-too-long', 'Parameters.parameter[0].valueString']);
  });

  it('of a to-do', async () => {
    const caseId = await published(hub, '193406129829');
    const [todo] = await centre.todos(caseId);
    const { body } = await centre.get(`Task/${todo?.id}`);
    const answer = await centre.put(`Task/${todo?.id}`, { ...body, note: [{ text: `${text}x` }] });
    expect(told(answer)).toEqual([422, 'text-too-long', 'Task.note[0].text']);
  });

  it('and a name that is no element, or holds a number, is not repeated', async () => {
    const answer = await nurse.post('CarePlan', {
      resourceType: 'CarePlan',
      x: { '193406129829': `${text}x` },
    });
    expect(told(answer)).toEqual([422, 'text-too-long', 'CarePlan.x']);
  });

  it('one of the longest that is taken is no fault', async () => {
    const answer = await nurse.post('CarePlan', { ...carePlan('193902169898'), description: text });
    expect(codesOf(answer)).not.toContain('text-too-long');
  });
});
