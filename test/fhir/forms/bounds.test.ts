import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../../support/hub.js';
import { codesOf, published, type Who } from '../../support/svu.js';
import { field, versionOf, withForms, type Form } from './forms-setup.js';

/** A form takes so many saves, by the shares of its units (decision 103). */

const most = 6;
let hub: TestHub;
const { opened, save } = withForms(() => hub);
beforeAll(async () => {
  hub = await startHub({ formSaveLimit: most });
}, 60_000);
afterAll(() => hub.stop());

/** Writes until it is refused. @returns how many saves were taken, and the code of the refusal */
async function fill(who: Who, form: Form): Promise<readonly [number, readonly string[]]> {
  let now = form;
  for (let taken = 0; taken <= 3 * most; taken += 1) {
    const answer = await save(who, form.id, [field('mobility-current', `${who} ${taken}`, versionOf(now))]);
    if (answer.status !== 200) return [taken, codesOf(answer)];
    now = answer.body as Form;
  }
  throw new Error('a form has no end of saves');
}

it('SVU-14: who fills a form stops itself, and at twice the limit every unit', async () => {
  const caseId = await published(hub, '193406129829');
  const full = ['SVU-14', 'answers-full'];
  expect(await fill('nurse', await opened('nurse', caseId))).toEqual([most, full]);
  expect(await fill('municipality', await opened('nurse', caseId))).toEqual([most / 2, full]);
  expect(await fill('healthCentre', await opened('nurse', caseId))).toEqual([most / 3, full]);
  // What says the same as before is no save.
  const again = await opened('nurse', caseId);
  const same = field('mobility-current', 'healthCentre 1', versionOf(again));
  expect((await save('nurse', again.id, [same])).status).toBe(200);
});
