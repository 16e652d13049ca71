import type { CareTeam, CareTeamParticipant } from 'fhir/r4.js';
import { hasWeakerSecrecy, isOpen } from '../../process/case/questions.js';
import type { CaseState, Participant } from '../../process/case/state.js';
import { codeSystems, coding, concept, extensions } from '../codes/codes.js';
import { careTeamId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { patientReference, practitionerRoleReference, referenceTo } from '../references.js';
import { codeToken, referenceTokens } from '../search-tokens.js';
import { rendered, unitReference, type CaseView } from './case-view.js';

/** Who takes part in a case: the units with their sides, and the contacts they named (SVU-8). */
export function renderCareTeam(of: CaseView): RenderedResource {
  const { id, state, shared } = of;
  const subject = patientReference(state.personId);
  const units = unitsShown(of);
  const contacts = Object.entries(shared.contacts)
    .sort(([one], [other]) => compare(one, other))
    .map(([hsaId, contact]) => contactParticipant(of, hsaId, contact));
  const participant = [...units, ...contacts];
  // The minimum does not say which stay it is (CON-5).
  const stayId = shared.level === 'full' ? of.stayId : undefined;
  const encounter = stayId === undefined ? undefined : referenceTo('Encounter', stayId);
  const content: CareTeam & { id: string } = {
    resourceType: 'CareTeam',
    id: careTeamId(id),
    meta: { profile: [of.profiles.CareTeam] },
    status: statusOf(state),
    name: of.teamName,
    subject,
    ...(encounter ? { encounter } : {}),
    ...(participant.length > 0 ? { participant } : {}),
    ...(of.leader === undefined ? {} : { managingOrganization: [unitReference(of, of.leader)] }),
  };
  return rendered(of, content, {
    needs: 'minimum',
    tokens: [
      codeToken('status', statusOf(state)),
      ...referenceTokens('subject', subject),
      ...referenceTokens('patient', subject),
      ...(encounter ? referenceTokens('encounter', encounter) : []),
      ...participant.flatMap((one) => [
        ...referenceTokens('participant', one.member ?? {}),
        ...referenceTokens('participant', one.onBehalfOf ?? {}),
      ]),
    ],
  });
}

function statusOf(state: CaseState): NonNullable<CareTeam['status']> {
  if (state.frozen) return 'suspended';
  if (!isOpen(state)) return 'inactive';
  return state.phase === 'draft' ? 'proposed' : 'active';
}

/**
 * The units of the case. Those of the hospital that may not be named (CON-5) are one, first and since the case was opened: which they are,
 * how many, and when one took the place of another, is not to be seen.
 */
function unitsShown(of: CaseView): readonly CareTeamParticipant[] {
  const all = Object.values(of.state.participants).sort(byUnit);
  const named = all.filter(({ unit }) => of.mayName(unit));
  const [hidden] = all.filter((each) => !named.includes(each));
  return [...(hidden === undefined ? [] : [{ ...hidden, since: of.state.openedAt }]), ...named].map((each) =>
    unitParticipant(of, each),
  );
}

/** ADR-15: who added the unit, where all is shared. */
const addedBy = (of: CaseView, { addedBy: unit }: Participant) =>
  unit === undefined || of.shared.level !== 'full'
    ? []
    : [{ url: extensions.participantAddedBy, valueReference: unitReference(of, unit) }];

function unitParticipant(of: CaseView, participant: Participant): CareTeamParticipant {
  return {
    extension: [
      { url: extensions.participantSide, valueCoding: coding(codeSystems.side, participant.side) },
      // ORG-10: whoever writes in the case sees that this unit is bound by weaker secrecy.
      ...(hasWeakerSecrecy(participant)
        ? [{ url: extensions.participantSecrecy, valueCoding: coding(codeSystems.secrecy, 'weaker') }]
        : []),
      ...addedBy(of, participant),
    ],
    role: [concept(codeSystems.participantRole, 'unit')],
    member: unitReference(of, participant.unit),
    period: { start: participant.since },
  };
}

function contactParticipant(
  of: CaseView,
  hsaId: string,
  contact: CaseState['contacts'][string],
): CareTeamParticipant {
  return {
    ...(contact.responsibility === undefined
      ? {}
      : { extension: [{ url: extensions.contactResponsibility, valueString: contact.responsibility }] }),
    role: [
      concept(codeSystems.participantRole, 'contact'),
      ...(contact.callsToSip ? [concept(codeSystems.participantRole, 'calls-to-sip')] : []),
    ],
    member: practitionerRoleReference(hsaId, contact.unit, { name: contact.name }),
    onBehalfOf: unitReference(of, contact.unit),
  };
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
const byUnit = (one: Participant, other: Participant): number => compare(one.unit, other.unit);
