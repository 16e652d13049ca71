import type { MissingUnit } from '../../directory/merge-catalogue.js';
import { personLock } from '../../persons/person-locks.js';
import type { Uuid } from '../../process/vocabulary.js';
import { systemActor, type CasesDependencies } from '../dependencies.js';
import { svuStream } from '../streams.js';

/**
 * Tells the open cases in which a unit takes part that the catalogue has closed or does not know: the ward of each is asked to
 * review its participants and to address another unit (ADR-11). Once for each time a unit goes missing; a round cut short is
 * taken up by the next, and what was told already is told again at most once.
 *
 * @returns cases that were told
 */
export async function tellMissingUnits(
  deps: CasesDependencies,
  missing: readonly MissingUnit[],
): Promise<number> {
  const units = missing.map(({ unit }) => unit);
  await deps.sql.query(`delete from catalogue_missing_unit where not unit = any($1::text[])`, [units]);
  await deps.sql.query(
    `insert into catalogue_missing_unit (unit, since) select unit, $2 from unnest($1::text[]) as unit
      on conflict (unit) do nothing`,
    [units, deps.now()],
  );
  const { rows: untold } = await deps.sql.query<{ unit: string }>(
    `select unit from catalogue_missing_unit where told_at is null order by unit`,
  );
  let told = 0;
  for (const { unit } of untold) {
    const { rows: cases } = await deps.sql.query<{ id: Uuid; person_id: Uuid }>(
      `select id, person_id from stream
        where type = 'svu' and state ->> 'phase' in ('draft', 'published')
          and (state::jsonb -> 'participants') ? $1 order by id`,
      [unit],
    );
    for (const { id, person_id: personId } of cases) if (await tell(deps, id, personId, unit)) told += 1;
    await deps.sql.query(`update catalogue_missing_unit set told_at = $2 where unit = $1`, [
      unit,
      deps.now(),
    ]);
  }
  return told;
}

function tell(deps: CasesDependencies, id: Uuid, personId: Uuid, unit: string): Promise<boolean> {
  const at = deps.now().toISOString();
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'hub', id: `unit-closed:${unit}` }, recordedAt: at },
    async (session) => {
      const { state } = await session.load(svuStream, id);
      if (state?.participants[unit] === undefined) return false;
      const { decision } = await session.execute(svuStream, id, {
        type: 'note-register-change',
        at,
        by: systemActor('catalogue'),
        data: { changed: ['unit-closed'] },
      });
      return decision.rejection === undefined;
    },
  );
}
