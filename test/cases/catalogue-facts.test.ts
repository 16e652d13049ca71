import { afterEach, describe, expect, it } from '@jest/globals';
import type { Organization } from 'fhir/r4.js';
import { tellMissingUnits } from '../../src/cases/jobs/missing-units.js';
import { systemActor } from '../../src/cases/dependencies.js';
import { svuStream } from '../../src/cases/kinds/svu.js';
import type { LiveDirectory } from '../../src/directory/live-directory.js';
import { factTopics } from '../../src/messaging/contracts/facts.js';
import { directoryId } from '../../src/projection/identity.js';
import { as, published, staff } from '../support/svu.js';
import { follower, hub, nurseFact } from './catalogue-facts-setup.js';

describe('facts of the catalogue', () => {
  it('ORG-1: what was recorded of one of the staff goes when the catalogue no longer says that nothing is protected', async () => {
    const recorded = async () => {
      const { rows } = await hub.store.database.query<{ id: string }>(
        'select message_id as id from connector_recording order by id',
      );
      return rows.map(({ id }) => id);
    };
    for (const id of ['practitioner:SE4999000013-P998', 'practitioner:SE4999000013-P999'])
      await hub.store.database.query(
        `insert into connector_recording (connector, sender, message_id, received_at, outcome, key_id, sealed)
         values ('hsa', 's', $1, now(), 'stored', 'k', '')`,
        [id],
      );
    const other = { practitioner: 'SE4999000013-P999' };
    await hub.tellCatalogue(factTopics.practitioner, nurseFact(other));
    expect(await recorded()).toHaveLength(2);
    const { name: _name, protectedPerson: _protected, ...unsaid } = nurseFact(other);
    await hub.tellCatalogue(factTopics.practitioner, unsaid);
    expect(await recorded()).toEqual(['practitioner:SE4999000013-P998']);
  });

  it('ORG-1: a unit’s new name and closing reach its Organization; what was read before changes nothing', async () => {
    const unit = 'SE4999000013-H102';
    const read = async () =>
      (await (await as(hub, 'nurse')).get(`Organization/${directoryId(unit)}`)).body as Organization;
    const tell = (changes: object, readAt = new Date()) =>
      hub.tellCatalogue(factTopics.unit, { unit, found: true, readAt: readAt.toISOString(), ...changes });
    expect(await tell({ name: 'Vårdcentralen Nya Hamnen' })).toMatchObject({
      state: 'done',
      outcome: 'changed',
    });
    await follower.look();
    expect(await read()).toMatchObject({ name: 'Vårdcentralen Nya Hamnen', active: true });
    expect(await tell({ name: 'Vårdcentralen Nya Hamnen' })).toMatchObject({ outcome: 'unchanged' });
    expect(await tell({ name: 'Förra' }, new Date(Date.now() - 60_000))).toMatchObject({ outcome: 'older' });
    await tell({ name: 'Vårdcentralen Nya Hamnen', endsAt: new Date().toISOString() });
    await follower.look();
    expect(await read()).toMatchObject({ active: false });
    expect(follower.missing).toEqual([{ unit, why: 'closed' }]);
    await tell({ name: 'Vårdcentralen Nya Hamnen' });
    await follower.look();
    expect(follower.missing).toEqual([]);
  });

  it('ACC-7: a unit the catalogue does not know is closed when it has said so twice in a row, one it says is closed at once', async () => {
    const unit = 'SE4999000013-Y101';
    const known = { name: 'Psykiatrimottagningen', healthCareUnit: unit };
    const tell = async (found: boolean, changes: object = {}) => {
      const readAt = new Date().toISOString();
      await hub.tellCatalogue(factTopics.unit, { unit, found, readAt, ...changes });
      await follower.look();
      return hub.cases.directory.unit(unit)?.active;
    };
    // Never known, and not known once: the file stands.
    expect(await tell(false)).toBe(true);
    expect(await tell(true, known)).toBe(true);
    expect(await tell(false)).toBe(true);
    expect(await tell(true, known)).toBe(true);
    expect(await tell(false)).toBe(true);
    expect(await tell(false)).toBe(false);
    expect(follower.missing).toEqual([{ unit, why: 'unknown' }]);
    expect(await tell(true, known)).toBe(true);
    expect(await tell(true, { ...known, archived: true })).toBe(false);
    expect(await tell(true, known)).toBe(true);
  });

  it('ACC-7: one empty answer about a unit’s care unit gives nobody the assignment back that the catalogue has taken', async () => {
    const { user: practitioner, unit } = staff.otherHealthCentre;
    const actors = () => hub.cases.directory.actors(practitioner, unit).length;
    const tell = async (changes: object) => {
      const readAt = new Date().toISOString();
      await hub.tellCatalogue(factTopics.unit, { unit, found: true, name: 'Hamnen', readAt, ...changes });
      await follower.look();
    };
    await tell({ healthCareUnit: unit });
    await hub.tellCatalogue(
      factTopics.practitioner,
      nurseFact({ practitioner, name: { surname: 'Annan' }, assignments: [] }),
    );
    await follower.look();
    expect(actors()).toBe(0);
    await tell({});
    expect(actors()).toBe(0);
    await tell({});
    expect(actors()).toBe(1);
    await tell({ healthCareUnit: unit });
    expect(actors()).toBe(0);
  });

  it('ACC-7: an assignment that the catalogue has no more ends the access of a token that is still valid', async () => {
    const nurse = await as(hub, 'otherWard');
    await hub.tellCatalogue(factTopics.practitioner, nurseFact());
    await follower.look();
    expect((await nurse.get('Organization?_count=1')).status).toBe(200);
    await hub.tellCatalogue(factTopics.practitioner, nurseFact({ assignments: [] }));
    await follower.look();
    expect((await nurse.get('Organization?_count=1')).status).toBe(403);
    await hub.tellCatalogue(factTopics.practitioner, nurseFact());
    await follower.look();
    expect((await nurse.get('Organization?_count=1')).status).toBe(200);
  });

  it('ADR-11: the ward of an open case is told once when a unit that takes part is closed', async () => {
    const id = await published(hub, '193406129829');
    const nurse = await as(hub, 'nurse');
    const closed = { unit: staff.healthCentre.unit, why: 'closed' } as const;
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(1);
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(0);
    const todos = await nurse.todos(id);
    expect(todos.flatMap(({ code }) => code?.coding?.[0]?.code ?? [])).toContain('review-register-change');
    expect(JSON.stringify(todos)).toContain('unit-closed');
    // Open again, and closed again: told again.
    expect(await tellMissingUnits(hub.cases, [])).toBe(0);
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(1);
  });
});

describe('a closed ward', () => {
  const directory = () => hub.cases.directory as LiveDirectory;
  const ward = staff.nurse.unit;
  const kinds = async (who: 'nurse' | 'otherWard', id: string) =>
    (await (await as(hub, who)).todos(id)).flatMap(({ code }) => code?.coding?.[0]?.code ?? []);
  const onCase = (id: string, type: 'freeze' | 'unfreeze') =>
    hub.cases.log.transact(
      { locks: [], cause: { kind: 'hub', id: 'test' }, recordedAt: new Date().toISOString() },
      async (session) => {
        const of = { at: new Date().toISOString(), by: systemActor('population-register') };
        await session.execute(
          svuStream,
          id,
          type === 'freeze'
            ? { type, ...of, data: { cause: 'protected-identity' } }
            : { type, ...of, data: {} },
        );
      },
    );
  const close = (replacedBy?: string) => {
    const open = directory().organisation;
    const units = open.units.map((unit) =>
      unit.hsaId === ward ? { ...unit, active: false, ...(replacedBy && { replacedBy }) } : unit,
    );
    directory().replace({ ...open, units });
    return () => directory().replace(open);
  };
  const closed = { unit: ward, why: 'closed' } as const;
  afterEach(() => tellMissingUnits(hub.cases, []));

  it('SVU-25, ADR-11: its open cases go to the ward that the organisation file names in its place, which is asked to review them', async () => {
    const id = await published(hub, '194102039817');
    const reopen = close(staff.otherWard.unit);
    expect(await tellMissingUnits(hub.cases, [closed])).toBeGreaterThan(0);
    const other = await as(hub, 'otherWard');
    expect((await other.get(`CarePlan/${id}`)).status).toBe(200);
    expect(await kinds('otherWard', id)).toContain('review-register-change');
    expect(await kinds('nurse', id)).toEqual([]);
    reopen();
    // ACC-1, ACC-7: the ward takes part no more, also when it opens again.
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).status).toBe(404);
  });

  it('ORG-5, ACC-1: without one named there its cases stay, and nobody else is let in', async () => {
    const id = await published(hub, '193804289860');
    const reopen = close();
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(1);
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${id}`)).status).toBe(404);
    reopen();
    expect((await (await as(hub, 'nurse')).get(`CarePlan/${id}`)).status).toBe(200);
    expect(await kinds('nurse', id)).toContain('review-register-change');
  });

  it('SVU-25: a ward that the catalogue only does not know keeps its cases: nobody has said that it is closed', async () => {
    const id = await published(hub, '194910129974');
    const reopen = close(staff.otherWard.unit);
    expect(await tellMissingUnits(hub.cases, [{ unit: ward, why: 'unknown' }])).toBeGreaterThan(0);
    expect((await (await as(hub, 'otherWard')).get(`CarePlan/${id}`)).status).toBe(404);
    reopen();
    expect(await kinds('nurse', id)).toContain('review-register-change');
  });

  it('PAT-6, SVU-25: a frozen case is told and goes over when it is frozen no more', async () => {
    const id = await published(hub, '193612229876');
    await onCase(id, 'freeze');
    const reopen = close(staff.otherWard.unit);
    await tellMissingUnits(hub.cases, [closed]);
    expect(await kinds('otherWard', id)).toEqual([]);
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(0);
    await onCase(id, 'unfreeze');
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(1);
    expect(await kinds('otherWard', id)).toContain('review-register-change');
    expect(await tellMissingUnits(hub.cases, [closed])).toBe(0);
    reopen();
  });
});
