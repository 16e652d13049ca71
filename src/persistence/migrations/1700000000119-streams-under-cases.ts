import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The case that the stream of a resource hangs on (decision 73): the trail tells accesses by case without asking for the stream. Null:
 * the stream stands by itself, as all did before.
 */
export class StreamsUnderCases1700000000119 implements MigrationInterface {
  readonly name = 'StreamsUnderCases1700000000119';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table resource add column case_id uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table resource drop column case_id');
  }
}
