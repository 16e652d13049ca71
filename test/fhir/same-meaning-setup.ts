import { afterAll, beforeAll } from '@jest/globals';
import type { Consent, Task } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { startHub, type TestHub } from '../support/hub.js';
import { as, published } from '../support/svu.js';

export let hub: TestHub;
export let centre: Awaited<ReturnType<typeof as>>;
export let nurse: Awaited<ReturnType<typeof as>>;
let caseId: string;
export let task: Task;
export let decision: Consent;

beforeAll(async () => {
  hub = await startHub({ maxAgeMilliseconds: 3_600_000 });
  [nurse, centre] = [await as(hub, 'nurse'), await as(hub, 'healthCentre')];
  caseId = await published(hub, '193406129829');
  const [todo] = await centre.todos(caseId);
  task = (await centre.get(`Task/${todo?.id}`)).body as Task;
  decision = (await nurse.get(`Consent?data=CarePlan/${caseId}`)).body.entry[0].resource as Consent;
});
afterAll(() => hub.stop());

export const expressions = ({ body }: Response): readonly string[] =>
  ((body as { issue?: { expression?: string[] }[] }).issue ?? []).flatMap(
    ({ expression }) => expression ?? [],
  );
