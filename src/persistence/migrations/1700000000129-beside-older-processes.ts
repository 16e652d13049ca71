import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';
import { eventTypesAtFirst, isLaterEvent } from '../event-types-at-first.js';

const atFirst = eventTypesAtFirst.map((type) => `'${type}'`).join(', ');

/**
 * What two versions of the program that run side by side need of the database (ADR 88). The first index finds the events of a stream that a
 * program may not know, so that it can leave the stream to those that do. The trigger keeps `open` true to the state where a program that
 * does not know the column ends a case or opens it again: such a program leaves the column as it was.
 */
export class BesideOlderProcesses1700000000129 implements MigrationInterface {
  readonly name = 'BesideOlderProcesses1700000000129';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query(`
      create function is_later_event(type text, type_version smallint) returns boolean
        immutable parallel safe language plpgsql as $$
        begin
          return type_version > 1 or type <> all (array[${atFirst}]);
        end $$;
      create index event_later on event (stream_id) where ${isLaterEvent};

      update stream set open = coalesce(state ->> 'phase' in ('draft', 'published'), false)
       where type = 'svu' and open is distinct from coalesce(state ->> 'phase' in ('draft', 'published'), false);

      create trigger stream_open_kept before update of state on stream
        for each row when (new.type = 'svu' and new.open is not distinct from old.open
          and new.open is distinct from coalesce(new.state ->> 'phase' in ('draft', 'published'), false))
        execute function stream_open_of_state();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger stream_open_kept on stream;
      drop index event_later;
      drop function is_later_event(text, smallint);
    `);
  }
}
