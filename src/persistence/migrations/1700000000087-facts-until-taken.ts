import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Receipts keep what they carried until the inbox has it, and the database knows how far each partition was taken, so that facts
 * that a topic no longer has are noticed, and taken from their receipts (decision 49).
 */
export class FactsUntilTaken1700000000087 implements MigrationInterface {
  readonly name = 'FactsUntilTaken1700000000087';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table connector_receipt add column event_id text');
    // A receipt is written a second time when it is published. With room on its page the log of that is a few bytes, not the message again.
    await runner.query('alter table connector_receipt set (fillfactor = 50)');
    await runner.query(
      `update connector_receipt set event_id = (message::json ->> 'value')::json ->> 'id'
       where not published and message is not null`,
    );
    await runner.query(`create table intake_offset (
      topic text not null,
      partition integer not null,
      next bigint not null,
      primary key (topic, partition)
    ) with (fillfactor = 20)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table intake_offset');
    await runner.query('alter table connector_receipt reset (fillfactor)');
    await runner.query('alter table connector_receipt drop column event_id');
  }
}
