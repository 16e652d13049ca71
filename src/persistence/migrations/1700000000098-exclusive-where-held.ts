import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of all streams only open cases hold an exclusive key (SVU-2): the others need no entry in its index (decision 55). */
export class ExclusiveWhereHeld1700000000098 implements MigrationInterface {
  readonly name = 'ExclusiveWhereHeld1700000000098';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table stream drop constraint stream_exclusive_key;
      create unique index stream_exclusive_key on stream (exclusive) where exclusive is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index stream_exclusive_key;
      alter table stream add constraint stream_exclusive_key unique (exclusive);
    `);
  }
}
