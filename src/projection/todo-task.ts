import type { CodeableConcept, Coding, Extension, Reference, Task, TaskInput, TaskOutput } from 'fhir/r4.js';
import { standingOf } from '../process/deadlines/deadlines.js';
import { isBefore } from '../process/time.js';
import type { Carried } from '../process/todo/carried.js';
import type { KindOfTodo } from '../process/todo/kind-of-todo.js';
import { isSeen, statusOf } from '../process/todo/status.js';
import type { DeadlineStanding, Instant, Todo, Uuid } from '../process/vocabulary.js';
import { codeSystems, coding, concept, conceptOfRow, foreignCanonicals, profiles } from './codes/codes.js';
import type { PublishedSystem } from './codes/published-systems.js';
import { taskId } from './identity.js';
import type { RenderedResource } from './projection.js';
import { organizationReference } from './references.js';
import { codeToken, conceptTokens, referenceTokens } from './search-tokens.js';

/** What a to-do hangs on; all absent for a to-do about a patient the hub may not know (PAT-1, PAT-4, PAT-5). */
export type TodoContext = {
  readonly streamId: Uuid;
  /** The row of its kind. */
  readonly kind: KindOfTodo;
  readonly personId?: Uuid;
  readonly draft: boolean;
  readonly subject?: Reference;
  readonly basedOn?: Reference;
  readonly focus?: Reference;
  /** Who asks. */
  readonly requester: Reference;
  /** The unit, with what it is called. */
  readonly owner?: Reference;
  /** Who did it for the unit (VIEW-12). */
  readonly performer?: Reference;
};

/**
 * A unit's to-do as Task: `owner` the unit, `performerType` the responsibility one acting role must have (ORG-4),
 * `requester` who asks, R5's `performer` who did it (VIEW-12), `restriction.period.end` the deadline, `businessStatus` how far it came and how
 * it stands to the deadline, `output` what the unit answered. What is not
 * personal names no person (PAT-6). Notes are not here: every participant reads the Task (case/todo-note.ts).
 */
export function renderTask(todo: Todo, context: TodoContext): RenderedResource {
  const code = conceptOfRow(codeSystems.todo, todo.kind, context.kind);
  const owner = context.owner ?? organizationReference(todo.unit);
  const responsibility = concept(codeSystems.responsibility, todo.responsibility);
  const business = businessStatus(howFar(todo, context.kind), standingOf(todo));
  const subject = todo.personal ? context.subject : undefined;
  const inputs = inputsOf(todo, context.kind);
  const outputs = outputsOf(todo, context.kind);
  const status = statusOf(todo);
  const content: Task & { id: string } = {
    resourceType: 'Task',
    id: taskId(context.streamId, todo.key),
    meta: { profile: [profiles.Task] },
    ...(context.performer ? { extension: [performerExtension(context.performer)] } : {}),
    ...(context.basedOn ? { basedOn: [context.basedOn] } : {}),
    status,
    ...(todo.statusReason === undefined
      ? {}
      : { statusReason: concept(codeSystems.todoStatusReason, todo.statusReason) }),
    businessStatus: business,
    intent: 'order',
    code,
    description: context.kind.sv,
    ...(context.focus ? { focus: context.focus } : {}),
    ...(subject ? { for: subject } : {}),
    executionPeriod: {
      start: todo.openedAt,
      ...(todo.endedAt === undefined ? {} : { end: todo.endedAt }),
    },
    authoredOn: todo.openedAt,
    lastModified: todo.endedAt ?? lastSaid(todo),
    requester: context.requester,
    performerType: [responsibility],
    owner,
    ...(todo.deadline === undefined ? {} : { restriction: { period: { end: todo.deadline } } }),
    ...(inputs.length > 0 ? { input: inputs } : {}),
    ...(outputs.length > 0 ? { output: outputs } : {}),
  };
  return {
    content,
    scope: context.streamId,
    ...(context.personId === undefined ? {} : { personId: context.personId }),
    needs: todo.personal ? 'minimum' : 'none',
    draft: context.draft,
    owner: todo.unit,
    ...(todo.deadline === undefined ? {} : { deadline: todo.deadline }),
    periodStart: todo.openedAt,
    periodEnd: todo.openedAt,
    tokens: [
      codeToken('status', status),
      codeToken('intent', 'order'),
      ...conceptTokens('code', code),
      ...conceptTokens('performer', responsibility),
      ...conceptTokens('business-status', business),
      ...referenceTokens('requester', context.requester),
      ...referenceTokens('owner', owner),
      ...(context.basedOn ? referenceTokens('based-on', context.basedOn) : []),
      ...(context.focus ? referenceTokens('focus', context.focus) : []),
      ...(subject ? [...referenceTokens('patient', subject), ...referenceTokens('subject', subject)] : []),
    ],
  };
}

/** Who did it: R5's Task.performer, for R4 knows its owner alone. */
const performerExtension = (actor: Reference): Extension => ({
  url: foreignCanonicals.taskPerformer,
  extension: [{ url: 'actor', valueReference: actor }],
});

/** How far a to-do has come to the one who does it, in order. */
export type DeliveryStep = keyof typeof codeSystems.delivery.concepts;

/** How far a to-do came and, as a second code, how it stands to its deadline; the text is what staff read of both. */
export function businessStatus(
  step: DeliveryStep,
  standing: DeadlineStanding | undefined,
): CodeableConcept & { coding: Coding[] } {
  const delivery = concept(codeSystems.delivery, step);
  if (standing === undefined) return delivery;
  const words = codeSystems.todoDeadline.concepts[standing].sv.toLowerCase();
  return {
    coding: [...delivery.coding, coding(codeSystems.todoDeadline, standing)],
    text: `${codeSystems.delivery.concepts[step].sv}, ${words}`,
  };
}

/** When the unit last said something of it, or its deadline last came nearer. */
function lastSaid({ openedAt, updatedAt = openedAt, told }: Todo): Instant {
  return told !== undefined && isBefore(updatedAt, told.at) ? told.at : updatedAt;
}

/** What the sender may know of it: it lies in the unit's list, the unit has seen it, or acknowledged it (SVU-7, SVU-9, SVU-13). */
function howFar(todo: Todo, { acknowledges }: KindOfTodo): DeliveryStep {
  if (todo.state === 'completed' && acknowledges === true) return 'acknowledged';
  return isSeen(todo) ? 'shown' : 'delivered';
}

/** Answers in the order of their names, so that equal states render equally. */
const outputsOf = ({ outputs = {} }: Todo, { asks = {} }: KindOfTodo): TaskOutput[] =>
  Object.entries(outputs)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]) => {
      const question = Object.hasOwn(asks, name) ? asks[name] : undefined;
      if (question === undefined) return [];
      const type = conceptOfRow(codeSystems.todoOutput, name, question);
      return typeof value === 'boolean' ? { type, valueBoolean: value } : { type, valueDate: value };
    });

/** Inputs in the order of their names, so that equal states render equally. What its kind does not carry, an older program gave it: as it stands. */
const inputsOf = ({ input = {} }: Todo, { carries = {} }: KindOfTodo): TaskInput[] =>
  Object.entries(input)
    .filter(([name]) => !isNameOfUnit(carries, name))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, value]): TaskInput[] => {
      const row = Object.hasOwn(carries, name) ? carries[name] : undefined;
      if (row === undefined) return [{ type: { text: name }, valueString: value }];
      const type = conceptOfRow(codeSystems.todoInput, name, row);
      return valuesOf(row, value, input[`${name}Name`]).map((each) => ({ type, ...each }));
    });

/** The name of a unit is shown with the unit. */
const isNameOfUnit = (carries: Readonly<Record<string, Carried>>, name: string): boolean =>
  name.endsWith('Name') && carries[name.slice(0, -'Name'.length)]?.as === 'unit';

/** The values of an input: moments, days and units as such, codes as codings, anything else as it stands. */
function valuesOf(row: Carried, value: string, unitName: string | undefined): Partial<TaskInput>[] {
  switch (row.as) {
    case 'instant':
      return [{ valueDateTime: value }];
    case 'date':
      return [{ valueDate: value }];
    case 'boolean':
      return [{ valueBoolean: value === 'true' }];
    case 'unit':
      return [{ valueReference: organizationReference(value, unitName) }];
    case 'codes':
      return value.split(',').map((code) => coded(row.of, code));
    default:
      return [{ valueString: value }];
  }
}

/** The code as Coding where the system of that name has it, else as it stands. */
function coded(name: string, code: string): Partial<TaskInput> {
  const system = Object.values<PublishedSystem>(codeSystems).find((each) => each.name === name);
  return system !== undefined && Object.hasOwn(system.concepts, code)
    ? { valueCoding: coding(system, code) }
    : { valueString: code };
}
