import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * From when a grant reaches earlier versions: a unit that joins a case reads what the case says now, not what it said before
 * (CON-8). Null: from the first version.
 */
export class GrantSince1700000000005 implements MigrationInterface {
  readonly name = 'GrantSince1700000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_grant add column since timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_grant drop column since');
  }
}
