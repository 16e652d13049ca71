import { afterAll, beforeAll } from '@jest/globals';
import type { Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { startHub, type TestHub } from '../support/hub.js';
import { as, opened, published } from '../support/svu.js';

/** What bodies may not say beside what the hub keeps of them, each named by its place (nothing-dropped.test.ts has what may stand nowhere). */
let hub: TestHub;
export let nurse: Awaited<ReturnType<typeof as>>;
export let caseId: string;
export let task: Task;
export let decision: Consent;

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

export const expressions = ({ body }: Response): readonly string[] =>
  ((body as { issue?: { expression?: string[] }[] }).issue ?? []).flatMap(
    ({ expression }) => expression ?? [],
  );
