import type { SqlConnection } from './database.js';

/**
 * One transaction on a session of one's own, so that what it writes stands or falls with the locks of that session.
 * @param before a statement that is done before the transaction begins, sent together with it: whatever becomes of this process, the
 *   session is then in a transaction, in which the server lets nobody stand idle for long
 * @param after a statement that follows the commit, or the rollback, in the same way
 * @throws what `work` or the database threw; nothing is written then
 */
export async function sessionTransaction<T>(
  sql: SqlConnection,
  {
    begin = 'begin',
    before,
    after,
  }: { readonly begin?: string; readonly before?: string; readonly after?: string },
  work: () => Promise<T>,
): Promise<T> {
  const send = (texts: readonly (string | undefined)[]) =>
    Promise.all(texts.flatMap((text) => (text === undefined ? [] : [sql.query(text)])));
  try {
    await send([before, begin]);
    const result = await work();
    await send(['commit', after]);
    return result;
  } catch (error) {
    await send(['rollback', after]).catch(() => undefined); // A dead session has rolled back already.
    throw error;
  }
}
