import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Communication } from 'fhir/r4.js';
import type { TestHub } from '../../support/hub.js';
import { messageOutside } from '../../support/messages.js';
import { as, codesOf, type Who } from '../../support/svu.js';
import { hubUnder } from './messages-setup.js';

describe('The person whom a message outside every case is about', () => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await hubUnder('vasterbotten');
  }, 60_000);
  afterAll(() => hub.stop());

  const number = '193406129829';
  const sent = async (who: Who, to: readonly Who[]): Promise<Communication> => {
    const answer = await (await as(hub, who)).post('Communication', messageOutside(number, to));
    expect([answer.status, codesOf(answer)]).toEqual([201, []]);
    return answer.body as Communication;
  };

  it('VIEW-6, CON-8: is shown to sender and addressee as known when it was sent, and since, with nothing of before', async () => {
    const patient = (await sent('healthCentre', ['municipality'])).subject?.reference ?? '';
    const versions = async (who: Who) =>
      ((await (await as(hub, who)).get(`${patient}/_history`)).body as Bundle).entry?.length;
    expect(await versions('healthCentre')).toBe(1);
    for (const surname of ['Annan', 'Tredje']) {
      await hub.population.change(number, { surname });
      await sent('healthCentre', ['municipality']);
    }
    expect(await versions('healthCentre')).toBe(3);
    await sent('nurse', ['homeNursing']);
    for (const who of ['nurse', 'homeNursing'] as const) expect([who, await versions(who)]).toEqual([who, 1]);
    // A later message takes nothing from whom an earlier one told.
    await sent('healthCentre', ['homeNursing']);
    expect([await versions('healthCentre'), await versions('homeNursing')]).toEqual([3, 1]);
  });
});
