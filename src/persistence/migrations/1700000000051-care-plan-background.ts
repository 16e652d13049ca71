import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Care plans of journals, as background of open cases. Outside the log, so that they can go. */
export class CarePlanBackground1700000000051 implements MigrationInterface {
  readonly name = 'CarePlanBackground1700000000051';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table care_plan_background (
      person_id uuid not null,
      sender text not null,
      plan text not null,
      occurred_at timestamptz not null,
      sequence bigint not null,
      gone boolean not null,
      content jsonb,
      primary key (person_id, sender, plan)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table care_plan_background');
  }
}
