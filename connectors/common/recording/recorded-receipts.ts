import type { Pool, PoolClient } from 'pg';
import type { PersonIdentifier } from '../../../src/messaging/contracts/facts.js';
import { given } from '../given.js';
import type { Receipt } from '../receipt.js';
import type { Recorder } from './recorder.js';

/** What a recording names of the fact it became. */
type Told = {
  readonly id?: string;
  readonly data?: { readonly person?: PersonIdentifier; readonly replaced?: readonly PersonIdentifier[] };
};

/**
 * What is recorded of the receipts that were `stored`, and nothing else, in their statement; $12 to $15 are `recordedValues`.
 * @param alone as of `given`
 */
export const recorded = (alone: boolean): string => `recorded as (
      insert into connector_recording
        (connector, sender, message_id, received_at, outcome, event_id, person_hashes, key_id, sealed)
      select $1::text, sender, control_id, $7::timestamptz, 'stored', event_id, persons::text[], $12::text, sealed
      from ${given(alone, {
        sender: '$2::text',
        control_id: '$3::text',
        event_id: '$13::text',
        persons: '$14::text',
        sealed: '$15::bytea',
      })}
        join stored using (sender, control_id)
      where sealed is not null order by place)`;

/**
 * What is recorded with receipts that are stored; those that `known` says are repeats are not sealed.
 * @param sealed the events of those whose facts were sealed, already read
 */
export function recordedValues(
  receipts: readonly Receipt[],
  recorder: Recorder,
  connector: string,
  known: (receipt: Receipt) => boolean,
  sealed: readonly { readonly event?: unknown }[],
): readonly unknown[] {
  const events = receipts.map(
    (each, place) => (sealed[place]?.event ?? JSON.parse(each.message.value)) as Told,
  );
  return [
    recorder.keyId,
    events.map(({ id }) => id ?? null),
    events.map(({ data }) =>
      recorder.persons([...(data?.person ? [data.person] : []), ...(data?.replaced ?? [])]),
    ),
    receipts.map((receipt) => {
      const { raw, sender, controlId: messageId } = receipt;
      const bytes = known(receipt) ? undefined : typeof raw === 'function' ? raw() : raw;
      return bytes === undefined ? null : recorder.seal({ connector, sender, messageId }, bytes);
    }),
  ];
}

/**
 * Those of the receipts that say what was said last, by sender and control id: of a register that is read again nearly all do, and
 * none of these need be written out and sealed.
 * @param since when a receipt was still a repeat
 */
export async function repeatsAmong(
  receipts: readonly Receipt[],
  since: Date,
  sql: Pool | PoolClient,
): Promise<readonly { readonly sender: string; readonly control_id: string }[]> {
  const { rows } = await sql.query<{ sender: string; control_id: string }>({
    name: 'receipt-repeats',
    text: `select sender, control_id from connector_receipt
           join unnest($1::text[], $2::text[], $3::text[]) as receipt (sender, control_id, content_hash)
             using (sender, control_id, content_hash)
           where not (published and received_at < $4)`,
    values: [
      receipts.map((each) => each.sender),
      receipts.map((each) => each.controlId),
      receipts.map((each) => each.contentHash),
      since,
    ],
  });
  return rows;
}
