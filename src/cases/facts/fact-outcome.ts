import type { Sql } from '../../log/log.js';

/**
 * Marks the inbox row of a fact as done, called inside the fact's own transaction. `keepPayload: false` drops the payload
 * at once, where nothing about the person may be kept.
 */
export type Mark = (sql: Sql, outcome: string, keepPayload: boolean) => Promise<void>;
