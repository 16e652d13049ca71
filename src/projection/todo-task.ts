import type { CodeableConcept, Coding, Extension, Reference, Task, TaskInput, TaskOutput } from 'fhir/r4.js';
import { standingOf } from '../process/deadlines/deadlines.js';
import { isBefore } from '../process/time.js';
import type { KindOfTodo } from '../process/todo/kind-of-todo.js';
import { isSeen, statusOf } from '../process/todo/status.js';
import type { DeadlineStanding, Instant, Todo, Uuid } from '../process/vocabulary.js';
import type { Concept } from './codes/codes.js';
import { codeSystems, coding, concept, conceptOfRow, foreignCanonicals, profiles } from './codes/codes.js';
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
  const business = businessStatus(howFar(todo), standingOf(todo));
  const subject = todo.personal ? context.subject : undefined;
  const inputs = inputsOf(todo);
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

/** A rung of the ladder of delivery. */
export type Rung = keyof typeof codeSystems.delivery.concepts;

/** How far a to-do came and, as a second code, how it stands to its deadline; the text is what staff read of both. */
export function businessStatus(
  rung: Rung,
  standing: DeadlineStanding | undefined,
): CodeableConcept & { coding: Coding[] } {
  const delivery = concept(codeSystems.delivery, rung);
  if (standing === undefined) return delivery;
  const words = codeSystems.todoDeadline.concepts[standing].sv.toLowerCase();
  return {
    coding: [...delivery.coding, coding(codeSystems.todoDeadline, standing)],
    text: `${codeSystems.delivery.concepts[rung].sv}, ${words}`,
  };
}

/** When the unit last said something of it, or its deadline last came nearer. */
function lastSaid({ openedAt, updatedAt = openedAt, told }: Todo): Instant {
  return told !== undefined && isBefore(updatedAt, told.at) ? told.at : updatedAt;
}

/** What the sender may know of it: it lies in the unit's list, the unit has seen it, or acknowledged it (SVU-7, SVU-9, SVU-13). */
function howFar(todo: Todo): Rung {
  if (todo.state === 'completed' && todo.kind.startsWith('acknowledge-')) return 'acknowledged';
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

/** Inputs in the order of their names, so that equal states render equally. */
function inputsOf(todo: Todo): TaskInput[] {
  return (
    Object.entries(todo.input ?? {})
      // The name of a ward or unit is shown with it.
      .filter(([name]) => name !== 'wardName' && name !== 'unitName')
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([name, value]) => {
        const type = isOneOf(codeSystems.todoInput.concepts, name)
          ? concept(codeSystems.todoInput, name)
          : { text: name };
        return inputValues(name, value, todo.input?.[`${name}Name`]).map((each) => ({ type, ...each }));
      })
  );
}

/** The values of an input: moments and days as such, codes as codings, anything else as it stands. */
function inputValues(name: string, value: string, unitName?: string): Partial<TaskInput>[] {
  if (name === 'dischargedAt') return [{ valueDateTime: value }];
  if (name === 'expectedDischargeRemoved') return [{ valueBoolean: value === 'true' }];
  if (name === 'expectedDischarge') return [{ valueDate: value }];
  if (name === 'ward' || name === 'unit') return [{ valueReference: organizationReference(value, unitName) }];
  if (name === 'changed') return value.split(',').map((each) => coded(codeSystems.registerChange, each));
  if (name === 'side') return [coded(codeSystems.side, value)];
  if (name === 'cause') return [coded(codeSystems.addressingFailure, value)];
  return [{ valueString: value }];
}

/** The code as Coding where the system has it, else as it stands. */
function coded(
  system: { readonly system: string; readonly concepts: Readonly<Record<string, Concept>> },
  code: string,
): Partial<TaskInput> {
  return isOneOf(system.concepts, code) ? { valueCoding: coding(system, code) } : { valueString: code };
}

const isOneOf = <Key extends string>(table: Readonly<Record<Key, unknown>>, key: string): key is Key =>
  Object.hasOwn(table, key);
