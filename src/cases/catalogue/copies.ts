import type { Catalogue, CataloguePractitioner, CatalogueUnit } from '../../directory/catalogue.js';
import type { Sql } from '../../log/log.js';
import type { PractitionerFact, UnitFact } from '../../messaging/contracts/facts.js';

/** What became of a fact of the catalogue. */
export type CopyEffect = 'changed' | 'unchanged' | 'older';

type Kind = 'unit' | 'practitioner';

/**
 * Keeps what the catalogue said: a new version where it says something else than last time, else only that it still says so.
 * What was read before the copy changes nothing. To be called under a lock on the thing it is about.
 */
export async function keepCopy(sql: Sql, kind: Kind, fact: UnitFact | PractitionerFact): Promise<CopyEffect> {
  const hsaId = 'unit' in fact ? fact.unit : fact.practitioner;
  const { readAt, ...content } = fact;
  const { rows } = await sql.query<{ version: number; same: boolean; older: boolean }>(
    `select version, fact = $3::jsonb as same, read_at > $4::timestamptz as older from catalogue_copy
      where kind = $1 and hsa_id = $2 order by version desc limit 1`,
    [kind, hsaId, JSON.stringify(content), readAt],
  );
  const last = rows[0];
  if (last?.older === true) return 'older';
  if (last?.same === true) {
    await sql.query(
      `update catalogue_copy set read_at = $4 where kind = $1 and hsa_id = $2 and version = $3`,
      [kind, hsaId, last.version, readAt],
    );
    return 'unchanged';
  }
  await sql.query(
    `insert into catalogue_copy (kind, hsa_id, version, since, read_at, fact) values ($1, $2, $3, $4, $4, $5)`,
    [kind, hsaId, (last?.version ?? 0) + 1, readAt, JSON.stringify(content)],
  );
  return 'changed';
}

/** A mark that is another whenever a copy is: how many there are, and how new. */
export async function copiesMark(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ mark: string }>(
    `select count(*) || ' ' || coalesce(sum(extract(epoch from read_at)), 0) as mark from catalogue_copy`,
  );
  return rows[0]?.mark ?? '';
}

/**
 * What the catalogue said last of everything it was asked about. Of a unit "not known" and "belongs to no care unit" are empty
 * answers, which a catalogue that is broken gives as well: they count from the second in a row on, until then what it said before.
 */
export async function loadCatalogue(sql: Sql): Promise<Catalogue> {
  const { rows } = await sql.query<{ kind: Kind; hsa_id: string; read_at: Date; fact: object }>(
    `select distinct on (kind, hsa_id) kind, hsa_id, read_at, fact from catalogue_copy as copy
      where not (kind = 'unit' and read_at = since and (
        fact ->> 'found' = 'false'
        or not fact ? 'healthCareUnit' and exists (
          select from catalogue_copy as before where before.kind = 'unit' and before.hsa_id = copy.hsa_id
            and before.version < copy.version and before.fact ? 'healthCareUnit')))
      order by kind, hsa_id, version desc`,
  );
  const of = <Told>(kind: Kind): ReadonlyMap<string, Told> =>
    new Map(
      rows
        .filter((row) => row.kind === kind)
        .map((row) => [row.hsa_id, { ...row.fact, readAt: row.read_at.toISOString() } as unknown as Told]),
    );
  return { units: of<CatalogueUnit>('unit'), practitioners: of<CataloguePractitioner>('practitioner') };
}
