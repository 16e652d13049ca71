import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { identifierSystems, personNumberSystems } from '../../src/projection/codes/codes.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, carePlan, codesOf, opened } from '../support/svu.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
});
afterAll(() => hub.stop());

const { personnummer, samordningsnummer } = identifierSystems;
const numbers = { [personnummer]: '193406129829', [samordningsnummer]: '196311909847' };

/** Every place that takes a personal number with its system. */
const doors: Readonly<
  Record<string, (system: string, value: string) => Promise<{ status: number; body: unknown }>>
> = {
  'POST CarePlan': async (system, value) =>
    (await as(hub, 'nurse')).post(
      'CarePlan',
      carePlan(value, { subject: { identifier: { system, value } } }),
    ),
  ...Object.fromEntries(
    [
      ['Patient', 'identifier'],
      ['CarePlan', 'patient.identifier'],
      ['CarePlan', 'subject:identifier'],
    ].map(([type, name]) => [
      `POST ${type}/_search ${name}`,
      async (system: string, value: string) =>
        (await as(hub, 'nurse')).post(
          `${type}/_search`,
          new URLSearchParams([[name ?? '', `${system}|${value}`]]).toString(),
          { type: 'application/x-www-form-urlencoded' },
        ),
    ]),
  ),
};

describe.each(Object.entries(doors))('PAT-1: a number in %s', (_door, send) => {
  it.each(Object.entries(numbers))(
    'is refused under another system than %s, its own',
    async (own, number) => {
      for (const system of [...personNumberSystems, '', 'urn:other'].filter((each) => each !== own)) {
        const { status, body } = await send(system, number);
        expect([system, status >= 400 && status < 500]).toEqual([system, true]);
        expect(JSON.stringify(body)).not.toContain(number);
      }
    },
  );
});

it('PAT-1: a refusal names the system of the number’s own kind, and nobody is registered', async () => {
  const nurse = await as(hub, 'nurse');
  for (const [own, value] of Object.entries(numbers)) {
    const system = personNumberSystems.find((each) => each !== own) ?? '';
    const answer = await nurse.post(
      'CarePlan',
      carePlan(value, { subject: { identifier: { system, value } } }),
    );
    expect([answer.status, codesOf(answer)]).toEqual([422, ['value-not-taken']]);
    expect(answer.body.issue[0]).toMatchObject({ expression: ['CarePlan.subject.identifier.system'] });
    expect(JSON.stringify(answer.body)).toContain(own);
  }
  const { rows } = await hub.store.database.query('select 1 from person_identity');
  expect(rows).toEqual([]);
});

it('PAT-1: under its own system each opens a case', async () => {
  expect(await opened(hub, numbers[personnummer] ?? '')).toBeDefined();
  const [system, value] = [samordningsnummer, numbers[samordningsnummer]];
  const subject = { identifier: { system, value } };
  const answer = await (await as(hub, 'nurse')).post('CarePlan', carePlan(value ?? '', { subject }));
  expect(answer.status).toBe(201);
});
