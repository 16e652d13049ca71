import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/** Whether a version of a resource needs the third level (migration 118, decision 73). */
export class VersionsByLevel1700000000120 implements MigrationInterface {
  readonly name = 'VersionsByLevel1700000000120';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query('alter table resource_version add column full_content boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table resource_version drop column full_content');
  }
}
