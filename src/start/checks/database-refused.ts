import { isConnectionFailure } from '../../persistence/connection-failure.js';
import { SessionsShared } from '../../persistence/check-sessions.js';
import { DatabaseFolderRefused } from '../../persistence/embedded/embedded-cluster.js';
import { PortTaken } from '../../persistence/embedded/embedded-server.js';
import { codeOf, StartRefused } from '../start-refused.js';

/** What the first words with a PostgreSQL say, by its SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const refusals: readonly (readonly [code: RegExp, problem: string])[] = [
  [/^28/, 'the database refused the login'],
  [/^3D000$/, 'there is no such database on the server'],
  [/^42501$/, 'the role may not do in the database what the hub needs'],
  [/^53300$/, 'the database takes no more connections'],
  [/^57P03$/, 'the database is starting up or shutting down'],
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'the host is not known'],
  [/CERT|SELF_SIGNED|^ERR_TLS/, 'the certificate of the database is not to be trusted'],
];

/** Why a database that a variable names cannot be used. Its password, and what else its address carries, is left out. */
export function databaseRefused(variable: string, url: string): (error: unknown) => StartRefused | undefined {
  const { hostname, port, pathname, username } = new URL(url);
  const place = `${username === '' ? '' : `${username}@`}${hostname}:${port || '5432'}${pathname}`;
  return (error) => {
    if (error instanceof SessionsShared) return new StartRefused(variable, place, error.message, error);
    const code = codeOf(error) ?? '';
    const known = refusals.find(([pattern]) => pattern.test(code))?.[1];
    const problem = known ?? (isConnectionFailure(error) ? 'the database does not answer' : undefined);
    if (problem === undefined) return undefined;
    return new StartRefused(variable, place, code === '' ? problem : `${problem} (${code})`, error);
  };
}

/** Why the embedded database does not come up. */
export function embeddedRefused(port: number): (error: unknown) => StartRefused | undefined {
  return (error) => {
    if (error instanceof DatabaseFolderRefused)
      return new StartRefused('DATA_DIRECTORY', error.place, error.message, error);
    if (error instanceof PortTaken)
      return new StartRefused(
        'EMBEDDED_DATABASE_PORT',
        `127.0.0.1:${port}`,
        'the port is taken by another program; end that one, or choose another port',
        error,
      );
    return undefined;
  };
}
