import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { factTopics, type StayFact } from '../../src/messaging/contracts/facts.js';
import { startHub, type TestHub } from '../support/hub.js';
import { stayFacts } from '../support/stay-facts.js';
import type { Who } from '../support/staff.js';
import { as, published } from '../support/svu.js';

/** What journals tell of a stay while its person is protected is not kept (PAT-5); the ward is asked once she is so no more. */

let hub: TestHub;
beforeAll(async () => {
  hub = await startHub();
}, 60_000);
afterAll(() => hub.stop());

const fact = stayFacts('MISSED');
const ago = (minutes: number): Date => new Date(Date.now() - minutes * 60_000);
const protect = async (value: string, protectedPerson: boolean) => {
  await hub.population.change(value, { protectedPerson });
  const identifier = { type: 'personnummer', value } as const;
  const record = { identifier, protectedPerson };
  const readAt = new Date().toISOString();
  return hub.tell(factTopics.person, { person: identifier, found: true, record, readAt });
};
const kindsOf = async (who: Who, id: string): Promise<readonly string[]> =>
  (await (await as(hub, who)).todos(id)).map((todo) => todo.code?.coding?.[0]?.code ?? '');

it.each<[StayFact['kind'], string]>([
  ['discharged', '193406129829'],
  ['transferred', '194102039817'],
  ['admission-cancelled', '194711199846'],
])(
  'PAT-6: the ward is asked where the patient is, whose stay was told of while she was protected (%s)',
  async (kind, number) => {
    const visit = `V ${kind}`;
    await hub.tell(factTopics.stay, fact(number, visit, 'admitted', ago(60)));
    const id = await published(hub, number);
    const before = await kindsOf('healthCentre', id);
    expect((await protect(number, true)).outcome).toBe('sealed');
    const meanwhile = await hub.tell(factTopics.stay, fact(number, visit, kind, ago(30)));
    expect(meanwhile).toMatchObject({
      outcome: expect.stringMatching(/ward-told|no ward to tell/u),
      kept: false,
    });
    expect((await protect(number, false)).outcome).toBe('unsealed');
    expect(await kindsOf('nurse', id)).toContain('review-missed-stay');
    expect(await kindsOf('healthCentre', id)).toEqual(before);
    // The next fact of the stay tells what it says now.
    await hub.tell(factTopics.stay, fact(number, visit, 'discharged', ago(10)));
    expect(await kindsOf('nurse', id)).toContain('publish-discharge');
  },
);
