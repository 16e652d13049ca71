import { types } from 'node:util';

/**
 * True when the database could not be reached, ended the session, or is too busy to take one: nothing is wrong with
 * the statement, and trying again can help. SQLSTATE classes 08, 53, 57P, and 40 (serialisation, deadlock).
 * @see https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isConnectionFailure(error: unknown): boolean {
  if (!types.isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isConnectionFailure);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(08|53|40|57P0|25P03|57014)/.test(code)) return true;
  if (/^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(code)) return true;
  // node-postgres tells some lost connections by text alone.
  return /connection terminated|timeout exceeded when trying to connect|query read timeout|client (was closed|has encountered a connection error)|not queryable/i.test(
    error.message,
  );
}
