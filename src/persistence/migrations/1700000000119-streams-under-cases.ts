import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/**
 * The case that the stream of a resource hangs on (decision 73): the trail tells accesses by case without asking for the stream. Null:
 * the stream stands by itself, as all did before. With it, whether a resource needs the third level (migration 118).
 */
export class StreamsUnderCases1700000000119 implements MigrationInterface {
  readonly name = 'StreamsUnderCases1700000000119';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query(`
      alter table resource
        add column case_id uuid,
        add column full_content boolean not null default false;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table resource drop column case_id, drop column full_content');
  }
}
