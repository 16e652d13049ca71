import type { CarePlan, Coding, Parameters, ParametersParameter, Reference, Task } from 'fhir/r4.js';
import type { Responsibility } from '../../process/vocabulary.js';
import { codeSystems, coding, extensions, foreignCanonicals } from '../../projection/codes/codes.js';

/** Who looks: the units of the token, and what the role may do. A system has no role: it sees what any role of its units would. */
export type Viewer = {
  readonly units: readonly string[];
  readonly responsibilities?: readonly Responsibility[];
};

type Colour = keyof typeof codeSystems.stepColour.concepts;

const open: ReadonlySet<string> = new Set(['requested', 'received', 'accepted', 'in-progress']);
const isOpen = ({ status }: Task): boolean => open.has(status);
const codeOf = ({ code }: Task): string => code?.coding?.[0]?.code ?? '';
const ownerOf = ({ owner }: Task): string => owner?.identifier?.value ?? '';
const since = ({ executionPeriod, authoredOn = '' }: Task): string => executionPeriod?.start ?? authoredOn;

/**
 * VIEW-2, VIEW-3, VIEW-12: each step of a case for the one who looks: its colour, since when, what the own unit has to do, whom the step
 * waits for, and who has acknowledged. Made of what the caller may read and of nothing else, so it says no more than the CarePlan and the
 * Tasks do.
 * @param plan the case, whose extensions say the state of each step
 * @param tasks its to-dos
 * @param stepOf the step that a kind of to-do belongs to; undefined for those of none
 */
export function overviewOf(
  plan: CarePlan,
  tasks: readonly Task[],
  viewer: Viewer,
  stepOf: (kind: string) => string | undefined,
): Parameters {
  const steps = (plan.extension ?? []).filter(({ url }) => url === extensions.stepState);
  const named = steps.map(({ extension = [] }) => ({
    step: extension.find(({ url }) => url === 'step')?.valueCoding ?? {},
    state: extension.find(({ url }) => url === 'state')?.valueCoding ?? {},
  }));
  const known = new Set(named.map(({ step }) => step.code));
  const beside = tasks.filter(
    (task) => isOpen(task) && isMine(task, viewer) && !known.has(stepOf(codeOf(task))),
  );
  return {
    resourceType: 'Parameters',
    parameter: [
      ...named.map(({ step, state }) => {
        const own = tasks.filter((task) => stepOf(codeOf(task)) === step.code);
        return { name: 'step', part: partsOf(step, state, own, viewer, plan.status) };
      }),
      ...trackOf(plan),
      ...beside.toSorted(oldestFirst).map((task) => ({ name: 'todo', part: todoParts(task) })),
    ],
  };
}

/** PLB-3, PLB-4: the track of the case with its reason, as its CarePlan says it. */
function trackOf({ extension = [] }: CarePlan): readonly ParametersParameter[] {
  const track = extension.find(({ url }) => url === extensions.track);
  if (track === undefined) return [];
  const part = (track.extension ?? []).map(({ url, ...value }): ParametersParameter => ({
    ...(value as object),
    name: url,
  }));
  return [{ name: 'track', part }];
}

function partsOf(
  step: Coding,
  state: Coding,
  tasks: readonly Task[],
  viewer: Viewer,
  status: CarePlan['status'],
): ParametersParameter[] {
  const waiting = tasks.filter(isOpen).toSorted(oldestFirst);
  const mine = waiting.filter((task) => isMine(task, viewer));
  const others = waiting.filter((task) => !mine.includes(task));
  const done = state.code === 'not-begun' ? [] : standing(tasks);
  const colour = colourOf(state.code, mine, others, status);
  const from = sinceWhen(colour, mine, others, done);
  return [
    { name: 'step', valueCoding: step },
    { name: 'state', valueCoding: state },
    { name: 'colour', valueCoding: coding(codeSystems.stepColour, colour) },
    ...(from === undefined ? [] : [{ name: 'since', valueDateTime: from }]),
    ...mine.map((task) => ({ name: 'todo', part: todoParts(task) })),
    ...others.map((task) => ({ name: 'waitsFor', part: todoParts(task) })),
    ...done.map((task) => ({ name: 'done', part: doneParts(task) })),
  ];
}

/** Red: my role must act; yellow: others must; green: done; grey: not begun, or over without being done (SVU-23). */
function colourOf(
  state: string | undefined,
  mine: readonly Task[],
  others: readonly Task[],
  status: CarePlan['status'],
): Colour {
  if (mine.length > 0) return 'red';
  if (others.length > 0) return 'yellow';
  if (state === 'done') return 'green';
  // ADR-13: nobody is addressed yet, so the step waits for somebody.
  const under = status === 'active' || status === 'draft';
  return under && state !== undefined && state !== 'not-begun' ? 'yellow' : 'grey';
}

function sinceWhen(
  colour: Colour,
  mine: readonly Task[],
  others: readonly Task[],
  done: readonly Task[],
): string | undefined {
  if (colour === 'red') return mine.map(since)[0];
  if (colour === 'yellow') return others.map(since)[0];
  if (colour !== 'green') return undefined;
  return done
    .map(({ executionPeriod }) => executionPeriod?.end ?? '')
    .toSorted()
    .at(-1);
}

/** ORG-4, VIEW-3: of my unit, and for my role to do. */
function isMine(task: Task, { units, responsibilities }: Viewer): boolean {
  if (!units.includes(ownerOf(task))) return false;
  const asked = task.performerType?.[0]?.coding?.[0]?.code;
  return responsibilities === undefined || responsibilities.some((each) => each === asked);
}

/**
 * What was done and still stands: of a unit that was asked again since, as of a changed day or a ready that was withdrawn, what it did before
 * does not (SVU-9, SVU-12).
 */
function standing(tasks: readonly Task[]): readonly Task[] {
  const latest = new Map<string, Task>();
  for (const task of tasks) {
    const key = `${codeOf(task)} ${ownerOf(task)}`;
    const before = latest.get(key);
    if (before === undefined || since(before) <= since(task)) latest.set(key, task);
  }
  const ended = ({ executionPeriod }: Task): string => executionPeriod?.end ?? '';
  return [...latest.values()]
    .filter(({ status }) => status === 'completed')
    .toSorted((one, other) => (ended(one) < ended(other) ? -1 : 1));
}

function todoParts(task: Task): ParametersParameter[] {
  const { id = '', code = {}, owner, restriction } = task;
  return [
    { name: 'task', valueReference: { reference: `Task/${id}`, type: 'Task' } },
    { name: 'code', valueCodeableConcept: code },
    ...(owner === undefined ? [] : [{ name: 'unit', valueReference: owner }]),
    { name: 'since', valueDateTime: since(task) },
    ...(restriction?.period?.end === undefined
      ? []
      : [{ name: 'deadline', valueDateTime: restriction.period.end }]),
  ];
}

/** VIEW-12: which unit, who for it, and when. */
function doneParts(task: Task): ParametersParameter[] {
  const { code = {}, owner, executionPeriod } = task;
  const by = performerOf(task);
  return [
    { name: 'code', valueCodeableConcept: code },
    ...(owner === undefined ? [] : [{ name: 'unit', valueReference: owner }]),
    ...(by === undefined ? [] : [{ name: 'by', valueReference: by }]),
    ...(executionPeriod?.end === undefined ? [] : [{ name: 'at', valueDateTime: executionPeriod.end }]),
  ];
}

const performerOf = ({ extension = [] }: Task): Reference | undefined =>
  extension
    .find(({ url }) => url === foreignCanonicals.taskPerformer)
    ?.extension?.find(({ url }) => url === 'actor')?.valueReference;

const oldestFirst = (one: Task, other: Task): number =>
  since(one) === since(other)
    ? (one.id ?? '') < (other.id ?? '')
      ? -1
      : 1
    : since(one) < since(other)
      ? -1
      : 1;
