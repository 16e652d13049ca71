import type { FhirResource, Reference } from 'fhir/r4.js';
import { kindOfNotice } from '../../process/notice/kinds.js';
import type { SharedContent } from '../../process/svu/shared-content.js';
import { mayName, sharedContent } from '../../process/svu/shared-content.js';
import type { SvuState } from '../../process/svu/state.js';
import type { Actor, HsaId, Notice, Uuid } from '../../process/vocabulary.js';
import type { RenderedResource } from '../projection.js';
import { hubReference, organizationReference, staffReference } from '../references.js';

/** A case, its id and what it may share: what every view of an SVU starts from. */
export type SvuCase = { readonly id: Uuid; readonly state: SvuState; readonly shared: SharedContent };

/**
 * The case as its views see it. Also of a frozen case `shared` is what it shared before: its personal resources stay as they
 * were and its grants hide them (PAT-6), so that an unfrozen case has the same resources as before.
 */
export const caseOf = (id: Uuid, state: SvuState): SvuCase => ({
  id,
  state,
  shared: sharedContent({ ...state, frozen: false }),
});

/** A unit by id and, where the case knows it, by name; only that it is one of the hospital where a refusal hides which (CON-5). */
export const unitReference = (of: SvuCase, unit: HsaId): Reference =>
  mayName(of.state, of.shared, unit)
    ? organizationReference(unit, of.state.unitNames[unit])
    : { type: 'Organization', display: unnamedHospitalUnit };

/** What a unit of the hospital is called to those who may not know which. */
const unnamedHospitalUnit = 'Enhet i slutenvården';

/** Who acted (VIEW-12): name, title and unit; where staff of the hospital may not be named, the unit as far as it may be; else the hub. */
export function actorReference(of: SvuCase, actor: Actor): Reference {
  if (actor.kind !== 'user') return hubReference(actor);
  return actor.side !== 'hospital' || of.shared.namesHospitalStaff
    ? staffReference(actor)
    : unitReference(of, actor.unit);
}

/** Whether the case has been published; until then it is seen by the hospital side alone (ACC-2), also once annulled. */
export const isPublished = (state: SvuState): boolean => state.publishedAt !== undefined;

/** Whether a notice says that the case was annulled: it outlives the case's own grants (VIEW-11). */
export const isAnnulment = (notice: Notice): boolean => kindOfNotice(notice).endsCase === true;

/** One resource of the case, opened by the case's grants. */
export function rendered<Resource extends FhirResource & { readonly id: string }>(
  of: SvuCase,
  content: Resource,
  how: Omit<RenderedResource, 'content' | 'scope' | 'draft' | 'personId'>,
): RenderedResource {
  return { content, scope: of.id, personId: of.state.personId, draft: !isPublished(of.state), ...how };
}
