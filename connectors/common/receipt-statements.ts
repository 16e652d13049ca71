import { given } from './given.js';
import { recorded } from './recording/recorded-receipts.js';
import { visitsKept } from './told-visits.js';

/** The statements on `connector_receipt`, of which receipt-store.ts is the only user. */

/** A thousand receipts of a connector behind a number. $1 connector, $2 number */
export const formerHashes = `select number, content_hash from connector_receipt where connector = $1 and number > $2 order by number limit 1000`;

/** $1 numbers, $2 the hashes as they were, $3 keyed */
export const keyFormerHashes = `
  update connector_receipt as receipt set content_hash = keyed
    from unnest($1::bigint[], $2::text[], $3::text[]) as was (number, former, keyed)
    where receipt.number = was.number and content_hash = former`;

/** What still waits and is said anew gets an id of its own. $1 senders, $2 control ids, $3 hashes */
export const keepWaiting = `
  update connector_receipt set control_id = connector_receipt.control_id || ' ' || number
    from unnest($1::text[], $2::text[], $3::text[]) as newer (sender, control_id, content_hash)
    where connector_receipt.sender = newer.sender and connector_receipt.control_id = newer.control_id
      and connector_receipt.content_hash <> newer.content_hash and not published`;

/** $1 sender, $2 control id, $3 the hash as it may be kept, $4 the beginning of the window */
export const earlierOfId = `
  select answer, content_hash = any($3::text[]) as same, not published or received_at >= $4 as taken
    from connector_receipt where sender = $1 and control_id = $2`;

/** $1 connector, $2 how many at most */
export const oldestWaiting = `
  select number, sender, message from connector_receipt
    where connector = $1 and not published order by number limit $2`;

/** $1 numbers. A sub-select, so that the plan is kept (decision 69): one for as many numbers as came this time would seem cheaper each time. */
export const markPublished = `update connector_receipt set published = true where number = any((select $1::bigint[])::bigint[])`;

/** $1 connector */
export const backlog = `
  select count(*)::integer as waiting, min(received_at) as oldest from connector_receipt
    where connector = $1 and not published`;

/** All are looked at only when none came lately. $1 connector, $2 lately */
export const lastReceived = `
  select coalesce(
    (select max(received_at) from connector_receipt where connector = $1 and received_at > $2),
    (select max(received_at) from connector_receipt where connector = $1)) as at`;

/** Past the window and taken by the inbox, or never taken. $1 connector, $2 the end of the window, $3 of the time for what was never taken, $4 how many at most */
export const forgetPublished = `
  delete from connector_receipt where number in (
    select number from connector_receipt
    where connector = $1 and published and received_at < $2
      and (event_id is null or received_at < $3 or exists (select from inbox where inbox.event_id = connector_receipt.event_id))
    order by received_at limit $4)`;

/** $1 senders, $2 control ids */
export const knownAmong = `
  select sender, control_id, content_hash, answer from connector_receipt
    where (sender, control_id) in (select * from unnest($1::text[], $2::text[]))`;

/** When an id may come again with other content (`ReceiptRules`). */
type OnOtherContent = 'refuse' | 'replace';

// An id taken again gets a new number, so that it is published after what came before it. One that still waits to be
// published is never overwritten under `refuse`: it was answered for.
function insert(onOtherContent: OnOtherContent, alone: boolean): string {
  const again =
    onOtherContent === 'refuse'
      ? 'connector_receipt.published and connector_receipt.received_at < $8::timestamptz'
      : '(connector_receipt.content_hash <> excluded.content_hash or (connector_receipt.published and connector_receipt.received_at < $8::timestamptz))';
  return `
    insert into connector_receipt
      (sender, control_id, connector, content_hash, received_at, published, answer, message, event_id)
    select sender, control_id, $1::text, content_hash, $7::timestamptz, false, answer, message, event_id
    from ${given(alone, {
      sender: '$2::text',
      control_id: '$3::text',
      content_hash: '$4::text',
      answer: '$5::text',
      message: '$6::text',
      event_id: '$9::text',
    })}
    order by place
    on conflict (sender, control_id) do update set
      number = default, connector = excluded.connector, content_hash = excluded.content_hash,
      received_at = excluded.received_at, published = false, answer = excluded.answer, message = excluded.message,
      event_id = excluded.event_id
    where ${again}
    returning sender, control_id`;
}

/**
 * The receipts, the keys of those facts that are sealed, the visits they tell of, and where configured their recordings, in one statement.
 * @param visits the place of the parameter, where some tell of visits
 * @param alone there is one receipt, whose values are given and not lists of them
 */
export function storeReceipts(
  onOtherContent: OnOtherContent,
  { isRecorded, visits }: { readonly isRecorded: boolean; readonly visits: number | undefined },
  alone: boolean,
): string {
  return `
    with stored as (${insert(onOtherContent, alone)}), keyed as (
      insert into sealing_key (event_id, id, key, made_at)
      select event_id, id, key, $7::timestamptz
      from ${given(alone, {
        sender: '$2::text',
        control_id: '$3::text',
        event_id: '$9::text',
        id: '$10::uuid',
        key: '$11::bytea',
      })}
        join stored using (sender, control_id)
      where id is not null)${isRecorded ? `, ${recorded(alone)}` : ''}${visits === undefined ? '' : `, ${visitsKept(alone, visits)}`}
    select sender, control_id from stored`;
}
