import type { HsaId, Uuid } from '../../process/vocabulary.js';
import type { CasesDependencies } from '../dependencies.js';

/** A ward by its id. Known is a hospital unit of the organisation. */
export function wardOf(
  deps: CasesDependencies,
  id: HsaId,
): { id: HsaId; name: string | undefined; known: boolean } {
  const unit = deps.directory.unit(id);
  return { id, name: unit?.name, known: unit?.side === 'hospital' && unit.active };
}

export function wardsOf({ directory }: CasesDependencies): readonly HsaId[] {
  return directory.organisation.units.filter(({ side }) => side === 'hospital').map(({ hsaId }) => hsaId);
}

/** The ward that the stay was last known at, for a message that names none the hub knows. */
export async function knownWardOfStay(deps: CasesDependencies, stayId: Uuid): Promise<string | undefined> {
  const { rows } = await deps.sql.query<{ ward: string | null }>(
    `select state ->> 'ward' as ward from stream where id = $1 and type = 'stay'`,
    [stayId],
  );
  const ward = rows[0]?.ward ?? undefined;
  return ward !== undefined && deps.directory.unit(ward)?.active === true ? ward : undefined;
}
