import { unseen } from '../../persistence/kept-plan.js';
import type { SqlConnection } from '../../persistence/database.js';
import { isSealed, openFact, SealBroken, type SealedEvent } from '../contracts/sealed-event.js';
import type { RecoveryKey } from '../contracts/recovery-key.js';
import { topicOfSealed } from '../contracts/sealed-topics.js';
import type { CloudEvent } from '../contracts/cloud-event.js';
import type { IncomingMessage } from '../transport/transport.js';
import type { OpenedFacts } from './opened-facts.js';

type Received = Pick<IncomingMessage, 'topic' | 'key' | 'value' | 'headers'>;

/**
 * A message as it can be read: `value` is open, `sealed` what came and is kept. `lost`: its key is gone. `broken`: it has one, and does
 * not open.
 */
export type OpenedMessage = Received & {
  readonly sealed?: SealedEvent;
  readonly lost?: true;
  readonly broken?: true;
};

/**
 * Opens what is sealed of a batch; one question for all of it. What cannot be parsed stays as it is.
 * @param opened is told what was opened
 */
export async function openMessages(
  sql: Pick<SqlConnection, 'query' | 'prepared'>,
  batch: readonly Received[],
  recovery?: RecoveryKey,
  opened?: OpenedFacts,
): Promise<readonly OpenedMessage[]> {
  const events = batch.map(({ topic, value }) =>
    topicOfSealed(topic) === topic ? undefined : sealedOf(value),
  );
  const sealedEvents = events.filter((event) => event !== undefined);
  const stored = await keysOf(sql, sealedEvents);
  const without = sealedEvents.filter(({ sealkey }) => !stored.has(sealkey));
  const recovered =
    recovery === undefined || without.length === 0 ? [] : await recoverKeys(sql, without, recovery);
  const keys = new Map([...stored, ...recovered]);
  return batch.map((message, place) => {
    const sealed = events[place];
    if (sealed === undefined) return message;
    const key = keys.get(sealed.sealkey);
    const topic = topicOfSealed(message.topic);
    if (key === undefined) return { ...message, topic, sealed, lost: true };
    const event = openOrUndefined(sealed, key);
    if (event === undefined) return { ...message, broken: true };
    opened?.keep(sealed, key, event.data);
    return { ...message, topic, value: JSON.stringify(event), sealed };
  });
}

export async function keysOf(
  sql: Pick<SqlConnection, 'query' | 'prepared'>,
  events: readonly SealedEvent[],
): Promise<ReadonlyMap<string, Buffer>> {
  if (events.length === 0) return new Map();
  const { rows } = await sql.prepared<{ id: string; key: Buffer }>(
    'sealing-keys',
    // Each is looked up by its index, whatever plan was made while there were few.
    `select asked.id, k.key from unnest(${unseen('$1::text[]', '$2::uuid[]')}) as asked (event_id, id)
     cross join lateral (
       select key from sealing_key where event_id = asked.event_id and sealing_key.id = asked.id limit 1) as k`,
    [events.map(({ id }) => id), events.map(({ sealkey }) => sealkey)],
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}

function sealedOf(value: string): SealedEvent | undefined {
  try {
    const event: unknown = JSON.parse(value);
    return isSealed(event) && isKeyId(event.sealkey) && typeof event.id === 'string' ? event : undefined;
  } catch {
    return undefined;
  }
}

const isKeyId = (id: unknown) =>
  typeof id === 'string' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);

function openOrUndefined(sealed: SealedEvent, key: Buffer): CloudEvent | undefined {
  try {
    return openFact(sealed, key);
  } catch (error) {
    if (error instanceof SealBroken) return undefined;
    throw error;
  }
}

/**
 * After a restore of the database: keys that went with it, from the messages themselves. Not of facts that the inbox knows: their
 * keys were destroyed, and stay so.
 */
async function recoverKeys(
  sql: Pick<SqlConnection, 'query'>,
  events: readonly SealedEvent[],
  recovery: RecoveryKey,
): Promise<ReadonlyMap<string, Buffer>> {
  const { rows: known } = await sql.query<{ event_id: string }>(
    'select event_id from inbox where event_id = any($1::text[])',
    [events.map(({ id }) => id)],
  );
  const ended = new Set(known.map(({ event_id }) => event_id));
  const recovered = events.flatMap(({ id, sealkey, sealrecovery }) => {
    const key = sealrecovery === undefined || ended.has(id) ? undefined : recovery.unwrap(id, sealrecovery);
    return key === undefined ? [] : [{ id, sealkey, key }];
  });
  if (recovered.length > 0)
    await sql.query(
      `insert into sealing_key (event_id, id, key, made_at)
       select event_id, id, key, now() from unnest($1::text[], $2::uuid[], $3::bytea[]) as kept (event_id, id, key)
       on conflict do nothing`,
      [
        recovered.map(({ id }) => id),
        recovered.map(({ sealkey }) => sealkey),
        recovered.map(({ key }) => key),
      ],
    );
  return new Map(recovered.map(({ sealkey, key }) => [sealkey, key]));
}

/** Destroys the keys of facts, by event id: no copy of them opens again. */
export async function destroyKeys(
  sql: Pick<SqlConnection, 'query'>,
  eventIds: readonly string[],
): Promise<void> {
  if (eventIds.length > 0)
    await sql.query('delete from sealing_key where event_id = any($1::text[])', [eventIds]);
}

/**
 * Destroys keys made before `before` that open nothing the inbox still keeps: those of facts that were never taken, and of
 * repeats that came when the fact was done.
 */
export async function destroyOldKeys(sql: Pick<SqlConnection, 'query'>, before: Date): Promise<number> {
  const { rowCount } = await sql.query(
    `delete from sealing_key as k where made_at < $1
       and not exists (select from inbox where inbox.event_id = k.event_id and envelope is not null)
       and not exists (select from connector_receipt where not published and received_at <= $1)`,
    [before],
  );
  return rowCount ?? 0;
}
