import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The keys of sealed facts, one for each message: what lies on topics, in receipts and in the inbox is unreadable once its row here
 * is gone (promise 7).
 */
export class SealingKeys1700000000075 implements MigrationInterface {
  readonly name = 'SealingKeys1700000000075';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table sealing_key (
      event_id text not null,
      id uuid not null,
      key bytea not null,
      made_at timestamptz not null,
      primary key (event_id, id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sealing_key');
  }
}
