import type { Session } from '../log/log.js';
import type { AnyStep } from '../process/case/kind-of-case.js';
import type { FormState } from '../process/form/form.js';
import { documentOf } from '../process/form/questionnaire.js';
import { readingOf } from '../process/form/parts.js';
import type { Uuid } from '../process/vocabulary.js';
import type { FoundCase } from './open-cases.js';
import { formStream } from './streams/under-case/form.js';

/**
 * SVU-16, SVU-19: a step that is about a form of its case is told how that reads now, as it stands in this transaction. Other steps are left
 * as they are.
 */
export async function withForm(
  session: Session,
  { id, kind }: Pick<FoundCase, 'id' | 'kind'>,
  step: AnyStep,
): Promise<AnyStep> {
  const name = kind.forms?.about?.(step.type);
  const form = name === undefined ? undefined : await formNamed(session, id, name);
  return form === undefined
    ? step
    : { type: step.type, data: { ...(step.data as object), form: readingOf(form) } };
}

/** The form of a case whose questionnaire has this name, in whatever version. A case has one of each kind, and few kinds. */
async function formNamed(session: Session, caseId: Uuid, name: string): Promise<FormState | undefined> {
  const { rows } = await session.sql.query<{ id: Uuid }>(
    `select id from resource where about && array[$1]::uuid[] and case_id = $1 and type = 'QuestionnaireResponse'
       and stream_id = id and not deleted order by id`,
    [caseId],
  );
  for (const { id } of rows) {
    if ((await session.typeOf(id)) !== formStream.name) continue;
    const { state } = await session.load(formStream, id);
    if (state !== undefined && documentOf(state.questionnaire) === name) return state;
  }
  return undefined;
}
