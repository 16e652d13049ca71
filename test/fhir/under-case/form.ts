import type { Communication, Task } from 'fhir/r4.js';
import type { StreamType } from '../../../src/log/stream-type.js';
import { sharedLevels, type SharedLevel } from '../../../src/process/case/shared-level.js';
import { accept } from '../../../src/process/rejections/rejection.js';
import type { Actor, Command, Instant, ProcessEvent, Uuid } from '../../../src/process/vocabulary.js';
import type { Projection, RenderedResource } from '../../../src/projection/projection.js';

/**
 * A form in a stream of its own under a case, for tests alone: as a region's developer would write one. It knows its case by id and
 * nothing of who takes part, what was decided or whether the case is frozen.
 */
type FormState = {
  readonly caseId: Uuid;
  readonly personId: Uuid;
  readonly text: string;
  /** The parts it has; all, and what leads to each, where it is left out. */
  readonly only?: readonly Part[];
};
type FormCommand = Command<'fill', FormState>;
type FormEvent = ProcessEvent<'FormFilled', FormState>;

/** What of the form needs which level; and a part that its side has not let go of. */
export const parts = [...sharedLevels, 'draft'] as const;
export type Part = (typeof parts)[number];

const needs = (part: Part): SharedLevel => (part === 'draft' ? 'minimum' : part);

export const form: StreamType<FormState, FormCommand, FormEvent> = {
  name: 'test-form',
  decider: {
    decide: ({ at, by, data }) => accept({ type: 'FormFilled', at, by, data }),
    evolve: (_state, { data }) => data,
  },
  personOf: ({ personId }) => personId,
  caseOf: ({ caseId }) => caseId,
  project: (id, state): Projection => ({
    resources: [
      ...(state.only ?? parts).map((part) => partOf(id, state, part)),
      ...(state.only === undefined ? parts.map((part) => pointerTo(id, state, part)) : []),
    ],
    grants: [],
  }),
};

function partOf(id: Uuid, { caseId, personId, text }: FormState, part: Part): RenderedResource {
  const content: Communication & { id: string } = {
    resourceType: 'Communication',
    id: partId(id, part),
    status: 'completed',
    basedOn: [{ reference: `CarePlan/${caseId}` }],
    ...(part === 'none' ? {} : { subject: { reference: `Patient/${personId}` } }),
    payload: [{ contentString: text }],
  };
  return {
    content,
    scope: caseId,
    personId,
    needs: needs(part),
    draft: part === 'draft',
    tokens: ['status|completed', `based-on|CarePlan/${caseId}`],
  };
}

/** A Task that names nobody and leads to a part, so that the door of an include decides of the part alone. */
function pointerTo(id: Uuid, { caseId, personId }: FormState, part: Part): RenderedResource {
  const content: Task & { id: string } = {
    resourceType: 'Task',
    id: pointerId(id, part),
    status: 'requested',
    intent: 'order',
    focus: { reference: `Communication/${partId(id, part)}` },
  };
  return {
    content,
    scope: caseId,
    personId,
    needs: 'none',
    draft: false,
    tokens: ['status|requested', `focus|Communication/${partId(id, part)}`],
  };
}

/** Ids that follow from the form's own, which ends in zeros. */
const numbered = (id: Uuid, number: number): Uuid => `${id.slice(0, -2)}${String(number).padStart(2, '0')}`;
export const partId = (id: Uuid, part: Part): Uuid => numbered(id, 10 + parts.indexOf(part));
export const pointerId = (id: Uuid, part: Part): Uuid => numbered(id, 20 + parts.indexOf(part));

const by: Actor = { kind: 'system', system: 'test' };
export const fill = (data: FormState, at: Instant): FormCommand => ({ type: 'fill', at, by, data });
