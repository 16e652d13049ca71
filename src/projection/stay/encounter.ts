import type { Encounter, EncounterLocation, Period } from 'fhir/r4.js';
import type { StayState } from '../../process/stay/stay.js';
import type { Instant, Uuid } from '../../process/vocabulary.js';
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
  const period = periodOf(state.admittedAt, state.dischargedAt);
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
    ...(period === undefined ? {} : { period }),
    ...(locations.length > 0 ? { location: locations } : {}),
    ...(serviceProvider ? { serviceProvider } : {}),
  };
  return {
    content,
    scope: id,
    personId: state.personId,
    needs: 'minimum',
    draft: false,
    ...(period?.start === undefined ? {} : { periodStart: period.start }),
    ...(period?.end === undefined ? {} : { periodEnd: period.end }),
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

/**
 * A period as R4 takes it (per-1): an end before its start is not shown. A journal that writes days without times, or writes one of the
 * two wrong, tells of a discharge before the admission; which of them is wrong nobody here knows, and the status says that it is over.
 */
function periodOf(start: Instant | undefined, end: Instant | undefined): Period | undefined {
  const isBefore = start !== undefined && end !== undefined && Date.parse(end) < Date.parse(start);
  if (start === undefined && end === undefined) return undefined;
  return { ...(start === undefined ? {} : { start }), ...(end === undefined || isBefore ? {} : { end }) };
}

/** The wards in the source's order; each ends where the next begins, or one that nobody here knows; the last with the stay. */
function locationsOf(state: StayState): EncounterLocation[] {
  return state.wards.map(({ ward, from, until }, place) => {
    const end = until ?? state.wards[place + 1]?.from ?? state.dischargedAt;
    return {
      location: locationReference(ward),
      status: end === undefined && state.status === 'in-progress' ? 'active' : 'completed',
      period: { start: from, ...periodOf(from, end) },
    };
  });
}
