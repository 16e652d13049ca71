import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How each connector of each process is, renewed every few seconds, so that another process can show it. */
export class ConnectorHeartbeat1700000000021 implements MigrationInterface {
  readonly name = 'ConnectorHeartbeat1700000000021';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connector_heartbeat (
        connector       text not null,
        process         uuid not null,
        host            text not null,
        pid             integer not null,
        state           text not null,     -- running, or stopped in order
        started_at      timestamptz not null,
        seen_at         timestamptz not null,
        status          text not null,     -- up, degraded, down
        why             text,
        last_message_at timestamptz,
        detail          jsonb not null,
        primary key (connector, process)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table connector_heartbeat');
  }
}
