import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether a stream is a case under way (ADR 71): a function of its state, written with it, so that no question to the database knows the
 * phases of a kind of case. Filled for the cases that there are; the only kind so far was SVU.
 */
export class OpenCases1700000000115 implements MigrationInterface {
  readonly name = 'OpenCases1700000000115';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table stream add column open boolean not null default false;
      update stream set open = true where type = 'svu' and state ->> 'phase' in ('draft', 'published');
      create index stream_open on stream (person_id) where open;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stream drop column open');
  }
}
