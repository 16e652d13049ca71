import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { CarePlan, Communication } from 'fhir/r4.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { identifierSystems } from '../../src/projection/codes/codes.js';
import { inCases } from '../fhir/messages/messages-setup.js';
import { startHub, type TestHub } from '../support/hub.js';
import { as, codesOf, parameters, staff } from '../support/svu.js';

/** What hangs on a case may be of a kind that a newer version has and this one does not know (ADR 88): then it cannot be told of the case. */

let hub: TestHub;
const { published, written } = inCases(() => hub);
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub.stop());

it('PAT-12, ACC-7: the person of a case is not replaced, and no unit that has something to do there removed, without what hangs on it', async () => {
  const [gone, lives] = ['193406129829', '194711199846'];
  const caseId = await published(gone);
  const messageId = await written('nurse', caseId, { acknowledgedBy: ['municipality'] });
  const become = (type: string) =>
    hub.store.database.query('update stream set type = $2 where id = $1', [messageId, type]);
  const nurse = await as(hub, 'nurse');
  const personOf = async () => ((await nurse.get(`CarePlan/${caseId}`)).body as CarePlan).subject;
  const before = await personOf();
  await become('of-tomorrow');

  const unit = { identifier: { system: identifierSystems.hsa, value: staff.municipality.unit } };
  const remove = () =>
    nurse.post(
      `CarePlan/${caseId}/$remove-participant`,
      parameters(
        { name: 'unit', valueReference: unit },
        { name: 'confirmed', valueBoolean: true },
        { name: 'reason', valueString: 'Fel enhet' },
      ),
    );
  const removed = await remove();
  expect([removed.status, codesOf(removed)]).toEqual([503, ['written-by-newer']]);

  const person = (value: string) => ({ type: 'personnummer', value }) as const;
  const told = { sender: 'NEWER', occurredAt: new Date().toISOString() };
  await hub.tell(factTopics.stay, {
    ...told,
    kind: 'admitted',
    person: person(lives),
    visit: 'NEWER',
    ward: staff.nurse.unit,
    messageId: 'NEWER-1',
  });
  await hub.population.change(lives, { referred: [gone] });
  const merge = { ...told, person: person(lives), replaced: [person(gone)] };
  expect(await hub.tell(factTopics.identity, { ...merge, messageId: 'NEWER-2' })).toMatchObject({
    state: 'waiting',
    cause: 'written-by-newer-version',
  });
  expect(await personOf()).toEqual(before);

  // A process that knows the kind takes both along.
  await become('message');
  const answer = await remove();
  expect([answer.status < 300, codesOf(answer)]).toEqual([true, []]);
  const { body } = await nurse.get(`Communication/${messageId}`);
  expect((body as Communication).subject).toEqual(before);
});
