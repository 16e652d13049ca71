import type { Pool, PoolClient } from 'pg';
import { twoYears } from '../common/two-years.js';
import type { Remembered } from './kind.js';
import { personal, type KeptState, type MarkOf, type MarkSeal } from './mark-seal.js';
import type { Position } from './window.js';

/** What is kept of one resource; `State` is what was told of it. */
export type Mark<State extends Remembered> = {
  readonly id: string;
  /** Hash of what was looked at last. */
  readonly seen: string;
  readonly version?: string;
  readonly updatedAt?: Date;
  readonly told?: State;
  /** Why it could not be told. */
  readonly fault?: string;
};

type Row = {
  readonly resource_id: string;
  readonly seen: string;
  readonly version: string | null;
  readonly updated_at: Date | null;
  readonly told: KeptState | null;
  readonly fault: string | null;
};

type Former = Pick<Row, 'resource_id'> & {
  readonly sender: string;
  readonly resource_type: string;
  readonly told: KeptState;
};

const columns = 'resource_id, seen, version, updated_at, told, fault';

/** What the connector keeps between polls of one type of resource, in `cosmic_resource` and `connector_position`. */
export class Marks<State extends Remembered> {
  constructor(
    private readonly pool: Pool,
    private readonly sender: string,
    private readonly resourceType: string,
    private readonly seal: MarkSeal,
  ) {}

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, Mark<State>>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      `select ${columns} from cosmic_resource where sender = $1 and resource_type = $2 and resource_id = any($3)`,
      [this.sender, this.resourceType, ids],
    );
    return new Map(rows.map((row) => [row.resource_id, this.markOf(row)]));
  }

  /**
   * What was told as open, what was told as ended or taken back since `endedSince`, and what could not be told. What was taken back may have
   * gone on and ended since: then no search for what is open shows it.
   */
  async toSweep(endedSince: Date): Promise<readonly Mark<State>[]> {
    const { rows } = await this.pool.query<Row>(
      `select ${columns} from cosmic_resource
        where sender = $1 and resource_type = $2
          and (open or fault is not null
            or (changed_at >= $3
              and (told ->> 'status' = 'ended' or (told ->> 'status' = 'none' and told ->> 'sequence' <> '0'))))
        order by resource_id`,
      [this.sender, this.resourceType, endedSince],
    );
    return rows.map((row) => this.markOf(row));
  }

  async counts(): Promise<{ readonly open: number; readonly faulty: number }> {
    const { rows } = await this.pool.query<{ open: number; faulty: number }>(
      `select count(*) filter (where open)::integer as open, count(*) filter (where fault is not null)::integer as faulty
       from cosmic_resource where sender = $1 and resource_type = $2 and (open or fault is not null)`,
      [this.sender, this.resourceType],
    );
    return rows[0] ?? { open: 0, faulty: 0 };
  }

  /**
   * Changes the mark of one resource and whatever `change` writes, in one transaction with the row locked. False when it was
   * changed by somebody else since it was loaded: nothing was written.
   */
  async change(
    loaded: Mark<State> | undefined,
    id: string,
    now: Date,
    change: (told: State | undefined, transaction: PoolClient) => Promise<Omit<Mark<State>, 'id'>>,
  ): Promise<boolean> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<Row>(
        `insert into cosmic_resource as mark (sender, resource_type, resource_id, seen, open, changed_at)
         values ($1, $2, $3, '', false, $4)
         on conflict (sender, resource_type, resource_id) do update set seen = mark.seen returning ${columns}`,
        [this.sender, this.resourceType, id, now],
      );
      const row = rows[0];
      const moved = row?.seen !== (loaded?.seen ?? '');
      if (!moved) {
        const mark = await change(row && this.markOf(row).told, client);
        await client.query(
          `update cosmic_resource
           set seen = $4, version = $5, updated_at = $6, told = $7, open = $8, fault = $9, changed_at = $10
           where sender = $1 and resource_type = $2 and resource_id = $3`,
          [
            this.sender,
            this.resourceType,
            id,
            mark.seen,
            mark.version ?? null,
            mark.updatedAt ?? null,
            mark.told ? JSON.stringify(this.seal.close(mark.told, this.of(id))) : null,
            mark.told?.status === 'open',
            mark.fault ?? null,
            now,
          ],
        );
      }
      await client.query(moved ? 'rollback' : 'commit');
      client.release();
      return !moved;
    } catch (error) {
      await client.query('rollback').then(
        () => client.release(),
        () => client.release(true),
      );
      throw error;
    }
  }

  async position(): Promise<Position> {
    const { rows } = await this.pool.query<{ position: Position }>(
      'select position from connector_position where sender = $1 and resource_type = $2',
      [this.sender, this.resourceType],
    );
    return rows[0]?.position ?? {};
  }

  async savePosition(position: Position): Promise<void> {
    await this.pool.query(
      `insert into connector_position (sender, resource_type, position) values ($1, $2, $3)
       on conflict (sender, resource_type) do update set position = excluded.position`,
      [this.sender, this.resourceType, JSON.stringify(position)],
    );
  }

  /** Forgets some time after its end who a resource was of and what it said, and after two years that it was. */
  async forget(now: Date, rememberMilliseconds: number): Promise<void> {
    await this.pool.query(
      `update cosmic_resource set told = told - $4::text[]
       where sender = $1 and resource_type = $2 and not open and told ?| $4::text[] and changed_at < $3`,
      [
        this.sender,
        this.resourceType,
        new Date(now.getTime() - rememberMilliseconds),
        [...personal, 'sealed'],
      ],
    );
    await this.pool.query(
      'delete from cosmic_resource where sender = $1 and resource_type = $2 and not open and changed_at < $3',
      [this.sender, this.resourceType, new Date(now.getTime() - twoYears)],
    );
  }

  /**
   * Seals what rows of before keep of persons in clear, a thousand at a time, whichever sender and type they are of: one that is not
   * configured any more is sealed too.
   * @returns whether there may be more
   */
  async sealFormer(): Promise<boolean> {
    const { rows } = await this.pool.query<Former>(
      `select sender, resource_type, resource_id, told from cosmic_resource where told ?| $1::text[] limit 1000`,
      [personal],
    );
    const sealed = rows.map(({ sender, resource_type: resourceType, resource_id: id, told }) =>
      // Its status stands among the parts.
      this.seal.close(told as unknown as Remembered, { sender, resourceType, id }),
    );
    await this.pool.query(
      `update cosmic_resource as mark set told = former.sealed::jsonb
       from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
         as former (sender, resource_type, resource_id, clear, sealed)
       where mark.sender = former.sender and mark.resource_type = former.resource_type
         and mark.resource_id = former.resource_id and mark.told = former.clear::jsonb`,
      [
        rows.map(({ sender }) => sender),
        rows.map(({ resource_type: type }) => type),
        rows.map(({ resource_id: id }) => id),
        rows.map(({ told }) => JSON.stringify(told)),
        sealed.map((each) => JSON.stringify(each)),
      ],
    );
    return rows.length === 1000;
  }

  private of(id: string): MarkOf {
    return { sender: this.sender, resourceType: this.resourceType, id };
  }

  private markOf({ resource_id: id, seen, version, updated_at: updatedAt, told, fault }: Row): Mark<State> {
    return {
      id,
      seen,
      ...(version !== null && { version }),
      ...(updatedAt && { updatedAt }),
      ...(told && { told: this.seal.open<State>(told, this.of(id)) }),
      ...(fault !== null && { fault }),
    };
  }
}
