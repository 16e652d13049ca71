import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { tellFollowers } from '../../support/followers.js';
import type { TestHub } from '../../support/hub.js';
import { staff, type Who } from '../../support/svu.js';
import { ReadersOfMessages, anyDeed, eachDeed, people } from './deeds.js';
import { hubUnder } from './messages-setup.js';

/** MSG-1 beside a model of it (`deeds.ts`): whatever becomes of a case, a message is read by those who should, and told to them alone. */
describe.each(['vasterbotten', 'skane'] as const)('Whatever becomes of a case under %s', (policy) => {
  let hub: TestHub;
  let followers: Awaited<ReturnType<typeof tellFollowers>>;
  beforeAll(async () => {
    hub = await hubUnder(policy);
    followers = await tellFollowers(hub);
  }, 60_000);
  afterAll(async () => {
    await followers.stop();
    await hub.stop();
  });

  const done = new Map<string, number>();
  it('MSG-1, ACC-7, SVU-25, CON-5, CON-8, PAT-6, VIEW-11: each message is read by whom it went to, as far as they take part, and told to them alone', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyDeed, { minLength: 12, maxLength: 24 }), async (deeds) => {
        const of = await ReadersOfMessages.begin(hub, policy === 'skane');
        try {
          for (const deed of deeds) {
            const taken = await of.does(deed);
            if (taken) done.set(deed.does, (done.get(deed.does) ?? 0) + 1);
            expect([deed, await of.found()]).toEqual([deed, await of.expected()]);
            const last = of.messages.at(-1);
            if (!taken || last === undefined || !['write', 'answer'].includes(deed.does)) continue;
            const told = await followers.told(of.caseId, 'MessageSent');
            expect(told).toHaveLength(of.messages.length);
            expect(told.at(-1)?.units.toSorted()).toEqual(unitsOf((await of.expected())[last.id] ?? []));
          }
          // By every door.
          for (const { id } of of.messages.slice(-2))
            expect(await of.byEveryDoor(id)).toEqual((await of.expected())[id]);
        } finally {
          // The person's next case needs this one's end.
          await of.end();
        }
      }),
      { numRuns: 12, endOnFailure: true, examples: [[eachDeed]] },
    );
  }, 240_000);

  it('has met each of what may become of one', () => {
    const each = ['write', 'answer', 'join', 'leave', 'remove', 'relist', 'decide', 'publish', 'deregister'];
    expect([...each, 'protect', 'annul'].filter((does) => !done.has(does))).toEqual([]);
  });
});

const unitsOf = (whos: readonly Who[]): readonly string[] =>
  people
    .filter((who) => whos.includes(who))
    .map((who) => staff[who].unit)
    .toSorted();
