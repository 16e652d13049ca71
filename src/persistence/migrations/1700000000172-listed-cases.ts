import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/**
 * Until when a case is on the list of a unit (ADR 128): with the unit's right to the case, so that a list is found without looking at what
 * the unit ever took part in. A case under way is on it without an end. Of cases that are over the rebuild that follows every new version
 * writes it (ADR 51); here they are listed for as long as every policy says so far.
 */
export class ListedCases1700000000172 implements MigrationInterface {
  readonly name = 'ListedCases1700000000172';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query(`
      alter table access_grant add column listed_until timestamptz;
      update access_grant as g
         set listed_until = case when s.open then 'infinity'::timestamptz
           else (s.state -> 'discharge' ->> 'at')::timestamptz + interval '72 hours' end
        from stream as s
       where s.id = g.scope and s.id = g.stream_id and s.type = 'svu'
         and (s.open or s.state ->> 'phase' = 'discharged');
      create index access_grant_listed on access_grant (unit, listed_until) where listed_until is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table access_grant drop column listed_until');
  }
}
