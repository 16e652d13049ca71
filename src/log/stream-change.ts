import { higherLevel } from '../process/case/shared-level.js';
import type { Instant, Uuid } from '../process/vocabulary.js';
import { circleScope, scopesUnder } from '../projection/identity.js';
import type { Grant, Projection, RenderedResource } from '../projection/projection.js';
import { asStored } from './as-stored.js';
import { asProcessEvent, destroyedType, type RecordedEvent } from './recorded-event.js';
import type { LoggedEvent, ProjectionContext, StreamName, StreamType } from './stream-type.js';
import type { Upcasters } from './upcasters/upcaster.js';
import { requireKnownEvents } from './written-by-newer.js';

/** A stream as it stands: before its first event version 0 without state; destroyed with a version and without. */
export type FoldedStream<State> = { readonly state: State | undefined; readonly version: number };

/** One new version of a resource. `rendered` is how it looks, or how it last looked when it is deleted now. */
export type ResourceVersion = {
  readonly type: string;
  readonly id: Uuid;
  readonly version: number;
  readonly lastUpdated: Instant;
  readonly deleted: boolean;
  readonly rendered?: RenderedResource;
};

/** What events change in what is stored beside the log; the same when they happen and when they are replayed. */
export type StreamChange<State> = {
  readonly type: StreamName;
  readonly id: Uuid;
  readonly personId: Uuid | undefined;
  readonly folded: FoldedStream<State>;
  readonly exclusive: string | undefined;
  readonly nextDeadline: Instant | undefined;
  /** Whether it is a case under way. */
  readonly open: boolean;
  /** The case that the stream hangs on, where it does. */
  readonly caseId: Uuid | undefined;
  /** Every version the events made, in their order. */
  readonly resources: readonly ResourceVersion[];
  readonly grants: readonly Grant[];
  readonly grantsEnded: readonly Grant[];
  /** True: every earlier version of the stream's resources goes. */
  readonly destroyed: boolean;
};

const nothing: Projection = { resources: [], grants: [] };

/**
 * Folds events into a stream and renders before and after each of them. A resource gets a new version, numbered as the
 * stream's, where what it shows differs; one that is no longer shown becomes deleted.
 * @throws {WrittenByNewer} for an event that this program does not know: what is built without it would be wrong
 */
export async function changeOf<State>(
  type: StreamType<State, never, LoggedEvent>,
  id: Uuid,
  before: FoldedStream<State>,
  events: readonly RecordedEvent[],
  environment: { upcasters: Upcasters; context: ProjectionContext },
): Promise<StreamChange<State>> {
  const checked = (state: State, projection: Projection): Projection =>
    type.caseOf === undefined ? merged(projection) : underCase(type.caseOf(state), merged(projection));
  const project = async (state: State | undefined) =>
    state === undefined ? nothing : checked(state, await type.project(id, state, environment.context));
  /** What two states show that differs, with all grants of both. */
  const projectBoth = async (
    one: State | undefined,
    next: State,
  ): Promise<readonly [Projection, Projection]> => {
    if (one === undefined || type.projectChange === undefined)
      return [shown ?? (await project(one)), await project(next)];
    const both = type.projectChange(id, one, next);
    return [checked(one, both.before), checked(next, both.after)];
  };
  requireKnownEvents(type, events);
  let { state } = before;
  let destroyed = false;
  let original: Projection | undefined;
  let shown: Projection | undefined;
  let versionsMade: ResourceVersion[] = [];
  for (const event of events) {
    if (event.type === destroyedType) {
      original ??= await project(state);
      destroyed = true;
      state = undefined;
      shown = nothing;
      versionsMade = tombstones(event);
    } else if (event.data !== null) {
      const evolved = type.decider.evolve(state, asProcessEvent(type, event, environment.upcasters));
      const next = asStored(evolved, state);
      const [earlier, later] = await projectBoth(state, next);
      versionsMade.push(...differences(earlier, later, event));
      original ??= earlier;
      shown = later;
      state = next;
    }
  }
  const first = original ?? (await project(state));
  const last = shown ?? first;
  return {
    type: type.name,
    id,
    personId: state === undefined ? events.at(-1)?.personId : type.personOf(state),
    folded: { state, version: events.at(-1)?.streamVersion ?? before.version },
    exclusive: last.exclusive,
    nextDeadline: state === undefined ? undefined : type.nextDeadline?.(state),
    open: state !== undefined && type.isOpen?.(state) === true,
    caseId: state === undefined ? undefined : type.caseOf?.(state),
    resources: versionsMade,
    ...grantsOf(first, last),
    destroyed,
  };
}

/** The grants that are new or other than before, and those that have ended. */
function grantsOf(
  { grants: before }: Projection,
  { grants: after }: Projection,
): Pick<StreamChange<unknown>, 'grants' | 'grantsEnded'> {
  const earlier = new Map(before.map((grant) => [holder(grant), grant]));
  const held = new Set(after.map(holder));
  return {
    grants: after.filter((grant) => {
      const other = earlier.get(holder(grant));
      return other === undefined || !same(grant, other);
    }),
    grantsEnded: before.filter((grant) => !held.has(holder(grant))),
  };
}

function differences(before: Projection, after: Projection, event: RecordedEvent): ResourceVersion[] {
  const earlier = byReference(before);
  const later = byReference(after);
  const stamp = { version: event.streamVersion, lastUpdated: event.recordedAt };
  const changed = [...later.values()]
    .filter((rendered) => JSON.stringify(rendered) !== JSON.stringify(earlier.get(reference(rendered))))
    .map((rendered) => ({ ...identity(rendered), ...stamp, deleted: false, rendered }));
  const gone = [...earlier.values()]
    .filter((rendered) => !later.has(reference(rendered)))
    .map((rendered) => ({ ...identity(rendered), ...stamp, deleted: true, rendered }));
  return [...changed, ...gone];
}

/** @throws Error when a stream under a case shows something that the case does not govern: a refusal would not reach it (CON-5). */
function underCase(caseId: Uuid, projection: Projection): Projection {
  if (projection.grants.length > 0)
    throw new Error('A stream under a case gives nobody a right: the case does');
  const scopes: readonly (Uuid | undefined)[] = scopesUnder(caseId);
  const governed = ({ scope, circle }: RenderedResource): boolean =>
    circle === undefined ? scopes.includes(scope) : scope === circleScope(caseId, circle);
  if (!projection.resources.every(governed))
    throw new Error('A stream under a case shows everything under a scope of the case');
  return projection;
}

/** One grant for each unit and scope: a unit that has a right twice has what either gives. */
function merged(projection: Projection): Projection {
  const grants = new Map<string, Grant>();
  for (const grant of projection.grants) {
    const key = holder(grant);
    const other = grants.get(key);
    grants.set(key, other === undefined ? grant : eitherOf(grant, other));
  }
  return { ...projection, grants: [...grants.values()] };
}

function eitherOf({ since, ...grant }: Grant, { listedUntil, ...other }: Grant): Grant {
  const earlier =
    since !== undefined && other.since !== undefined && other.since < since ? other.since : since;
  return {
    ...(listedUntil === undefined ? {} : { listedUntil }),
    ...grant,
    drafts: grant.drafts || other.drafts,
    level: higherLevel(grant.level, other.level),
    ...(earlier === undefined || other.since === undefined ? {} : { since: earlier }),
  };
}

/** @throws Error when one projection shows a resource twice: one of them would be lost. */
function byReference(projection: Projection): Map<string, RenderedResource> {
  const shown = new Map(projection.resources.map((rendered) => [reference(rendered), rendered]));
  if (shown.size !== projection.resources.length) throw new Error('A projection shows one resource twice');
  return shown;
}

/** The log's own event lists what was shown: the payloads that told it are gone. */
function tombstones(event: RecordedEvent): ResourceVersion[] {
  const { resources } = event.data as { resources: readonly { type: string; id: Uuid }[] };
  const stamp = { version: event.streamVersion, lastUpdated: event.recordedAt };
  return resources.map(({ type, id }) => ({ type, id, ...stamp, deleted: true }));
}

const identity = ({ content }: RenderedResource) => ({ type: content.resourceType, id: content.id });
const reference = ({ content }: RenderedResource) => `${content.resourceType}/${content.id}`;
const holder = ({ scope, unit }: Grant) => `${scope} ${unit}`;
const same = (a: Grant, b: Grant) =>
  a.drafts === b.drafts && a.level === b.level && a.since === b.since && a.listedUntil === b.listedUntil;
