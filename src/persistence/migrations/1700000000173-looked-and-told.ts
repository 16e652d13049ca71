import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each user last saw on the list of a unit (VIEW-4), and the notices of the operator to every user (VIEW-10). Neither is a function of the
 * log. `seen` holds ids of cases and times, nothing of a person.
 */
export class LookedAndTold1700000000173 implements MigrationInterface {
  readonly name = 'LookedAndTold1700000000173';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table looked (
        user_id text not null, unit text not null, looked_at timestamptz not null, seen jsonb not null, primary key (user_id, unit));
      create table system_notice (
        id uuid primary key, kind text not null, text text not null, shown_from timestamptz not null, shown_until timestamptz not null,
        written_at timestamptz not null, written_by text not null, withdrawn_at timestamptz);
      create index system_notice_until on system_notice (shown_until);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table looked; drop table system_notice');
  }
}
