import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cases that could not be told of a unit that is missing, because they are frozen. */
export class UntoldCases1700000000032 implements MigrationInterface {
  readonly name = 'UntoldCases1700000000032';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table catalogue_untold_case (
      unit text not null,
      case_id uuid not null,
      primary key (unit, case_id)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table catalogue_untold_case');
  }
}
