import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came in, sealed, for a configured time; written with the receipt, or with the refusal. */
export class ConnectorRecording1700000000022 implements MigrationInterface {
  readonly name = 'ConnectorRecording1700000000022';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table connector_recording (
        id          bigint generated always as identity primary key,
        connector   text not null,
        sender      text not null,
        message_id  text not null,
        received_at timestamptz not null,
        outcome     text not null,    -- stored or refused
        cause       text,             -- why it was refused
        event_id    text,             -- the fact it became
        key_id      text not null,
        sealed      bytea not null
      );
      create index connector_recording_age on connector_recording (received_at);
      create index connector_recording_event on connector_recording (event_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table connector_recording');
  }
}
