import type { MigrationInterface, QueryRunner } from 'typeorm';
import { aloneWithTheLog } from '../alone-with-the-log.js';

/**
 * A resource is found by the ids of the persons and things it is about (ADR 68), not by every search entry: most of those name what half
 * of all rows have. The entries of the directory's types, of which there are few, stay in their index. The ids of a row that a program of
 * the version before writes are put in by triggers, and `about` may be null: the tables of a rebuild have its columns, but no trigger.
 * Every row is written; reads and writes of resources wait meanwhile (docs/operations.md).
 */
export class FoundByWhatItIsAbout1700000000111 implements MigrationInterface {
  readonly name = 'FoundByWhatItIsAbout1700000000111';

  async up(runner: QueryRunner): Promise<void> {
    await aloneWithTheLog(runner);
    await runner.query(`
      create function about_of_tokens(tokens text[]) returns uuid[] immutable language sql as $$
        select coalesce(array_agg(distinct right(token, 36)::uuid order by right(token, 36)::uuid), '{}')
          from unnest(tokens) as token
         where token ~ '\\|(Patient|CarePlan|CareTeam|Encounter|Communication|Consent|QuestionnaireResponse)/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      $$;
      alter table resource add column about uuid[];
      drop index resource_tokens;
      update resource set about = about_of_tokens(tokens);

      create function resource_about_of_tokens() returns trigger language plpgsql as $$
        begin
          new.about := about_of_tokens(new.tokens);
          return new;
        end $$;
      create trigger resource_about before insert on resource
        for each row when (new.about is null) execute function resource_about_of_tokens();
      create trigger resource_about_kept before update of tokens on resource
        for each row when (new.about is null or new.about = old.about and new.tokens is distinct from old.tokens)
        execute function resource_about_of_tokens();

      create index resource_about on resource using gin (about);
      create index resource_tokens on resource using gin (tokens)
        where type in ('Location', 'Organization', 'Practitioner', 'PractitionerRole');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index resource_tokens;
      create index resource_tokens on resource using gin (tokens);
      drop trigger resource_about_kept on resource;
      drop trigger resource_about on resource;
      drop function resource_about_of_tokens();
      alter table resource drop column about;
      drop function about_of_tokens(text[]);
    `);
  }
}
