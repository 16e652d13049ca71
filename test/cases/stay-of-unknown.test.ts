import { describe, expect, it } from '@jest/globals';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import type { StayFact } from '../../src/messaging/contracts/facts.js';
import { as } from '../support/svu.js';
import { encounters, hub, nextNumber, stay, w101 } from './stay-facts-setup.js';

async function noticesOf(unit: string): Promise<{ content: string; id: string }[]> {
  const { rows } = await hub.store.database.query<{ content: string; id: string }>(
    `select id, content from resource where type = 'Task' and owner = $1 and content like '%plan-by-telephone%' and not deleted`,
    [unit],
  );
  return rows;
}

describe('a stay of somebody the hub may not or cannot know', () => {
  it.each<[string, string, StayFact['person']]>([
    ['PAT-1', 'unknown', { type: 'personnummer', value: '190001019801' }],
    ['PAT-3', 'malformed', { type: 'personnummer', value: '193406129828' }],
    ['PAT-4', 'reserve-numbered', { type: 'reserve', value: '98240301AA06' }],
    ['PAT-5', 'protected (sekretessmarkering)', { type: 'personnummer', value: '196603259802' }],
    ['PAT-5', 'protected (skyddad folkbokföring)', { type: 'personnummer', value: '197109079934' }],
  ])(
    '%s: %s: the ward gets a to-do without personal data, and nothing else is kept',
    async (_, __, person) => {
      const before = (await noticesOf(w101)).length;
      const identities = await count('person_identity');
      const stays = (await encounters(w101)).length;
      const visit = `P${person.value.slice(0, 4)}${nextNumber()}`;
      const told = await hub.tell(factTopics.stay, stay('', visit, 'admitted', 0, { person }));
      expect(told).toMatchObject({ state: 'done', outcome: 'ward-told', kept: false });
      const notices = await noticesOf(w101);
      expect(notices).toHaveLength(before + 1);
      expect(JSON.stringify(notices)).not.toContain(person.value);
      expect(await count('person_identity')).toBe(identities);
      expect(await encounters(w101)).toHaveLength(stays);
      // The visit's next message does not tell the ward again.
      await hub.tell(factTopics.stay, stay('', visit, 'discharged', 5, { person }));
      expect(await noticesOf(w101)).toHaveLength(before + 1);
    },
  );

  it('PAT-5: no table holds the number of a protected person afterwards', async () => {
    const { rows } = await hub.store.database.query<{ found: number }>(
      `select (select count(*) from event where data::text like '%196603259802%')
        + (select count(*) from inbox where envelope::text like '%196603259802%')
        + (select count(*) from resource_version where content like '%196603259802%')
        + (select count(*) from audit_record where detail::text like '%196603259802%') as found`,
    );
    expect(rows[0]?.found).toBe(0);
  });

  it('ACC-1: the ward completes the to-do, another unit does not see it', async () => {
    const [notice] = await noticesOf(w101);
    const task = JSON.parse(notice?.content ?? '{}') as { id: string };
    const centre = await as(hub, 'healthCentre');
    expect((await centre.put(`Task/${task.id}`, { ...task, status: 'completed' })).status).toBe(404);
    const done = await (await as(hub, 'nurse')).put(`Task/${task.id}`, { ...task, status: 'completed' });
    expect([done.status, done.body.status]).toEqual([200, 'completed']);
  });
});

async function count(table: 'person_identity'): Promise<number> {
  const { rows } = await hub.store.database.query<{ count: number }>(
    `select count(*) as count from ${table}`,
  );
  return rows[0]?.count ?? 0;
}
