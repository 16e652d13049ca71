import type { Pool } from 'pg';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What became of something a connector was sent. `nothing`: it was sound, and tells nothing that is followed here. */
export type MessageOutcome = 'stored' | 'repeated' | 'nothing' | 'refused' | 'not-now';

/**
 * What is counted of every connector, in the same words. Labels are names of connectors and outcomes, never anything of a
 * message. One for each process; connectors that get none are not counted.
 */
export class ConnectorMetrics {
  private readonly messages: Counter<'connector' | 'outcome'>;
  private readonly messageSeconds: Histogram<'connector'>;
  private readonly lookups: Counter<'connector' | 'outcome'>;
  private readonly lookupSeconds: Histogram<'connector'>;
  private readonly allReadAt = new Map<string, Date>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.messages = new Counter({
      name: 'hemgang_connector_messages_total',
      help: 'Messages by what became of them: stored, repeated, nothing, refused, not-now',
      labelNames: ['connector', 'outcome'],
      registers,
    });
    this.messageSeconds = new Histogram({
      name: 'hemgang_connector_message_seconds',
      help: 'How long a message waits for its receipt to be durable',
      labelNames: ['connector'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
      registers,
    });
    this.lookups = new Counter({
      name: 'hemgang_connector_lookups_total',
      help: 'Questions to a register by outcome: answered, or the code of the failure',
      labelNames: ['connector', 'outcome'],
      registers,
    });
    this.lookupSeconds = new Histogram({
      name: 'hemgang_connector_lookup_seconds',
      help: 'How long a register takes to answer, waiting for our turn included',
      labelNames: ['connector'],
      buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    });
    const { allReadAt } = this;
    const since = new Gauge({
      name: 'hemgang_connector_since_all_read_seconds',
      help: 'How long ago this process last polled or read again all that it should; of a poll only one process has a value that stays small',
      labelNames: ['connector'],
      registers,
      collect() {
        for (const [connector, at] of allReadAt) since.set({ connector }, (Date.now() - at.getTime()) / 1000);
      },
    });
  }

  /** A poll or a round of reading again has read all that it should, at this time. */
  allRead(connector: string, at: Date): void {
    this.allReadAt.set(connector, at);
  }

  /** @param seconds from handing it to the store to its answer; absent for one that never got there */
  message(connector: string, outcome: MessageOutcome, seconds?: number): void {
    this.messages.inc({ connector, outcome });
    if (seconds !== undefined) this.messageSeconds.observe({ connector }, seconds);
  }

  lookup(connector: string, outcome: string, seconds: number): void {
    this.lookups.inc({ connector, outcome });
    this.lookupSeconds.observe({ connector }, seconds);
  }
}

/** Gauges of what waits in the receipt store, read when they are asked for; absent while the store cannot be reached. */
export function gaugeBacklog(registry: Registry, pool: Pool): void {
  const age = new Gauge({
    name: 'hemgang_connector_oldest_waiting_seconds',
    help: 'How long the oldest taken message has waited to be brought to its topic; of the whole database, in each process',
    labelNames: ['connector'],
    registers: [registry],
  });
  const waiting = new Gauge({
    name: 'hemgang_connector_waiting',
    help: 'Taken messages that are not yet on their topic; of the whole database, in each process',
    labelNames: ['connector'],
    registers: [registry],
    async collect() {
      waiting.reset();
      age.reset();
      const { rows } = await pool
        .query<{ connector: string; waiting: number; age: number }>(
          `select connector, count(*)::integer as waiting,
                  extract(epoch from clock_timestamp() - min(received_at))::float8 as age
           from connector_receipt where not published group by connector`,
        )
        .catch(() => ({ rows: [] }));
      for (const row of rows) {
        waiting.set({ connector: row.connector }, row.waiting);
        age.set({ connector: row.connector }, Math.max(0, row.age));
      }
    },
  });
}
