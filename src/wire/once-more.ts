/** What Node and undici say where the other side ended a connection. */
const lost: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** Whether a request failed because its connection was ended by the other side. */
function wasLost(error: unknown): boolean {
  for (let at = error; typeof at === 'object' && at !== null; at = 'cause' in at ? at.cause : undefined)
    if ('code' in at && lost.has(String(at.code))) return true;
  return false;
}

/**
 * Sends a request, and once more where its connection was lost before an answer began: one that was kept open may have been dropped on
 * the way without a word, which is told only to who uses it next. Only for requests that may be repeated.
 * @param send `fresh`: over a connection that nobody used before; rejects when no answer began
 */
export async function onceMore<Answer>(send: (fresh: boolean) => Promise<Answer>): Promise<Answer> {
  try {
    return await send(false);
  } catch (error) {
    if (!wasLost(error)) throw error;
    return send(true);
  }
}
