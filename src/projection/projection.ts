import type { FhirResource } from 'fhir/r4.js';
import type { SharedLevel } from '../process/case/shared-level.js';
import type { HsaId, Instant, Uuid } from '../process/vocabulary.js';

/**
 * What a stream's state shows to the world: a pure function of the state. The log renders before and after each event
 * and writes what differs; so id, version and `lastUpdated` of a resource are functions of the event.
 */
export type Projection = {
  readonly resources: readonly RenderedResource[];
  /** Who may see what hangs on this stream (ACC-1). Replaces all grants the stream gave before. */
  readonly grants: readonly Grant[];
  /** A key that at most one live stream may hold, e.g. `svu:<person>` (SVU-2). Absent: none. */
  readonly exclusive?: string;
};

/** One resource without `meta`; the log adds `meta.versionId` (the stream's version) and `meta.lastUpdated` (recorded at). */
export type RenderedResource = {
  readonly content: FhirResource & { readonly id: string };
  /** The scope whose grants open it: a case, stay, person or notice id. Absent: every authenticated caller (directory). */
  readonly scope?: Uuid;
  /** Of what hangs on a case and only some units read: the circle that the scope is of (`circleScope`). */
  readonly circle?: string;
  readonly personId?: Uuid;
  /**
   * The level that a grant must have to open it (PAT-6, CON-5, CON-8). `none`: it names no person. `minimum`: it is itself rendered
   * again when a refusal leaves less. `full`: a refusal hides it whole.
   */
  readonly needs: SharedLevel;
  /** True: seen by those alone who see drafts (ACC-2): the side that opened the case, or whose scope it has (`sideScope`). */
  readonly draft: boolean;
  /** Search index: `parameter|value`, e.g. `status|active`, `based-on|CarePlan/<id>`, `identifier|<system>#<value>`. No personal numbers. */
  readonly tokens: readonly string[];
  /** For work lists: Task.owner's HSA-id. */
  readonly owner?: HsaId;
  readonly deadline?: Instant;
  readonly periodStart?: Instant;
  readonly periodEnd?: Instant;
};

/** A unit's right to see what has this scope. */
export type Grant = {
  readonly scope: Uuid;
  readonly unit: HsaId;
  /** Sees drafts, as the side does that opened the case (ACC-2). */
  readonly drafts: boolean;
  /** Opens what needs this much, or less. */
  readonly level: SharedLevel;
  /** Earlier versions are reached from the one that stood at this moment; absent: from the first (CON-8, VIEW-6). */
  readonly since?: Instant;
  /**
   * Of the scope of a case: until when the case is on the lists of the units that take part (VIEW-1, VIEW-8), `infinity` while it is under
   * way. Absent: it is not.
   */
  readonly listedUntil?: Instant;
};
