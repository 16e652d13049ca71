import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { startHub, type TestHub } from '../support/hub.js';
import { messageOutside } from '../support/messages.js';
import { as, codesOf, type Who } from '../support/svu.js';

const most = 2;
let hub: TestHub;
beforeAll(async () => {
  hub = await startHub({
    messageLimit: most,
    organisation: (of) => ({
      ...of,
      providers: of.providers.map((each) => ({
        ...each,
        ...(each.policy === undefined ? {} : { policy: 'vasterbotten' }),
      })),
    }),
  });
}, 60_000);
afterAll(() => hub.stop());

it('PAT-6, PAT-12: of messages outside cases there are never twice as many about a person as may be, whoever sends; of another there is room', async () => {
  const send = async (who: Who, number = '193406129829') => {
    const answer = await (await as(hub, who)).post('Communication', messageOutside(number, ['homeNursing']));
    return [answer.status, ...codesOf(answer)].join(' ');
  };
  const full = '422 MSG-5 outside-messages-full';
  // One that fills the person stops itself; the others have their share, until there is twice as much.
  expect([await send('nurse'), await send('nurse'), await send('nurse')]).toEqual(['201', '201', full]);
  expect([await send('healthCentre'), await send('healthCentre')]).toEqual(['201', full]);
  expect([await send('otherWard'), await send('otherHealthCentre')]).toEqual(['201', full]);
  expect(await send('nurse', '194102039817')).toBe('201');
});
