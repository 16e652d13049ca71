import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication, OperationOutcome } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { messageTo } from '../support/messages.js';
import { as, codesOf, published, staff, type Who } from '../support/svu.js';

/** A case with as many messages as it may have: all of them are told in one transaction when persons are merged. */

const most = 12;
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({ messageLimit: most });
}, 60_000);
afterAll(() => hub.stop());

/** As large as a file may be. */
const largest = {
  contentType: 'text/plain',
  title: 'a.txt',
  data: Buffer.alloc(65_536, 'a').toString('base64'),
};
const withFile: Partial<Communication> = {
  payload: [{ contentString: 'Se filen' }, { contentAttachment: largest }],
};
const write = async (who: Who, caseId: string) =>
  (await as(hub, who)).post('Communication', messageTo(caseId, { more: withFile }));

/** Writes until it is refused. @returns how many were taken, and the refusal */
async function fill(who: Who, caseId: string) {
  for (let taken = 0; taken <= 3 * most; taken += 1) {
    const answer = await write(who, caseId);
    if (answer.status !== 201) return { taken, answer };
  }
  throw new Error('a case has no end of messages');
}

it('MSG-1, PAT-12: who fills a case with messages stops itself, and at twice the limit every unit; all become the person’s who lives on', async () => {
  const [gone, lives] = ['193406129829', '194711199846'];
  const caseId = await published(hub, gone);
  const first = await fill('healthCentre', caseId);
  expect([first.taken, first.answer.status, codesOf(first.answer)]).toEqual([
    most,
    422,
    ['MSG-1', 'messages-full'],
  ]);
  expect((first.answer.body as OperationOutcome).issue[0]?.details?.text).toContain(`(${most})`);
  expect((await fill('municipality', caseId)).taken).toBe(most / 2);
  expect((await fill('homeNursing', caseId)).taken).toBe(most / 3);
  expect((await fill('nurse', caseId)).taken).toBe(2 * most - most - most / 2 - most / 3);
  // Who may not write is told that, and not how full it is.
  expect((await write('otherMunicipality', caseId)).status).toBe(404);

  const person = (value: string) => ({ type: 'personnummer', value }) as const;
  const told = { sender: 'FULL', occurredAt: new Date().toISOString() };
  await hub.tell(factTopics.stay, {
    ...told,
    kind: 'admitted',
    person: person(lives),
    visit: 'FULL',
    ward: staff.nurse.unit,
    messageId: 'FULL-1',
  });
  await hub.population.change(lives, { referred: [gone] });
  const merged = await hub.tell(factTopics.identity, {
    ...told,
    person: person(lives),
    replaced: [person(gone)],
    messageId: 'FULL-2',
  });
  expect(merged).toMatchObject({ state: 'done', outcome: 'confirmed-by-the-register' });
  const reader = await as(hub, 'homeNursing');
  const subject = ((await reader.get(`CarePlan/${caseId}`)).body as CarePlan).subject;
  const found = await reader.get(`Communication?based-on=CarePlan/${caseId}&category=message&_count=100`);
  const messages = ((found.body as Bundle<Communication>).entry ?? []).flatMap(
    ({ resource }) => resource ?? [],
  );
  expect(messages).toHaveLength(2 * most);
  expect(new Set(messages.map((each) => each.subject?.reference))).toEqual(new Set([subject.reference]));
  expect(messages.every(({ payload }) => payload?.[1]?.contentAttachment?.data === largest.data)).toBe(true);
  expect(new Set(messages.map(({ meta }) => meta?.versionId))).toEqual(new Set(['2']));
});
