import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Groups of the trail are sealed (ACC-5): a format, so that fields can be added, and a signature by a key that is not in the
 * database. What stands there already is of format 1, without a seal; a hub of the version before goes on writing that.
 */
export class AuditSeals1700000000074 implements MigrationInterface {
  readonly name = 'AuditSeals1700000000074';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table audit_group
        add column format smallint not null default 1,
        add column key_id text,
        add column signature text
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table audit_group drop column format, drop column key_id, drop column signature',
    );
  }
}
