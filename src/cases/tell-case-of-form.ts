import { isDeepStrictEqual } from 'node:util';
import type { Session } from '../log/log.js';
import type { Moment } from '../process/case/event.js';
import type { AnyCommand } from '../process/case/kind-of-case.js';
import { standingKey } from '../process/case/standing.js';
import type { CaseState } from '../process/case/state.js';
import type { FormEvent, FormState } from '../process/form/form.js';
import { partOf, readingOf, saysNo } from '../process/form/parts.js';
import { documentOf, partsOfForm } from '../process/form/questionnaire.js';
import type { PartOfForm } from '../process/form/questionnaire.js';
import { standingOf } from '../process/form/standing.js';
import type { Rejection } from '../process/rejections/rejection.js';
import type { UserActor, Uuid } from '../process/vocabulary.js';
import type { CaseKind } from './kinds/case-kind.js';
import { executeOnCase } from './on-case.js';

/** What is about to be written in a form of a case. */
type Writing = {
  readonly kind: CaseKind;
  readonly of: CaseState;
  readonly before: FormState | undefined;
  readonly by: UserActor;
};

/** Why the case lets nothing be written now in a part that the events are of (SVU-16, SVU-20); undefined where it does. */
export function closedTo(
  { kind, of, before, by }: Writing,
  events: readonly FormEvent[],
): Rejection | undefined {
  if (before === undefined) return undefined;
  const reasons = partsWritten(before, events).map((part) =>
    kind.forms?.closed?.(of, documentOf(before.questionnaire), part, by),
  );
  return reasons.find((reason) => reason !== undefined);
}

/** What was written in a form of a case. */
type Written = {
  readonly kind: CaseKind;
  readonly of: CaseState;
  readonly caseId: Uuid;
  readonly state: FormState;
};

/**
 * The case learns which units have written in which of its forms (SVU-6, SVU-15), and how far a form has come with it (PLB-1, PLB-3); and what
 * a change of a part breaks is broken with it (SVU-17, SVU-20).
 */
export async function tellCaseOfForm(
  session: Session,
  { kind, of, caseId, state }: Written,
  events: readonly FormEvent[],
  moment: Moment & { readonly by: UserActor },
): Promise<void> {
  const tell = async (step: Pick<AnyCommand, 'type' | 'data'> | undefined): Promise<void> => {
    if (step === undefined) return;
    const { decision } = await executeOnCase(session, kind, caseId, { ...step, ...moment });
    // The form asked the same of the case; what was written must not stand without the case knowing it.
    if (decision.rejection !== undefined)
      throw new Error('a case did not hear of what was written in its form');
  };
  const document = documentOf(state.questionnaire);
  if (events.some(saysSomething)) await tell({ type: 'note-document-written', data: { document } });
  const standing = standingOf(state);
  const own = state.questionnaire.perUnit === undefined ? {} : { unit: moment.by.unit };
  const before = of.standings?.[standingKey(document, own.unit)] ?? {};
  if (!isDeepStrictEqual(standing, before))
    await tell({ type: 'note-document-standing', data: { document, ...own, standing } });
  for (const part of partsWritten(state, events))
    await tell(
      kind.forms?.changed?.(document, part, { ...readingOf(state), disagrees: saysNo(state, events) }),
    );
}

/** Taking an answer away says nothing (SVU-15). */
const saysSomething = ({ type, data }: FormEvent): boolean =>
  type === 'AnswersSaved' && data.fields.some(({ value }) => value !== undefined);

/** The parts of a form that something is written in, or taken away from. */
function partsWritten({ questionnaire }: FormState, events: readonly FormEvent[]): readonly PartOfForm[] {
  const written = events.flatMap(({ type, data }) => (type === 'AnswersSaved' ? data.fields : []));
  const parts = written.map(({ linkId }) => partOf(questionnaire, linkId));
  return partsOfForm.filter((part) => parts.includes(part));
}
