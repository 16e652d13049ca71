import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Bundle, Consent } from 'fhir/r4.js';
import { streamsOf } from '../../../src/cases/streams/collect-streams.js';
import { caseKinds } from '../../../src/cases/kinds/every-kind.js';
import { factTopics } from '../../../src/messaging/contracts/facts.js';
import type { TestHub } from '../../support/hub.js';
import { policyNames } from '../../support/policies.js';
import { as, consent, parameters, type Who } from '../../support/svu.js';
import { hubUnder, inCases } from './messages-setup.js';
import { rebuiltDifferences } from '../../support/rebuilt.js';

/** Who reads what was written to one unit, by every door, whatever becomes of the case. */
describe.each(policyNames)('A message to one unit, and one to all, under %s', (policy) => {
  let hub: TestHub;
  const { written, readers, asked, published, add, remove, ids } = inCases(() => hub);
  beforeAll(async () => {
    hub = await hubUnder(policy);
  }, 60_000);
  afterAll(() => hub.stop());

  const takePart = ['nurse', 'healthCentre', 'municipality', 'homeNursing'] as const satisfies readonly Who[];
  /** MSG-1: under skane everybody who takes part. */
  const alone = (...who: readonly Who[]): readonly Who[] => (policy === 'skane' ? takePart : who);
  let caseId = '';
  let toOne = '';
  let toAll = '';
  const number = '193406129829';
  const both = async () => [await readers(caseId, toOne), await readers(caseId, toAll)];

  it('MSG-1: is read by sender and addressee; and by all', async () => {
    caseId = await published(number);
    toOne = await written('nurse', caseId, { to: ['homeNursing'] });
    toAll = await written('healthCentre', caseId);
    expect(await both()).toEqual([alone('nurse', 'homeNursing'), takePart]);
  });

  it('MSG-1: its Task is found by those alone who read it, and an include shows nothing more', async () => {
    for (const who of takePart) {
      const reader = await as(hub, who);
      const found = ids(await reader.get(`Task?focus=Communication/${toOne}&_include=Task:focus`));
      const sees = alone('nurse', 'homeNursing').includes(who);
      expect([who, found.length, found.includes(toOne)]).toEqual([who, sees ? 2 : 0, sees]);
    }
    const elsewhere = await as(hub, 'otherMunicipality');
    expect(ids(await elsewhere.get(`Task?focus=Communication/${toAll}&_include=Task:focus`))).toEqual([]);
  });

  it('MSG-1: the trail of a case tells who read it', async () => {
    await (await as(hub, 'homeNursing')).get(`Communication/${toOne}`);
    const { rows } = await hub.store.database.query<{ case_id: string }>(
      `select distinct case_id from audit_record where detail->>'resource' = $1 and action = 'read' and outcome = 'success'`,
      [`Communication/${toOne}`],
    );
    expect(rows).toEqual([{ case_id: caseId }]);
  });

  it('ACC-1: a unit that joins later reads what went to all, and not what went to others', async () => {
    await add(caseId, 'otherHealthCentre');
    const [one, all] = await both();
    expect(one).toEqual(
      policy === 'skane'
        ? ['nurse', 'healthCentre', 'otherHealthCentre', 'municipality', 'homeNursing']
        : ['nurse', 'homeNursing'],
    );
    expect(all).toContain('otherHealthCentre');
    await remove(caseId, 'otherHealthCentre');
    expect(await both()).toEqual([alone('nurse', 'homeNursing'), takePart]);
  });

  it('CON-8: a deregistered decision leaves it to those who read it, and a unit that joins then reads neither', async () => {
    const lead = await as(hub, 'nurse');
    const [decision] =
      (
        (await lead.get(`Consent?data=CarePlan/${caseId}&status=active`)).body as Bundle<
          Consent & { id: string }
        >
      ).entry ?? [];
    const inactive = { ...decision?.resource, status: 'inactive' };
    expect((await lead.put(`Consent/${decision?.resource?.id}`, inactive)).status).toBe(200);
    expect(await both()).toEqual([alone('nurse', 'homeNursing'), takePart]);
    await add(caseId, 'otherHealthCentre');
    expect(await both()).toEqual([alone('nurse', 'homeNursing'), takePart]);
    expect((await lead.post('Consent', consent(caseId))).status).toBe(201);
    await remove(caseId, 'otherHealthCentre');
  });

  it('PAT-6: nobody reads either while the person is protected', async () => {
    const tell = async (protectedPerson: boolean) => {
      const person = { type: 'personnummer', value: number } as const;
      const record = { identifier: person, protectedPerson };
      await hub.population.change(number, { protectedPerson });
      await hub.tell(factTopics.person, { person, found: true, record, readAt: new Date().toISOString() });
    };
    await tell(true);
    expect(await both()).toEqual([[], []]);
    expect(await asked('homeNursing')).toEqual([]);
    await tell(false);
    expect(await both()).toEqual([alone('nurse', 'homeNursing'), takePart]);
    expect(await asked('homeNursing')).toHaveLength(2);
  });

  it('SVU-25, ADR-11: who leads the case after the ward reads what the ward read, and acknowledges what it had to', async () => {
    const toWard = await written('homeNursing', caseId, { to: ['nurse'] });
    await add(caseId, 'otherWard');
    expect(await readers(caseId, toWard)).toEqual(
      policy === 'skane'
        ? ['nurse', 'otherWard', 'healthCentre', 'municipality', 'homeNursing']
        : ['nurse', 'homeNursing'],
    );
    await remove(caseId, 'nurse');
    expect(await readers(caseId, toWard)).toEqual(
      policy === 'skane'
        ? ['otherWard', 'healthCentre', 'municipality', 'homeNursing']
        : ['otherWard', 'homeNursing'],
    );
    expect(await asked('nurse')).toEqual([]);
    const [task] = (await asked('otherWard')).filter(
      ({ focus }) => focus?.reference === `Communication/${toWard}`,
    );
    const done = await (await as(hub, 'otherWard')).put(`Task/${task?.id}`, { ...task, status: 'completed' });
    expect(done.status).toBe(200);
  });

  it('MSG-1: what a ward that came back writes to one unit is read by these two, and not by who leads the case after it', async () => {
    const before = await written('otherWard', caseId, { to: ['homeNursing'] });
    await add(caseId, 'nurse', 'otherWard');
    const since = await written('nurse', caseId, { to: ['homeNursing'] });
    const answer = await written('homeNursing', caseId, { answers: since, text: 'Ja' });
    const again = await written('nurse', caseId, { to: ['homeNursing'] });
    for (const id of [since, answer, again])
      expect(await readers(caseId, id)).toEqual(
        policy === 'skane'
          ? ['nurse', 'otherWard', 'healthCentre', 'municipality', 'homeNursing']
          : ['nurse', 'homeNursing'],
      );
    // What was told before stays with who was told it, or who leads the case after them.
    expect([await readers(caseId, toOne), await readers(caseId, before)]).toEqual(
      policy === 'skane'
        ? [
            ['nurse', 'otherWard', 'healthCentre', 'municipality', 'homeNursing'],
            ['nurse', 'otherWard', 'healthCentre', 'municipality', 'homeNursing'],
          ]
        : [
            ['nurse', 'otherWard', 'homeNursing'],
            ['otherWard', 'homeNursing'],
          ],
    );
    await remove(caseId, 'nurse', 'otherWard');
  });

  it('CON-5: nobody reads either under a refusal, nor is anything to be acknowledged', async () => {
    const lead = await as(hub, 'otherWard');
    expect((await lead.post('Consent', consent(caseId, 'refusal'))).status).toBe(201);
    expect(await both()).toEqual([[], []]);
    expect(await asked('homeNursing')).toEqual([]);
  });

  it('VIEW-11: both go with a case that is annulled', async () => {
    const lead = await as(hub, 'otherWard');
    const annulled = await lead.post(`CarePlan/${caseId}/$annul`, parameters());
    expect(annulled.status).toBe(200);
    expect(await both()).toEqual([[], []]);
  });

  it('the log makes the same rows again', async () => {
    expect(await rebuiltDifferences(hub.store.database, streamsOf(caseKinds))).toEqual([]);
  });
});
