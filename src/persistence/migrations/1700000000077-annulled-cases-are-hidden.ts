import type { MigrationInterface, QueryRunner } from 'typeorm';

const annulled = `select id from stream where type = 'svu' and state ->> 'phase' = 'annulled'`;

/**
 * VIEW-11: cases that were annulled before lose their grants, as those annulled from now on have none. What is left is the notice
 * of the annulment in a scope of its own, with the person, for those who got it and who sent it. Of drafts annulled then there
 * was no notice, so nothing is left to see.
 */
export class AnnulledCasesAreHidden1700000000077 implements MigrationInterface {
  readonly name = 'AnnulledCasesAreHidden1700000000077';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['resource', 'resource_version'])
      await runner.query(`update ${table} set scope = id
        where type = 'Communication' and stream_id in (${annulled}) and not deleted
          and content::json #>> '{category,0,coding,0,code}' = 'annulled'`);
    await runner.query(`delete from access_grant where stream_id in (${annulled})`);
    await runner.query(`
      with notice as (
        select r.id, s.id as stream_id, (s.state ->> 'frozen')::boolean as frozen, s.state, n.value as notice
          from stream as s
          cross join json_each(s.state -> 'notices') as n
          join resource as r on r.type = 'Communication' and r.stream_id = s.id and r.scope = r.id
            and r.content::json #>> '{category,0,coding,0,code}' = n.value ->> 'kind'
         where s.id in (${annulled}) and n.value ->> 'kind' = 'annulled'),
      told as (
        select notice.*, unit from notice cross join json_array_elements_text(notice.notice -> 'recipients') as unit
        union all
        select notice.id, notice.stream_id, notice.frozen, notice.state, notice.notice, notice.notice #>> '{sentBy,unit}'
          from notice where notice.notice #>> '{sentBy,unit}' is not null),
      scopes as (
        select id as scope, id from notice
        union select (state ->> 'personId')::uuid, id from notice
        union select former::uuid, id from notice
          cross join json_array_elements_text(coalesce(state -> 'formerPersons', '[]'::json)) as former)
      insert into access_grant (scope, unit, stream_id, hospital, content)
      select scopes.scope, told.unit, told.stream_id,
        coalesce(told.state #>> array['participants', told.unit, 'side'] = 'hospital', false), not told.frozen
        from told join scopes using (id)
      on conflict do nothing`);
  }

  /** Which units saw what is a function of the log: `npm run rebuild -- --swap` by the earlier version gives it back. */
  async down(): Promise<void> {}
}
