import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ConfigurationFault, Environment } from './read-variables.js';
import type { Values } from './variables/index.js';

/** What libpq and the drivers that follow it read where an address leaves it out. */
const ofDrivers =
  /^PG(?:HOST|HOSTADDR|PORT|DATABASE|USER|PASSWORD|PASSFILE|SERVICE|SERVICEFILE|OPTIONS|BINARY|REPLICATION|CLIENT_?ENCODING|APPNAME|CONNECT_TIMEOUT|SSL\w+|REQUIRE\w+|CHANNELBINDING|GSS\w+|KRB\w+|TARGETSESSIONATTRS|LOADBALANCEHOSTS)$/;

/**
 * Production takes its connection to PostgreSQL from the variables of the hub alone, where what is weak or open is refused: not from the
 * driver's own variables, and no password from the driver's own file.
 * @see https://www.postgresql.org/docs/current/libpq-envars.html
 */
export function checkPostgresEnvironment(
  values: Partial<Values>,
  environment: Environment,
): readonly ConfigurationFault[] {
  if (values.HEMGANG_ENVIRONMENT !== 'production') return [];
  const given = Object.keys(environment).filter((name) => ofDrivers.test(name) && environment[name]);
  const file = path.join(environment['HOME'] ?? '.', '.pgpass');
  const open = (['DATABASE_URL', 'AUDIT_DATABASE_URL'] as const).filter((name) => !hasPassword(values[name]));
  return [
    ...given.map((variable) => ({
      variable,
      problem: 'changes the connection to PostgreSQL unseen: production takes it from DATABASE_URL alone',
    })),
    ...(existsSync(file) ? open : []).map((variable) => ({
      variable,
      problem: 'has no password, so that one would be taken from this file, unseen: remove the file',
      file,
    })),
  ];
}

/** True also for what is not given, or has a fault already. */
function hasPassword(url: string | undefined): boolean {
  if (url === undefined) return true;
  const { password, searchParams } = new URL(url);
  return password !== '' || searchParams.getAll('password').at(-1)?.length !== undefined;
}
