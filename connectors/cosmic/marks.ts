import type { Pool, PoolClient } from 'pg';
import type { Told } from './derive.js';
import type { Position } from './window.js';

/** What is kept of an Encounter. */
export type Mark = {
  readonly id: string;
  /** Hash of what was looked at last. */
  readonly seen: string;
  readonly version?: string;
  readonly updatedAt?: Date;
  readonly told?: Told;
  /** Why it could not be told. */
  readonly fault?: string;
};

type Row = {
  readonly encounter_id: string;
  readonly seen: string;
  readonly version: string | null;
  readonly updated_at: Date | null;
  readonly told: Told | null;
  readonly fault: string | null;
};

const columns = 'encounter_id, seen, version, updated_at, told, fault';
const twoYears = 2 * 365 * 24 * 60 * 60 * 1000;

/** What the connector keeps between polls, in `cosmic_encounter` and `connector_position`. */
export class Marks {
  constructor(
    private readonly pool: Pool,
    private readonly sender: string,
  ) {}

  async load(ids: readonly string[]): Promise<ReadonlyMap<string, Mark>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.pool.query<Row>(
      `select ${columns} from cosmic_encounter where sender = $1 and encounter_id = any($2)`,
      [this.sender, ids],
    );
    return new Map(rows.map((row) => [row.encounter_id, markOf(row)]));
  }

  /** The stays told as open, those told as ended since `endedSince`, and the Encounters that could not be told. */
  async toSweep(endedSince: Date): Promise<readonly Mark[]> {
    const { rows } = await this.pool.query<Row>(
      `select ${columns} from cosmic_encounter
        where sender = $1 and (open or fault is not null or (told ->> 'status' = 'ended' and changed_at >= $2))
        order by encounter_id`,
      [this.sender, endedSince],
    );
    return rows.map(markOf);
  }

  async counts(): Promise<{ readonly open: number; readonly faulty: number }> {
    const { rows } = await this.pool.query<{ open: number; faulty: number }>(
      `select count(*) filter (where open)::integer as open, count(*) filter (where fault is not null)::integer as faulty
       from cosmic_encounter where sender = $1 and (open or fault is not null)`,
      [this.sender],
    );
    return rows[0] ?? { open: 0, faulty: 0 };
  }

  /**
   * Changes the mark of one Encounter and whatever `change` writes, in one transaction with the row locked. False when it was
   * changed by somebody else since it was loaded: nothing was written.
   */
  async change(
    loaded: Mark | undefined,
    id: string,
    now: Date,
    change: (told: Told | undefined, transaction: PoolClient) => Promise<Omit<Mark, 'id'>>,
  ): Promise<boolean> {
    const client = await this.pool.connect();
    try {
      await client.query('begin');
      const { rows } = await client.query<Row>(
        `insert into cosmic_encounter as mark (sender, encounter_id, seen, open, changed_at) values ($1, $2, '', false, $3)
         on conflict (sender, encounter_id) do update set seen = mark.seen returning ${columns}`,
        [this.sender, id, now],
      );
      const row = rows[0];
      const moved = row?.seen !== (loaded?.seen ?? '');
      if (!moved) {
        const mark = await change(row?.told ?? undefined, client);
        await client.query(
          `update cosmic_encounter set seen = $3, version = $4, updated_at = $5, told = $6, open = $7, fault = $8, changed_at = $9
           where sender = $1 and encounter_id = $2`,
          [
            this.sender,
            id,
            mark.seen,
            mark.version ?? null,
            mark.updatedAt ?? null,
            mark.told ? JSON.stringify(mark.told) : null,
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
      'select position from connector_position where sender = $1',
      [this.sender],
    );
    return rows[0]?.position ?? {};
  }

  async savePosition(position: Position): Promise<void> {
    await this.pool.query(
      `insert into connector_position (sender, position) values ($1, $2)
       on conflict (sender) do update set position = excluded.position`,
      [this.sender, JSON.stringify(position)],
    );
  }

  /** Forgets who a stay was of some time after its end, and the stay itself after two years. */
  async forget(now: Date, rememberMilliseconds: number): Promise<void> {
    await this.pool.query(
      `update cosmic_encounter set told = told - 'person' - 'patient'
       where sender = $1 and not open and told ? 'person' and changed_at < $2`,
      [this.sender, new Date(now.getTime() - rememberMilliseconds)],
    );
    await this.pool.query('delete from cosmic_encounter where sender = $1 and not open and changed_at < $2', [
      this.sender,
      new Date(now.getTime() - twoYears),
    ]);
  }
}

function markOf({ encounter_id: id, seen, version, updated_at: updatedAt, told, fault }: Row): Mark {
  return {
    id,
    seen,
    ...(version !== null && { version }),
    ...(updatedAt && { updatedAt }),
    ...(told && { told }),
    ...(fault !== null && { fault }),
  };
}
