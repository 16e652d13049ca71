import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The third level of what a grant opens (decision 73): beside what names a person, what a refusal hides whole. Nothing that was written
 * before needs it, so nothing is seen otherwise until the rebuild that follows has given it. Older processes go on writing rows without.
 */
export class GrantsByLevel1700000000118 implements MigrationInterface {
  readonly name = 'GrantsByLevel1700000000118';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table resource add column full_content boolean not null default false;
      alter table resource_version add column full_content boolean not null default false;
      alter table access_grant add column full_content boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table access_grant drop column full_content;
      alter table resource_version drop column full_content;
      alter table resource drop column full_content;
    `);
  }
}
