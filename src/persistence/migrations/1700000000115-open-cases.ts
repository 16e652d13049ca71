import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/**
 * Whether a stream is a case under way (ADR 71): a function of its state, written with it, so that no question to the database knows the
 * phases of a kind of case. Filled for the cases that there are; the only kind so far was SVU. A program of the version before does
 * not write it: the trigger fills it for the rows that such a program begins, also those that its rebuild puts in. Null is not open.
 */
export class OpenCases1700000000115 implements MigrationInterface {
  readonly name = 'OpenCases1700000000115';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    // The default is there for a moment, so that the rows that there are have it without being written.
    await runner.query(`
      alter table stream add column open boolean default false;
      alter table stream alter column open drop default;
      update stream set open = true where type = 'svu' and state ->> 'phase' in ('draft', 'published');
      create index stream_open on stream (person_id) where open;

      create function stream_open_of_state() returns trigger language plpgsql as $$
        begin
          new.open := coalesce(new.type = 'svu' and new.state ->> 'phase' in ('draft', 'published'), false);
          return new;
        end $$;
      create trigger stream_open before insert on stream
        for each row when (new.open is null) execute function stream_open_of_state();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger stream_open on stream;
      drop function stream_open_of_state();
      alter table stream drop column open;
    `);
  }
}
