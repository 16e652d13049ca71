import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which versions of policies hubs have started with, so that none is altered or removed once cases were opened under it (ADR 60). */
export class PolicyVersion1700000000107 implements MigrationInterface {
  readonly name = 'PolicyVersion1700000000107';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table policy_version (
        name     text not null,         -- the policy, and its file
        version  integer not null,
        settings jsonb not null,        -- what the file said when a hub first started with it
        since    timestamptz not null,
        primary key (name, version)
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table policy_version');
  }
}
