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

/** As people write a number of another, the four last digits by themselves. */
const asPeopleWrite = [
  'Maken (född 1928-03-04, sista fyra 9911)',
  '1928-03-04, nr 9911',
  '19280304 sista fyra: 9911',
  '1928-03-04 (de fyra sista är 9911)',
  `280304${' '.repeat(10)}9911`,
  'sista fyra 9911, född 1928-03-04',
  '7192803049911',
  '19280304991177',
  'l9280304-9911',
  '192803O49911',
  '28O3O4-99ll',
  '%31%39280304%39911',
  '&#49;9280304-9911',
  '&#x31;9280304 9911',
];
/** Days, telephone numbers, rooms and years, as such texts have them. */
const without = [
  'Inskriven 2026-11-30, utskrivning 2026-12-04',
  'Ring 1177 efter 2026-12-04',
  'Möte 2026-12-04 kl 1430',
  'Rum 4021, 2026-12-04',
  'Journal 20261130121530',
  '2026-12-04: 2026-12-05',
  'Telefon 0417-123 45, från 2026-12-04',
  'Födelsedag 1928-03-04, flyttade 2024 till Åhus',
  'Mobil 070-123 45 67 eller 0046701234567',
  'Lollo Olofsson, 10 l O2 per dygn',
];

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

it.each(asPeopleWrite)('PAT-13: the reason of a new case is refused that says "%s"', async (text) => {
  const answer = await nurse.post('CarePlan', { ...carePlan('193902169898'), description: text });
  expect([answer.status, places(answer)]).toEqual([422, ['CarePlan.description']]);
});

it.each(without)('a reason without a number is taken: "%s"', async (text) => {
  const reason = { name: 'reason', valueString: text };
  const days = 6 + without.indexOf(text);
  const day = new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const date = { name: 'date', valueDate: day };
  const answer = await nurse.post(`CarePlan/${open}/$change-planned-discharge`, parameters(date, reason));
  expect([text, places({ ...answer, body: { issue: [], ...answer.body } } as Answer)]).toEqual([text, []]);
  expect(answer.status).toBe(200);
});

it('a note of a character too many is told to be too long', async () => {
  const [todo] = await centre.todos(open);
  const { body } = await centre.get(`Task/${todo?.id}`);
  const answer = await centre.put(`Task/${todo?.id}`, { ...body, note: [{ text: 'å'.repeat(2001) }] });
  expect([answer.status, ...codesOf(answer)]).toEqual([422, 'text-too-long']);
});
