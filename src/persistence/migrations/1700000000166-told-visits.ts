import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which visits a connector told as stays, as keyed hashes: a message that gives one of them another patient class is about a patient who is
 * followed, and one about any other visit is not (decision 116). The index finds those that are forgotten, and costs a message nothing.
 */
export class ToldVisits1700000000166 implements MigrationInterface {
  readonly name = 'ToldVisits1700000000166';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table told_visit (visit bytea primary key, told_at timestamptz not null);
      create index told_visit_age on told_visit using brin (told_at) with (autosummarize = on);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table told_visit');
  }
}
