import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Bundle, CarePlan, Communication, Task } from 'fhir/r4.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import type { TestHub } from '../../support/hub.js';
import { as, staff, type Who } from '../../support/svu.js';
import { hubUnder, inCases } from './messages-setup.js';

/** PAT-12: what is written in a case when its person turns out to be another whom the hub knows. */

let hub: TestHub;
const { written, readers, asked, published, remove, ids } = inCases(() => hub);
beforeAll(async () => {
  hub = await hubUnder('vasterbotten');
}, 60_000);
afterAll(() => hub.stop());

const person = (value: string) => ({ type: 'personnummer', value }) as const;

/** The register says that two numbers are one person's. @param lives the number that stays */
async function merge(lives: string, gone: string): Promise<void> {
  await hub.population.change(lives, { referred: [gone] });
  const told = await hub.tell(factTopics.identity, {
    sender: 'MERGED',
    occurredAt: new Date().toISOString(),
    person: person(lives),
    replaced: [person(gone)],
    messageId: `MERGED-${lives}`,
  });
  expect(told).toMatchObject({ state: 'done', outcome: 'confirmed-by-the-register' });
}

/** The hub knows somebody without a case. */
const admit = (value: string) =>
  hub.tell(factTopics.stay, {
    sender: 'MERGED',
    occurredAt: new Date().toISOString(),
    kind: 'admitted',
    person: person(value),
    visit: `MERGED-${value}`,
    ward: staff.nurse.unit,
    messageId: `ADMITTED-${value}`,
  });

it.each([
  ['the one who is retired', '193406129829', '194711199846', true],
  ['the one who lives on', '192908059831', '193309019903', false],
])(
  'PAT-12, MSG-1, ACC-7: a merge of persons keeps the readers of each message of a case of %s',
  async (_whose, ofCase, other, retired) => {
    const caseId = await published(ofCase);
    const toOne = await written('nurse', caseId, { to: ['homeNursing'] });
    const answer = await written('homeNursing', caseId, { answers: toOne, text: 'Ja' });
    const toCentre = await written('nurse', caseId, { to: ['healthCentre'] });
    const toAll = await written('nurse', caseId);
    // Who left reads nothing of it, before or after.
    await remove(caseId, 'healthCentre');
    const all = [toOne, answer, toCentre, toAll];
    const whoRead = async () => {
      const found: (readonly Who[])[] = [];
      for (const id of all) found.push(await readers(caseId, id));
      return found;
    };
    const before = await whoRead();
    expect(before.slice(0, 3)).toEqual([['nurse', 'homeNursing'], ['nurse', 'homeNursing'], ['nurse']]);
    expect(before[3]).toEqual(expect.arrayContaining(['nurse', 'homeNursing', 'municipality']));
    const askedBefore = (await asked('homeNursing')).map(({ id }) => id);

    await admit(other);
    await (retired ? merge(other, ofCase) : merge(ofCase, other));

    expect(await whoRead()).toEqual(before);
    const reader = await as(hub, 'homeNursing');
    const { subject } = (await reader.get(`CarePlan/${caseId}`)).body as CarePlan;
    const found = await reader.get(`Communication?subject=${subject.reference}&category=message`);
    expect(new Set(ids(found))).toEqual(new Set([toOne, answer, toAll]));
    for (const { resource } of (found.body as Bundle<Communication>).entry ?? [])
      expect(resource?.subject?.reference).toBe(subject.reference);
    // What was still to be acknowledged is: of the same person, and by the same units.
    const tasks: readonly Task[] = await asked('homeNursing');
    expect(new Set(tasks.map(({ id }) => id))).toEqual(new Set(askedBefore));
    expect(new Set(tasks.map((task) => task.for?.reference))).toContain(subject.reference);
    // Those who read a message before write to each other as before, and no others read it.
    const since = await written('homeNursing', caseId, { answers: toOne, text: 'Och nu' });
    expect(await readers(caseId, since)).toEqual(['nurse', 'homeNursing']);
  },
  60_000,
);
