import type { CarePlan } from 'fhir/r4.js';
import { isOpen } from '../../process/case/questions.js';
import type { SvuState } from '../../process/svu/state.js';
import { careplanType, codeSystems, coding, concept, svuProfiles } from '../codes/codes.js';
import { careTeamId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { patientReference, referenceTo } from '../references.js';
import { endOfDay } from '../time.js';
import { referenceTokens } from '../search-tokens.js';
import { carePlanExtensions } from './care-plan-extensions.js';
import { rendered, unitReference } from '../case/case-view.js';
import { frozenCarePlan, standingTokens, type CaseStanding } from '../case/frozen-care-plan.js';
import type { SvuCase } from './svu-case.js';

/** The kind of case, in the hub's own code and in Inera's type of care plan. */
const svuCategory: readonly [ReturnType<typeof concept>, ReturnType<typeof concept>] = [
  concept(codeSystems.caseKind, 'svu'),
  { coding: [coding(careplanType, 'SPU')] },
];

/** What every SVU is called. */
export const svuTitle = 'Samverkan vid utskrivning';

/**
 * The case as CarePlan (design, section 6): `period` is admission to planned discharge, also once the patient has
 * left: the discharge itself is in its extension; `description` is the reason of the admission notice; the step states are the same for every reader (the ground of VIEW-2).
 * What a refusal hides is absent (CON-5). A frozen case says that it is and nothing more (PAT-6).
 */
export function renderCarePlan(of: SvuCase): RenderedResource {
  const standing = { status: statusOf(of.state), category: svuCategory };
  return of.state.frozen ? frozenCarePlan(of, standing) : openCarePlan(of, standing);
}

function openCarePlan(of: SvuCase, standing: CaseStanding): RenderedResource {
  const { id, state, shared } = of;
  const stayId = shared.level === 'full' ? state.stayId : undefined;
  const encounter = stayId === undefined ? undefined : referenceTo('Encounter', stayId);
  const careTeam = referenceTo('CareTeam', careTeamId(id));
  const start = shared.admittedAt;
  const end = shared.expectedDischarge;
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id,
    meta: { profile: [svuProfiles.CarePlan] },
    extension: carePlanExtensions(of),
    status: standing.status,
    intent: 'plan',
    category: [...standing.category],
    title: svuTitle,
    ...(shared.reason === undefined ? {} : { description: shared.reason }),
    subject: patientReference(state.personId),
    ...(encounter ? { encounter } : {}),
    ...(start === undefined && end === undefined
      ? {}
      : { period: { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) } }),
    created: state.openedAt,
    ...(shared.ward === undefined ? {} : { author: unitReference(of, shared.ward) }),
    careTeam: [careTeam],
  };
  const periodEnd = end === undefined ? undefined : endOfDay(end);
  return rendered(of, content, {
    needs: 'minimum',
    ...(start === undefined ? {} : { periodStart: start }),
    ...(periodEnd === undefined ? {} : { periodEnd }),
    tokens: [
      ...standingTokens(of, standing),
      ...(encounter ? referenceTokens('encounter', encounter) : []),
      ...referenceTokens('care-team', careTeam),
    ],
  });
}

function statusOf(state: SvuState): CarePlan['status'] {
  if (state.frozen && isOpen(state)) return 'on-hold';
  return ({ draft: 'draft', published: 'active', discharged: 'completed', annulled: 'revoked' } as const)[
    state.phase
  ];
}
