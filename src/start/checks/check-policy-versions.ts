import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Logger } from 'pino';
import type { Configuration } from '../../configuration/configuration.js';
import { lineOf } from '../../configuration/json-file.js';
import { ConfigurationRefused } from '../../configuration/load-configuration.js';
import type { ConfigurationFault } from '../../configuration/read-variables.js';
import type { Database } from '../../persistence/database.js';
import type { Policies } from '../../policies/policies.js';
import type { PolicyVersion } from '../../policies/policy-file.js';

/** A version as a hub first started with it. */
type Row = Omit<PolicyVersion, 'places'> & { readonly name: string; readonly since: Date };

/**
 * Holds the versions of policies against those that hubs have started with (ADR 60), and keeps those that are new. One that is
 * altered or gone is refused when a case was opened under it: two cases that name one version would differ. Where none was, the
 * new one takes its place.
 * @throws {ConfigurationRefused} by file and line
 */
export async function checkPolicyVersions(
  policies: Policies,
  { policiesDirectory }: Pick<Configuration, 'policiesDirectory'>,
  database: Database,
  logger: Logger,
): Promise<void> {
  const configured = policies.all.flatMap(({ name, versions }) =>
    versions.map((version) => ({ name, ...version })),
  );
  // Of hubs that start at once the first one counts.
  await database.query(
    `insert into policy_version (name, version, settings, since)
     select name, version, settings, clock_timestamp()
       from jsonb_to_recordset($1::jsonb) as configured (name text, version integer, settings jsonb)
         on conflict do nothing`,
    [JSON.stringify(configured)],
  );
  const { rows } = await database.query<Row>('select name, version, settings, since from policy_version');
  const faults: ConfigurationFault[] = [];
  for (const row of rows) {
    const now = configured.find(({ name, version }) => name === row.name && version === row.version);
    if (now !== undefined && isDeepStrictEqual(now.settings, row.settings)) continue;
    if (await wasUsed(database, row)) {
      faults.push(faultOf(row, now, policiesDirectory));
      continue;
    }
    await replace(database, row, now);
    logger.warn({ policy: row.name, version: row.version }, 'another version of a policy that no case has');
  }
  if (faults.length > 0) throw new ConfigurationRefused(faults);
}

/** Whether a case was opened under the version. Looked for in every case, but only where a version is not as it was. */
async function wasUsed(database: Database, { name, version }: Row): Promise<boolean> {
  const { rows } = await database.query(
    `select 1 from stream
      where state -> 'policy' ->> 'name' = $1 and state -> 'policy' ->> 'version' = $2 limit 1`,
    [name, String(version)],
  );
  return rows.length > 0;
}

async function replace(database: Database, row: Row, now: PolicyVersion | undefined): Promise<void> {
  await (now === undefined
    ? database.query('delete from policy_version where name = $1 and version = $2', [row.name, row.version])
    : database.query(
        'update policy_version set settings = $3, since = clock_timestamp() where name = $1 and version = $2',
        [row.name, row.version, JSON.stringify(now.settings)],
      ));
}

function faultOf(row: Row, now: PolicyVersion | undefined, directory: string): ConfigurationFault {
  const variable = 'POLICIES_DIRECTORY';
  const opened = `cases were opened under ${row.name} ${row.version}, which is here since ${row.since.toISOString()}`;
  const file = path.join(directory, `${row.name}.json`);
  if (now === undefined) return { variable, file, problem: `is gone: ${opened}; put it back` };
  const altered = [...new Set([...Object.keys(row.settings), ...Object.keys(now.settings)])].filter(
    (name) => !isDeepStrictEqual(row.settings[name], now.settings[name]),
  );
  const was = altered.map((name) => `${name} was ${JSON.stringify(row.settings[name])}`).join(', ');
  const place = now.places[altered[0] ?? ''] ?? ['versions', row.version - 1, 'settings'];
  return {
    variable,
    file,
    line: lineOf(file, place),
    problem: `${opened}, and ${was}; put it back and write a new version`,
  };
}
