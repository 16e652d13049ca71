import { happened, stated } from '../case/event.js';
import type { OfType } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { sharedLevel } from '../case/shared-level.js';
import type { Decider } from '../decider.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision, Rejected } from '../rejections/rejection.js';
import type { FieldAsWritten, FormCommand, FormEvent, FormState } from './form.js';
import { partOf, partedBy } from './parts.js';
import { questionsOf } from './questionnaire.js';

/** What units write together under a case, field by field (SVU-14): one process for every kind of form. */
export const form: Decider<FormState, FormCommand, FormEvent> = { decide, evolve };

/** So many characters all answers of a form are together: each save keeps the whole form as a version. */
export const mostCharacters = 100_000;

/** Every event that a form can have. */
export const formEvents: ReadonlySet<string> = new Set<FormEvent['type']>([
  'FormOpened',
  'AnswersSaved',
  'UnitLeftCase',
  'PersonOfCaseReplaced',
]);

function decide(command: FormCommand, state: FormState | undefined): Decision<FormEvent> {
  if (command.type === 'open-form') return state === undefined ? decideOpen(command) : reject('step-unknown');
  if (state === undefined) return reject('step-unknown');
  switch (command.type) {
    case 'save-answers':
      return decideSave(command, state);
    case 'replace-person':
      return state.personId === command.data.personId
        ? accept()
        : accept(happened(command, 'PersonOfCaseReplaced', command.data));
    case 'unit-left': // It has nothing to do here.
      return accept();
    default:
      return reject('step-unknown');
  }
}

/**
 * Who may write in a form of a case, and when: whoever takes part and may write, from when a decision lets it be shared until the case is
 * over; in a draft the side that opened it alone (SVU-14, ACC-2). Under a refusal nothing is kept (CON-5).
 */
function hindrance({
  by,
  of,
}: Pick<OfType<FormCommand, 'open-form'>, 'by' | 'of'>): Decision<never> | undefined {
  const { rejected } = admit({ by }, of, {});
  if (rejected !== undefined) return rejected;
  const undecided = withoutDecision(of);
  if (undecided !== undefined) return undecided;
  return sharedLevel(of) === 'full' ? undefined : reject('refusal-shares-minimum');
}

function decideOpen(command: OfType<FormCommand, 'open-form'>): Decision<FormEvent> {
  const hindered = hindrance(command);
  if (hindered !== undefined) return hindered;
  const { caseId, questionnaire } = command.data;
  const closed = notToOpen(command, questionnaire);
  if (closed !== undefined) return closed;
  return accept(happened(command, 'FormOpened', { caseId, personId: command.of.personId, questionnaire }));
}

/** PLB-1: some forms are opened by units of one side alone, as the planning basis by the hospital. */
function notToOpen(
  { by, of }: Pick<OfType<FormCommand, 'open-form'>, 'by' | 'of'>,
  { openers }: FormState['questionnaire'],
): Rejected | undefined {
  const side = by.kind === 'user' ? of.participants[by.unit]?.side : undefined;
  if (openers === undefined || (side !== undefined && openers.includes(side))) return undefined;
  return reject('form-opened-by-side', { values: { side: openers.join(', ') } });
}

/** SVU-26: where each unit has a form of its own, no other writes in it. */
function ofAnotherUnit(
  { questionnaire, openedBy }: FormState,
  { by }: Pick<OfType<FormCommand, 'save-answers'>, 'by'>,
): Rejected | undefined {
  if (questionnaire.perUnit === undefined) return undefined;
  const own = by.kind === 'user' && openedBy.kind === 'user' && by.unit === openedBy.unit;
  return own ? undefined : reject('form-of-another-unit');
}

/** All of it or nothing; what says the same as before changes nothing, whoever wrote it. */
function decideSave(command: OfType<FormCommand, 'save-answers'>, state: FormState): Decision<FormEvent> {
  const hindered = hindrance(command) ?? ofAnotherUnit(state, command);
  if (hindered !== undefined) return hindered;
  const fields = command.data.fields.map(asKept);
  for (const [index, written] of fields.entries()) {
    const rejected =
      faultIn(written, state, fields.slice(0, index)) ?? ofAnotherPart(written, state, command);
    if (rejected !== undefined) return rejected;
  }
  const changed = fields.filter(({ linkId, value }) => value !== state.answers[linkId]?.value);
  if (changed.length === 0) return accept();
  const parted = partedBy(changed, state);
  if (parted !== undefined) return parted;
  if (isTooLong(changed, state)) return reject('form-too-long', { values: { most: String(mostCharacters) } });
  return accept(
    happened(command, 'AnswersSaved', { fields: changed.map(({ seen: _seen, ...field }) => field) }),
  );
}

/** What is too long already may become shorter. */
function isTooLong(changed: readonly FieldAsWritten[], { answers }: FormState): boolean {
  const before = charactersIn(Object.values(answers));
  const replaced = charactersIn(changed.map(({ linkId }) => answers[linkId] ?? {}));
  const after = before - replaced + charactersIn(changed);
  return after > mostCharacters && after > before;
}

const charactersIn = (answers: readonly Pick<FieldAsWritten, 'value'>[]): number =>
  answers.reduce((sum, { value }) => sum + (typeof value === 'string' ? value.length : 0), 0);

/** A text without anything that can be read is none: blank is not an answer (SVU-15). */
function asKept({ value, ...field }: FieldAsWritten): FieldAsWritten {
  const kept = typeof value === 'string' ? stated(value) : value;
  return kept === undefined ? field : { ...field, value: kept };
}

/** SVU-16 to SVU-18: a part of a form is written by its side alone, whose word it is. */
function ofAnotherPart(
  { linkId }: FieldAsWritten,
  { questionnaire }: FormState,
  { by, of }: Pick<OfType<FormCommand, 'save-answers'>, 'by' | 'of'>,
): Rejected | undefined {
  const part = partOf(questionnaire, linkId);
  const side = by.kind === 'user' ? of.participants[by.unit]?.side : undefined;
  if (part === undefined || part === side) return undefined;
  return reject('part-of-another-side', { field: linkId, values: { side: part } });
}

function faultIn(
  { linkId, value, seen }: FieldAsWritten,
  state: FormState,
  before: readonly FieldAsWritten[],
): Rejected | undefined {
  const question = questionsOf(state.questionnaire).find((each) => each.linkId === linkId);
  const detail = { field: linkId };
  if (question === undefined || before.some((each) => each.linkId === linkId))
    return reject('question-unknown', detail);
  const type = question.answer === 'text' ? 'string' : 'boolean';
  if (value !== undefined && typeof value !== type) return reject('answer-of-another-type', detail);
  if (typeof value === 'string' && question.options?.includes(value) === false)
    return reject('answer-not-among-options', detail);
  if (seen > state.version) return reject('version-not-there', detail);
  const now = state.answers[linkId];
  // Two who wrote the same do not disagree.
  return now !== undefined && now.version > seen && now.value !== value
    ? reject('answer-changed', detail)
    : undefined;
}

/** Never refuses: what this build does not know changes nothing, and a log without its beginning is borne. */
function evolve(state: FormState | undefined, event: FormEvent): FormState {
  if (state === undefined) return event.type === 'FormOpened' ? opened(event) : blank(event);
  const version = state.version + 1;
  switch (event.type) {
    case 'AnswersSaved':
      return saved({ ...state, version }, event);
    case 'PersonOfCaseReplaced':
      return { ...state, version, personId: event.data.personId };
    case 'UnitLeftCase':
      return { ...state, version };
    default:
      return state;
  }
}

const opened = ({ at, by, data }: OfType<FormEvent, 'FormOpened'>): FormState => ({
  ...data,
  openedAt: at,
  openedBy: by,
  version: 1,
  answers: {},
  saves: {},
  todos: {},
});

const blank = ({ at, by }: Pick<FormEvent, 'at' | 'by'>): FormState => ({
  caseId: '',
  personId: '',
  questionnaire: { name: '', url: '', version: 0, title: '', sections: [] },
  openedAt: at,
  openedBy: by,
  version: 1,
  answers: {},
  saves: {},
  todos: {},
});

function saved(state: FormState, { at, by, data }: OfType<FormEvent, 'AnswersSaved'>): FormState {
  const { version } = state;
  const written = data.fields.map(({ linkId, ...field }) => [linkId, { ...field, at, by, version }]);
  const saves =
    by.kind === 'user' ? { ...state.saves, [by.unit]: (state.saves[by.unit] ?? 0) + 1 } : state.saves;
  return {
    ...state,
    saves,
    answers: { ...state.answers, ...(Object.fromEntries(written) as FormState['answers']) },
  };
}
