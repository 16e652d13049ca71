import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OperationOutcome } from 'fhir/r4.js';
import type { Response } from 'supertest';
import { fromProjectRoot } from '../../src/configuration/project-root.js';
import { startHub, type TestHub } from '../support/hub.js';
import { messageTo } from '../support/messages.js';
import { as, carePlan, opened, parameters } from '../support/svu.js';

/** docs/rejections.md, read as a client's developer reads it. `generated.test.ts` says that it is what the rows are. */
const page = readFileSync(fromProjectRoot('docs/rejections.md'), 'utf8');
const rows = new Map(
  page
    .split('\n')
    .map((line) => line.split(/(?<!\\)\|/u).map((cell) => cell.trim()))
    .flatMap(([, rule = '', status, code, sv, en]) =>
      code?.startsWith('`') === true
        ? [[code.slice(1, -1), { rule, status: Number(status), sv, en }] as const]
        : [],
    ),
);

it('has a row for each code that any file of rejections or faults names', () => {
  const files = globSync('src/**/*{-rejections,-faults}.ts', { cwd: fromProjectRoot('.') });
  const codes = files.flatMap((file) =>
    [...readFileSync(fromProjectRoot(file), 'utf8').matchAll(/^ {2}'?([a-z]+(?:-[a-z]+)*)'?: \{$/gmu)].map(
      ([, code]) => code ?? '',
    ),
  );
  expect(codes.length).toBeGreaterThan(200);
  expect(codes.filter((code) => !rows.has(code))).toEqual([]);
  expect([...rows.keys()].toSorted()).toEqual(codes.toSorted());
});

describe('What the page says', () => {
  let hub: TestHub;
  let caseId = '';
  beforeAll(async () => {
    hub = await startHub();
    caseId = await opened(hub, '193406129829');
  }, 60_000);
  afterAll(() => hub.stop());

  /** What is answered, in the form of a row. */
  const rowOf = ({ status, body }: Response) => {
    const [issue] = (body as OperationOutcome).issue;
    const codings = issue?.details?.coding ?? [];
    const of = (system: string) => codings.find((each) => each.system?.endsWith(system) === true)?.code ?? '';
    return [
      of('/refusal'),
      { rule: of('/rule'), status, sv: issue?.details?.text, en: issue?.diagnostics },
    ] as const;
  };

  it.each([
    [
      'a step of another side',
      403,
      async () => (await as(hub, 'municipality')).post('CarePlan', carePlan('193309019903')),
    ],
    [
      'a case that may not be known',
      404,
      async () =>
        (await as(hub, 'municipality')).post(`CarePlan/${caseId}/$publish-admission-notice`, parameters()),
    ],
    [
      'a rule of the process',
      422,
      async () => (await as(hub, 'nurse')).post(`CarePlan/${caseId}/$publish-admission-notice`, parameters()),
    ],
    [
      'a message in a draft',
      422,
      async () => (await as(hub, 'nurse')).post('Communication', messageTo(caseId)),
    ],
    ['a second case', 409, async () => (await as(hub, 'nurse')).post('CarePlan', carePlan('193406129829'))],
    [
      'a number that is none',
      422,
      async () => (await as(hub, 'nurse')).post('CarePlan', carePlan('193406129820')),
    ],
    ['a request without a token', 401, async () => await hub.http().get('/fhir/CarePlan')],
    [
      'a step that is not there',
      404,
      async () => (await as(hub, 'nurse')).post(`CarePlan/${caseId}/$fly`, parameters()),
    ],
  ])('is what a client is answered: %s', async (_what, status, send) => {
    const [code, answered] = rowOf(await send());
    expect(answered.status).toBe(status);
    const row = rows.get(code);
    expect([code, answered.rule, answered.status]).toEqual([code, row?.rule, row?.status]);
    // Placeholders are filled in the answer.
    const filled = (text = '') =>
      new RegExp(
        `^${text.replaceAll(/[.*+?^$()[\]\\]/gu, String.raw`\$&`).replaceAll(/\{\w+\}/gu, '.+')}$`,
        'u',
      );
    expect(answered.sv).toMatch(filled(row?.sv));
    expect(answered.en).toMatch(filled(row?.en));
  });
});
