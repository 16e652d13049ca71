import type { FhirResource, Reference } from 'fhir/r4.js';
import type { CaseContent } from '../../process/case/case-content.js';
import type { CaseState } from '../../process/case/state.js';
import type { Actor, HsaId, Instant, Notice, Todo, Uuid } from '../../process/vocabulary.js';
import type { TablesOfKind } from '../../process/case/tables-of-kind.js';
import { kindOfNotice } from '../../process/notice/kind-of-notice.js';
import type { ProfilesOfCase } from '../codes/canonicals.js';
import type { RenderedResource } from '../projection.js';
import { hubReference, organizationReference, staffReference } from '../references.js';
import type { NoticeWords } from './notice-text.js';

/**
 * A case as its views see it: its id, its state and what of it may be shown. The rest is what a kind of case adds to what every case
 * shows; a kind's own views know more of state and content than this.
 */
export type CaseView = {
  readonly id: Uuid;
  readonly state: CaseState;
  /** The kinds of to-do and of notice of its kind of case. */
  readonly tables: TablesOfKind;
  /** The profiles that its resources claim: those of its kind, or those of every case. */
  readonly profiles: ProfilesOfCase;
  /** Also of a frozen case what it shared before: its personal resources stay as they were, and its grants hide them (PAT-6). */
  readonly shared: CaseContent;
  /** What the units and people of the case are called together. */
  readonly teamName: string;
  /** The unit that leads the case, and the same as far as it may be shown. */
  readonly leads: HsaId;
  readonly leader?: HsaId;
  /** The stay the case is of; shown where all is shared (CON-5), and opened to the hospital side with the case. */
  readonly stayId?: Uuid;
  /** Of a case that is over: until when it is on the lists of its units (VIEW-8). Absent: no longer than it is under way. */
  readonly listedUntil?: Instant;
  /** Whether streams under its cases have drafts of one side, as of a form that is not yet handed in. */
  readonly draftsOfSides?: true;
  /** Whether a unit may be named to all who take part (CON-5). */
  readonly mayName: (unit: HsaId) => boolean;
  /** Whether a to-do, beyond those of its kind, is nothing for those who do not see drafts. */
  readonly hidesTodo: (todo: Todo) => boolean;
  /** Whether a notice, beyond what every case hides, is nothing for those who do not see drafts. */
  readonly hidesNotice: (notice: Notice) => boolean;
  /** Of a notice that another unit leads the case now: the unit that did before, or nothing where it goes on taking part. */
  readonly formerLeader: (notice: Notice) => { readonly unit?: HsaId } | undefined;
  readonly noticeWords: NoticeWords;
  /**
   * All that `mayName`, `hidesTodo` and `hidesNotice` look at beside what they are given and what every case has, as a text. Absent: every
   * step renders all notices and to-dos anew.
   */
  readonly partsKey?: string;
};

/** A unit by id and, where the case knows it, by name; only that it is one of the hospital where a refusal hides which (CON-5). */
export const unitReference = (of: CaseView, unit: HsaId): Reference =>
  of.mayName(unit)
    ? organizationReference(unit, of.state.unitNames[unit])
    : { type: 'Organization', display: unnamedHospitalUnit };

/** What a unit of the hospital is called to those who may not know which. */
const unnamedHospitalUnit = 'Enhet i slutenvården';

/** Who acted (VIEW-12): name, title and unit; where staff of the hospital may not be named, the unit as far as it may be; else the hub. */
export function actorReference(of: CaseView, actor: Actor): Reference {
  if (actor.kind !== 'user') return hubReference(actor);
  return actor.side !== 'hospital' || of.shared.namesHospitalStaff
    ? staffReference(actor)
    : unitReference(of, actor.unit);
}

/** Whether the case has been published; until then it is seen by the side alone that opened it (ACC-2), also once annulled. */
export const isPublished = (state: CaseState): boolean => state.publishedAt !== undefined;

/** Whether a notice says that the case was annulled: it outlives the case's own grants (VIEW-11). */
export const isAnnulment = ({ tables }: CaseView, notice: Notice): boolean =>
  kindOfNotice(tables.notices, notice).endsCase === true;

/** One resource of the case, opened by the case's grants. */
export function rendered<Resource extends FhirResource & { readonly id: string }>(
  of: CaseView,
  content: Resource,
  how: Omit<RenderedResource, 'content' | 'scope' | 'draft' | 'personId'>,
): RenderedResource {
  return { content, scope: of.id, personId: of.state.personId, draft: !isPublished(of.state), ...how };
}
