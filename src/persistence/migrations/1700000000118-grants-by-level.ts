import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/**
 * The third level of what a grant opens (decision 73): beside what names a person, what a refusal hides whole. Nothing that was written
 * before needs it, so nothing is seen otherwise until the rebuild that follows has given it. Older processes go on writing rows without.
 * What a resource and its versions need is told by the two migrations that follow: each holds one table alone, because readers take
 * these tables in different orders and would else each hold what the migration waits for, and the other way round.
 */
export class GrantsByLevel1700000000118 implements MigrationInterface {
  readonly name = 'GrantsByLevel1700000000118';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query('alter table access_grant add column full_content boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_grant drop column full_content');
  }
}
