import { formIdOfUnit } from './deterministic-id.js';
import { form } from '../process/form/form-decider.js';
import type { Answer, FieldAsWritten, FormState } from '../process/form/form.js';
import type { Questionnaire } from '../process/form/questionnaire.js';
import { reject } from '../process/rejections/rejection.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { Session } from '../log/log.js';
import type { Uuid } from '../process/vocabulary.js';
import { codeToken } from '../projection/search-tokens.js';
import type { CasesDependencies } from './dependencies.js';
import { formStream } from './streams/under-case/form.js';
import { hasSentItsShare } from './share-of-case.js';
import { closedTo, tellCaseOfForm } from './tell-case-of-form.js';
import { runWithCase } from './run-under-case.js';
import type { HooksUnderCase, OutcomeUnderCase, RequestUnderCase } from './run-under-case.js';

/**
 * Opens a form of a kind under a case, with the questions as they are now. A case has one form of each kind: where it is there already that
 * is the one, in the version that it was opened with.
 *
 * @param hooks `after` is told which form it is, and whether it was opened now
 * @returns undefined when there is no such case
 */
export function openForm(
  deps: CasesDependencies,
  request: RequestUnderCase & { readonly formId: Uuid; readonly questionnaire: Questionnaire },
  hooks: Omit<HooksUnderCase, 'after'> & {
    readonly after: (
      session: Session,
      opened: { readonly id: Uuid; readonly isNew: boolean },
    ) => Promise<void>;
  },
): Promise<OutcomeUnderCase | undefined> {
  const { caseId, formId, questionnaire } = request;
  let opened = { id: formId, isNew: true };
  const after = (session: Session) => hooks.after(session, opened);
  return runWithCase(deps, request, { ...hooks, after }, async (session, { kind, state: of }, moment) => {
    const command = { type: 'open-form', ...moment, of, data: { caseId, questionnaire } } as const;
    // Who may not write at all is told that.
    const { rejection } = form.decide(command, undefined);
    if (rejection !== undefined) return { rejection };
    if (kind.forms === undefined) return reject('no-forms-here');
    if (!kind.forms.has(of, questionnaire)) return reject('document-not-of-policy');
    const own = questionnaire.perUnit && formIdOfUnit(caseId, questionnaire.url, moment.by.unit);
    const id =
      own === undefined ? await formOf(session, caseId, questionnaire) : await whereItIs(session, own);
    if (id !== undefined) {
      opened = { id, isNew: false };
      return { events: [] };
    }
    opened = { id: own ?? formId, isNew: true };
    return (await session.execute(formStream, opened.id, command)).decision;
  });
}

const whereItIs = async (session: Session, id: Uuid): Promise<Uuid | undefined> =>
  (await session.typeOf(id)) === undefined ? undefined : id;

/** The case's form of a kind, in whatever version. */
async function formOf({ sql }: Session, caseId: Uuid, { url }: Questionnaire): Promise<Uuid | undefined> {
  const { rows } = await sql.query<{ id: Uuid }>(
    `select id from resource where about && array[$1]::uuid[] and case_id = $1 and type = 'QuestionnaireResponse'
       and tokens && array[$2]::text[] and not deleted`,
    [caseId, codeToken('questionnaire', url)],
  );
  return rows[0]?.id;
}

/** `standing`: what the field says that somebody else has changed; for who may read the form. */
export type OutcomeOfSaving =
  | { readonly accepted: true }
  | {
      readonly accepted: false;
      readonly rejection: Rejection;
      readonly standing?: { readonly linkId: string; readonly answer: Answer };
    };

/**
 * Saves what a unit wrote in fields of a form (SVU-14). Others may have written in other fields meanwhile; of the same field the later
 * is rejected and told what it says now.
 *
 * @returns undefined when there is no such case or form
 */
export async function saveAnswers(
  deps: CasesDependencies,
  request: RequestUnderCase & { readonly formId: Uuid; readonly fields: readonly FieldAsWritten[] },
  hooks: HooksUnderCase,
): Promise<OutcomeOfSaving | undefined> {
  const { caseId, formId, fields } = request;
  let before: FormState | undefined;
  const outcome = await runWithCase(deps, request, hooks, async (session, { kind, state: of }, moment) => {
    if ((await session.typeOf(formId)) !== formStream.name) return undefined;
    before = (await session.load(formStream, formId)).state;
    const command = { type: 'save-answers', ...moment, of, data: { fields } } as const;
    const { rejection, events = [] } = form.decide(command, before);
    if (rejection !== undefined) return { rejection };
    if (events.length > 0 && isFull(before, moment.by.unit, deps.formSaveLimit))
      return reject('answers-full', { values: { most: String(deps.formSaveLimit) } });
    const closed = closedTo({ kind, of, before, by: moment.by }, events);
    if (closed !== undefined) return { rejection: closed };
    const { decision, state } = await session.execute(formStream, formId, command);
    if (state !== undefined && events.length > 0)
      await tellCaseOfForm(session, { kind, of, caseId, state }, events, moment);
    return decision;
  });
  if (outcome?.accepted !== false || outcome.rejection.code !== 'answer-changed') return outcome;
  const linkId = outcome.rejection.field ?? '';
  const answer = before?.answers[linkId];
  return answer === undefined ? outcome : { ...outcome, standing: { linkId, answer } };
}

function isFull(state: FormState | undefined, unit: string, most: number): boolean {
  const senders = Object.entries(state?.saves ?? {}).flatMap(([each, count]) =>
    Array<string>(count).fill(each),
  );
  return hasSentItsShare(unit, most, { senders });
}
