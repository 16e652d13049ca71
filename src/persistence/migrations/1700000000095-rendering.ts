import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which version of the program folded and rendered what is shown (ADR 51). Events from before have none. */
export class Rendering1700000000095 implements MigrationInterface {
  readonly name = 'Rendering1700000000095';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table event add column rendering text;

      create table rendering (
        one       boolean primary key,   -- there is one row
        version   text not null,         -- the version that what is shown shall be of
        sequence  bigint,                -- up to here it is; null: it is being rebuilt, or waits for it
        seen_at   timestamptz not null   -- when a process of that version last lived
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table rendering; alter table event drop column rendering');
  }
}
