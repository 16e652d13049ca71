import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * When something of a stream becomes true by the clock alone (ADR 61): a function of its state, written with it. The rebuild that
 * follows every new version writes it for the streams that there are (ADR 51).
 */
export class NextDeadline1700000000108 implements MigrationInterface {
  readonly name = 'NextDeadline1700000000108';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table stream add column next_deadline timestamptz;
      create index stream_next_deadline on stream (next_deadline) where next_deadline is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stream drop column next_deadline');
  }
}
