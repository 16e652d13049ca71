import type { MissingUnit } from '../../directory/merge-catalogue.js';
import { successorOf } from '../../directory/successor.js';
import { WrittenByNewer } from '../../log/written-by-newer.js';
import { personLock } from '../../persons/person-locks.js';
import type { Uuid } from '../../process/vocabulary.js';
import { systemActor, type CasesDependencies } from '../dependencies.js';
import { executeOnCase } from '../on-case.js';
import { findCase } from '../open-cases.js';

type Case = { readonly id: Uuid; readonly person_id: Uuid };

/**
 * Tells the open cases in which a unit takes part that the catalogue has closed or does not know: the ward of each is asked to
 * review its participants and to address another unit (ADR-11). Where it is the ward itself and the catalogue says that it is closed,
 * the case first goes to the ward that the organisation file names in its place (SVU-25). Once for each time a unit goes missing; a round cut short is taken up by the
 * next, and what was told already is told again at most once. A frozen case is told when it is frozen no more (PAT-6).
 *
 * @returns cases that were told
 */
export async function tellMissingUnits(
  deps: CasesDependencies,
  missing: readonly MissingUnit[],
): Promise<number> {
  const units = missing.map(({ unit }) => unit);
  await deps.sql.query(`delete from catalogue_missing_unit where not unit = any($1::text[])`, [units]);
  await deps.sql.query(`delete from catalogue_untold_case where not unit = any($1::text[])`, [units]);
  await deps.sql.query(
    `insert into catalogue_missing_unit (unit, since) select unit, $2 from unnest($1::text[]) as unit
      on conflict (unit) do nothing`,
    [units, deps.now()],
  );
  const { rows: frozenBefore } = await deps.sql.query<Case & { unit: string }>(
    `select unit, id, person_id from catalogue_untold_case join stream on id = case_id
      where state ->> 'frozen' = 'false' order by unit, id`,
  );
  const closed = new Set(missing.filter(({ why }) => why === 'closed').map(({ unit }) => unit));
  let told = 0;
  for (const each of frozenBefore) if (await tellOrKeep(deps, each, each.unit, closed)) told += 1;
  const { rows: untold } = await deps.sql.query<{ unit: string }>(
    `select unit from catalogue_missing_unit where told_at is null order by unit`,
  );
  for (const { unit } of untold) {
    const { rows: cases } = await deps.sql.query<Case>(
      `select id, person_id from stream
        where open and (state::jsonb -> 'participants') ? $1 order by id`,
      [unit],
    );
    for (const each of cases) if (await tellOrKeep(deps, each, unit, closed)) told += 1;
    await deps.sql.query(`update catalogue_missing_unit set told_at = $2 where unit = $1`, [
      unit,
      deps.now(),
    ]);
  }
  return told;
}

/** As `tell`; a case that a newer version wrote in is kept for its processes, and holds up no other (ADR 88). */
async function tellOrKeep(deps: CasesDependencies, ...of: TellArguments): Promise<boolean> {
  try {
    return await tell(deps, ...of);
  } catch (error) {
    if (!(error instanceof WrittenByNewer)) throw error;
    const [{ id }, unit] = of;
    await deps.sql.query(
      `insert into catalogue_untold_case (unit, case_id) values ($1, $2) on conflict do nothing`,
      [unit, id],
    );
    return false;
  }
}

type TellArguments = [of: Case, unit: string, closed: ReadonlySet<string>];

/** @returns whether the case was told; a frozen one is kept for later */
function tell(
  deps: CasesDependencies,
  { id, person_id: personId }: Case,
  unit: string,
  closed: ReadonlySet<string>,
): Promise<boolean> {
  const at = deps.now().toISOString();
  const of = { at, by: systemActor('catalogue') };
  return deps.log.transact(
    { locks: [personLock(personId)], cause: { kind: 'hub', id: `unit-closed:${unit}` }, recordedAt: at },
    async (session) => {
      const found = await findCase(session, deps.kinds, id);
      if (found?.state.frozen === true) {
        await session.sql.query(
          `insert into catalogue_untold_case (unit, case_id) values ($1, $2) on conflict do nothing`,
          [unit, id],
        );
        return false;
      }
      await session.sql.query(`delete from catalogue_untold_case where unit = $1 and case_id = $2`, [
        unit,
        id,
      ]);
      if (found?.state.participants[unit] === undefined) return false;
      const { kind, state } = found;
      const successor = closed.has(unit) ? successorOf(deps.directory, unit) : undefined;
      if (successor !== undefined) {
        const named = { unit: successor.hsaId, name: successor.name };
        for (const command of kind.succeeded?.(state, unit, named, of) ?? [])
          await executeOnCase(session, kind, id, command);
      }
      const { decision } = await executeOnCase(session, kind, id, {
        type: 'note-register-change',
        ...of,
        data: { changed: ['unit-closed'] },
      });
      return decision.rejection === undefined;
    },
  );
}
