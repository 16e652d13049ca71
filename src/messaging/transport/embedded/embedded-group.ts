import { createHash } from 'node:crypto';
import type { Place } from '../transport.js';
import type { Database, SqlConnection } from '../../../persistence/database.js';

export type HeldPlace = Place & { readonly next: number };

/**
 * One member's part in a consumer group. Partitions are held by lease (`held_by`, `held_until`); the database's clock
 * counts. A member that falls silent loses its partitions; a commit of one that lost them changes nothing (fencing).
 */
export class GroupMembership {
  constructor(
    private readonly database: Database,
    private readonly group: string,
    private readonly topics: readonly string[],
    private readonly member: string,
    private readonly leaseMs: number,
  ) {}

  /** Makes the group's rows; a new group begins at the beginning. */
  async join(): Promise<void> {
    await this.database.query(
      `insert into transport_offset (consumer_group, topic, partition, next)
       select $1, topic, partition, 0 from transport_partition where topic = any($2)
       on conflict do nothing`,
      [this.group, this.topics],
    );
  }

  /**
   * Renews what is held, gives back what is beyond the fair share (unless `busy`), and takes what is free.
   * @returns the partitions held now
   */
  balance(busy: readonly Place[]): Promise<readonly Place[]> {
    // Members of a group take turns, so that two never count themselves to the same share.
    const lock = `select pg_advisory_xact_lock(hashtext('transport-group'), ${hash(this.group)})`;
    return this.database.transaction((sql) => this.#balance(sql, busy), [lock]);
  }

  async #balance(sql: SqlConnection, busy: readonly Place[]): Promise<readonly Place[]> {
    const lease = `clock_timestamp() + ${this.leaseMs} * interval '1 ms'`;
    const mine = 'consumer_group = $1 and held_by = $2';
    await sql.query(
      `insert into transport_member (consumer_group, member, alive_until) values ($1, $2, ${lease})
       on conflict (consumer_group, member) do update set alive_until = excluded.alive_until`,
      [this.group, this.member],
    );
    await sql.query(
      'delete from transport_member where consumer_group = $1 and alive_until < clock_timestamp()',
      [this.group],
    );
    // A lease that ran out is lost even if nobody has taken it: what happened meanwhile is not known here.
    await sql.query(
      `update transport_offset set held_by = null where consumer_group = $1 and held_until < clock_timestamp()`,
      [this.group],
    );
    const { rows: share } = await sql.query<{ most: number }>(
      `select ceil((select count(*) from transport_offset where consumer_group = $1 and topic = any($2))::numeric /
         (select count(*) from transport_member where consumer_group = $1))::int as most`,
      [this.group, this.topics],
    );
    const most = share[0]?.most ?? 0;
    await sql.query(
      `update transport_offset set held_by = null where ${mine} and (topic, partition) in (
         select topic, partition from transport_offset where ${mine}
         and (topic, partition) not in (select * from unnest($3::text[], $4::int[]))
         order by topic, partition
         limit greatest(0, (select count(*) from transport_offset where ${mine}) - $5))`,
      [this.group, this.member, busy.map((one) => one.topic), busy.map((one) => one.partition), most],
    );
    await sql.query(
      `update transport_offset set held_by = $2 where consumer_group = $1 and (topic, partition) in (
         select topic, partition from transport_offset
         where consumer_group = $1 and topic = any($3) and held_by is null
         and (topic, partition) not in (select * from unnest($4::text[], $5::int[]))
         order by partition, topic
         limit greatest(0, $6 - (select count(*) from transport_offset where ${mine})))`,
      [
        this.group,
        this.member,
        this.topics,
        busy.map((one) => one.topic),
        busy.map((one) => one.partition),
        most,
      ],
    );
    const { rows } = await sql.query<Place>(
      `update transport_offset set held_until = ${lease} where ${mine} returning topic, partition`,
      [this.group, this.member],
    );
    return rows;
  }

  /** Held partitions with something to read, and where to begin. */
  async pending(): Promise<readonly HeldPlace[]> {
    const { rows } = await this.database.prepared<HeldPlace>(
      'transport-pending',
      `select o.topic, o.partition, o.next from transport_offset o join transport_partition p using (topic, partition)
       where o.consumer_group = $1 and o.held_by = $2 and o.held_until > clock_timestamp() and p.next > o.next`,
      [this.group, this.member],
    );
    return rows;
  }

  /** Moves the offset on; false when the partition is no longer held, and then nothing was changed. */
  async commit(place: Place, from: number, next: number): Promise<boolean> {
    const { rowCount } = await this.database.prepared(
      'transport-commit',
      `update transport_offset set next = $6
       where consumer_group = $1 and topic = $2 and partition = $3 and held_by = $4 and next = $5
         and held_until > clock_timestamp()`,
      [this.group, place.topic, place.partition, this.member, from, next],
    );
    return rowCount === 1;
  }

  /** Gives everything back, for the others to take at once. */
  async leave(): Promise<void> {
    await this.database.transaction(async (sql) => {
      await sql.query(
        'update transport_offset set held_by = null, held_until = null where consumer_group = $1 and held_by = $2',
        [this.group, this.member],
      );
      await sql.query('delete from transport_member where consumer_group = $1 and member = $2', [
        this.group,
        this.member,
      ]);
    });
  }
}

/** A stable 32-bit number for a group's name. */
function hash(name: string): number {
  return createHash('sha1').update(name).digest().readInt32BE(0);
}
