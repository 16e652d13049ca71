import type { Encounter, EncounterLocation } from 'fhir/r4.js';
import type { StayState } from '../../process/stay/stay.js';
import type { Uuid } from '../../process/vocabulary.js';
import { foreignCanonicals, foreignSystems, profiles } from '../codes/codes.js';
import type { Grant, Projection, RenderedResource } from '../projection.js';
import { locationReference, organizationReference, patientReference } from '../references.js';
import { codeToken, codingTokens, referenceTokens } from '../search-tokens.js';

/**
 * A hospital stay as Encounter: the present ward is `serviceProvider`, every ward it has been at a `location` with its
 * period. The ward where the patient lies sees the stay and the person (it may open a case); others through a case.
 *
 * A cancelled admission (A11) is `cancelled`, "ended before it has begun": it tells of a decision not to admit as well as of
 * an admission written by mistake, and does not say which. `entered-in-error` would claim the latter.
 */
export function projectStay(id: Uuid, state: StayState): Projection {
  return { resources: [renderEncounter(id, state)], grants: stayGrants(id, state) };
}

function stayGrants(id: Uuid, state: StayState): Grant[] {
  const unit = state.ward;
  if (unit === undefined) return [];
  const scopes = state.status === 'in-progress' ? [id, state.personId] : [id];
  return scopes.map((scope) => ({ scope, unit, drafts: true, level: 'full' as const }));
}

function renderEncounter(id: Uuid, state: StayState): RenderedResource {
  const subject = patientReference(state.personId);
  const serviceProvider = state.ward === undefined ? undefined : organizationReference(state.ward);
  const locations = locationsOf(state);
  const inpatient = { system: foreignSystems.actCode, code: 'IMP', display: 'inpatient encounter' };
  const content: Encounter & { id: string } = {
    resourceType: 'Encounter',
    id,
    meta: { profile: [profiles.Encounter] },
    ...(state.expectedDischarge === undefined
      ? {}
      : { extension: [{ url: foreignCanonicals.plannedEndDate, valueDateTime: state.expectedDischarge }] }),
    status: state.status,
    class: inpatient,
    subject,
    ...(state.admittedAt === undefined && state.dischargedAt === undefined
      ? {}
      : {
          period: {
            ...(state.admittedAt === undefined ? {} : { start: state.admittedAt }),
            ...(state.dischargedAt === undefined ? {} : { end: state.dischargedAt }),
          },
        }),
    ...(locations.length > 0 ? { location: locations } : {}),
    ...(serviceProvider ? { serviceProvider } : {}),
  };
  return {
    content,
    scope: id,
    personId: state.personId,
    needs: 'minimum',
    draft: false,
    ...(state.admittedAt === undefined ? {} : { periodStart: state.admittedAt }),
    ...(state.dischargedAt === undefined ? {} : { periodEnd: state.dischargedAt }),
    tokens: [
      codeToken('status', state.status),
      ...codingTokens('class', inpatient),
      ...referenceTokens('subject', subject),
      ...referenceTokens('patient', subject),
      ...(serviceProvider ? referenceTokens('service-provider', serviceProvider) : []),
      ...new Set(locations.flatMap(({ location }) => referenceTokens('location', location))),
    ],
  };
}

/** The wards in the source's order; each ends where the next begins, or one that nobody here knows; the last with the stay. */
function locationsOf(state: StayState): EncounterLocation[] {
  return state.wards.map(({ ward, from, until }, place) => {
    const end = until ?? state.wards[place + 1]?.from ?? state.dischargedAt;
    return {
      location: locationReference(ward),
      status: end === undefined && state.status === 'in-progress' ? 'active' : 'completed',
      period: { start: from, ...(end === undefined ? {} : { end }) },
    };
  });
}
