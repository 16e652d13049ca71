import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the log began again at an earlier point: from then on its sequence numbers stand for other events than before (decision 49). */
export class LogEpoch1700000000088 implements MigrationInterface {
  readonly name = 'LogEpoch1700000000088';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table log_epoch (
      number bigint generated always as identity primary key,
      epoch uuid not null unique,
      since timestamptz not null,
      last_sequence bigint not null,
      actor text not null,
      reason text not null
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table log_epoch');
  }
}
