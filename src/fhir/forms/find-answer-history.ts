import type { AccessContext } from '../../access/access-context.js';
import { isUuid, versionVisible, visible } from '../../access/choke-point.js';
import type { SqlConnection } from '../../persistence/database.js';
import type { AnswerValue } from '../../process/form/form.js';
import type { Actor, Uuid } from '../../process/vocabulary.js';

/** What a field has said, as it was written at one time. */
export type EarlierAnswer = {
  readonly version: number;
  readonly at: Date;
  readonly by: Actor;
  readonly value?: AnswerValue;
};

/**
 * What a field has said. `seen` false: there is such a resource, and not for this caller. `asked` false: it is no form that asks this, so
 * that nothing was looked for.
 */
export type FoundAnswers = {
  readonly seen: boolean;
  readonly asked: boolean;
  readonly personId: Uuid | null;
  readonly caseId: Uuid | null;
  readonly answers: readonly EarlierAnswer[];
};

/** So many times of writing are told at once. */
export const mostAnswers = 100;

/**
 * The times that a field was written, newest first: those whose version of the form the caller may read, and the one that stood in the first of
 * these (decision 15). One statement, so that whoever loses access loses all of it at once. The texts are those of the log: a form keeps only
 * what it says now. They are read once the first event says that the form asks this: whoever asks for a field that it lacks costs nothing.
 */
const find = `
  select r.person_id as "personId", coalesce(r.case_id, r.stream_id) as "caseId", c.seen, q.asked, case when q.asked then (
    select json_agg(json_build_object('version', w.version, 'at', w.at, 'by', w.by, 'field', w.field)) from (
      select e.stream_version as version, e.occurred_at as at, e.actor as by, f.field
      from event as e
      cross join lateral (
        select field from json_array_elements(e.data -> 'fields') as field where field ->> 'linkId' = $3 limit 1) as f
      where e.stream_id = r.id and e.type = 'AnswersSaved' and e.stream_version < $4
        and e.stream_version >= coalesce((
          select max(first.stream_version) from event as first
          where first.stream_id = r.id and first.type = 'AnswersSaved'
            and first.stream_version <= (
              select min(v.version) from resource_version as v
              where v.type = r.type and v.id = r.id and ${versionVisible('v', '$2')})
            and exists (
              select from json_array_elements(first.data -> 'fields') as field where field ->> 'linkId' = $3)), 0)
      order by e.stream_version desc limit ${mostAnswers + 1}) as w) end as answers
  from resource as r
  cross join lateral (select not r.deleted and ${visible('r', '$2')} as seen offset 0) as c
  cross join lateral (
    select c.seen and exists (
      select from event as o
      cross join lateral json_array_elements(o.data -> 'questionnaire' -> 'sections') as section
      cross join lateral json_array_elements(section -> 'questions') as question
      where o.stream_id = r.id and o.stream_version = 1 and o.type = 'FormOpened' and question ->> 'linkId' = $3
    ) as asked offset 0) as q
  where r.type = 'QuestionnaireResponse' and r.id = $1`;

type Row = Omit<FoundAnswers, 'answers'> & {
  readonly answers:
    | readonly {
        readonly version: number;
        readonly at: string;
        readonly by: Actor;
        readonly field: { readonly value?: AnswerValue };
      }[]
    | null;
};

/**
 * What a field of a form says and has said, as far as the caller may know; undefined when there is no such resource.
 * @param before only what was written before this version
 */
export async function findAnswerHistory(
  database: Pick<SqlConnection, 'prepared'>,
  { units }: AccessContext,
  id: string,
  { linkId, before }: { readonly linkId: string; readonly before: number },
): Promise<FoundAnswers | undefined> {
  if (!isUuid(id)) return undefined;
  const { rows } = await database.prepared<Row>('answer-history', find, [id, units, linkId, before]);
  const [row] = rows;
  if (row === undefined) return undefined;
  const answers = (row.answers ?? []).map(({ version, at, by, field: { value } }) => ({
    version,
    at: new Date(at),
    by,
    ...(value === undefined ? {} : { value }),
  }));
  return { ...row, answers };
}
