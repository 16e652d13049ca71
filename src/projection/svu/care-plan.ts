import type { CarePlan, Extension } from 'fhir/r4.js';
import type { SvuState } from '../../process/svu/state.js';
import type { StepName } from '../../process/svu/state.js';
import { codeSystems, coding, concept, extensions, foreignSystems, profiles } from '../codes.js';
import { careTeamId } from '../identity.js';
import type { RenderedResource } from '../projection.js';
import { organizationReference, patientReference, referenceTo } from '../references.js';
import { endOfDay } from '../time.js';
import { codeToken, conceptTokens, referenceTokens } from '../tokens.js';
import { isOpen, rendered, type SvuCase } from './case-view.js';
import { sharedContent } from './shared-content.js';

/** The kind of case, in the hub's own code and in Inera's type of care plan. */
export const svuCategory: readonly [ReturnType<typeof concept>, ReturnType<typeof concept>] = [
  concept(codeSystems.caseKind, 'svu'),
  {
    coding: [
      {
        system: foreignSystems.careplanType,
        code: 'SPU',
        display: 'Samordnad plan vid utskrivning',
      },
    ],
  },
];

/** Steps in the order of the process. */
const steps: readonly StepName[] = ['admission-notice', 'planned-discharge', 'ready', 'discharge'];

/**
 * The case as CarePlan (design, section 6): `period` is admission to planned discharge, then to the discharge itself;
 * `description` is the reason of the admission notice; the step states are the same for every reader (the ground of VIEW-2).
 * A frozen case says that it is and nothing more (PAT-6).
 */
export function renderCarePlan(of: SvuCase): RenderedResource {
  const { id, state } = of;
  return state.frozen ? frozenCarePlan(of) : openCarePlan(id, state);
}

function openCarePlan(id: string, state: SvuState): RenderedResource {
  const shared = sharedContent(state);
  const encounter = state.stayId === undefined ? undefined : referenceTo('Encounter', state.stayId);
  const careTeam = referenceTo('CareTeam', careTeamId(id));
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id,
    meta: { profile: [profiles.CarePlan] },
    extension: [
      ...steps.map((step) => stepExtension(step, state)),
      { url: extensions.admissionNoticeDue, valueDateTime: state.admissionNoticeDue },
      ...(state.needsAssessedAt === undefined
        ? []
        : [{ url: extensions.needsAssessed, valueDateTime: state.needsAssessedAt }]),
      ...(state.information && shared.patientInformation
        ? [informationExtension(state.information, shared.freeText)]
        : []),
      ...notAddressedExtensions(state),
    ],
    status: statusOf(state),
    intent: 'plan',
    category: [...svuCategory],
    title: 'Samverkan vid utskrivning',
    ...(shared.reason !== undefined ? { description: shared.reason } : {}),
    subject: patientReference(state.personId),
    ...(encounter ? { encounter } : {}),
    period: { start: state.admittedAt, end: state.discharge?.dischargedAt ?? state.expectedDischarge },
    created: state.openedAt,
    author: organizationReference(state.ward),
    careTeam: [careTeam],
  };
  return rendered({ id, state }, content, {
    personal: true,
    periodStart: state.admittedAt,
    periodEnd: state.discharge?.dischargedAt ?? endOfDay(state.expectedDischarge),
    tokens: [
      ...commonTokens(state),
      ...(encounter ? referenceTokens('encounter', encounter) : []),
      ...referenceTokens('care-team', careTeam),
    ],
  });
}

function frozenCarePlan(of: SvuCase): RenderedResource {
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id: of.id,
    status: statusOf(of.state),
    intent: 'plan',
    category: [...svuCategory],
    subject: patientReference(of.state.personId),
  };
  return rendered(of, content, { personal: false, tokens: commonTokens(of.state) });
}

function statusOf(state: SvuState): CarePlan['status'] {
  if (state.frozen && isOpen(state)) return 'on-hold';
  return ({ draft: 'draft', published: 'active', discharged: 'completed', annulled: 'revoked' } as const)[
    state.phase
  ];
}

function commonTokens(state: SvuState): string[] {
  const subject = patientReference(state.personId);
  return [
    codeToken('status', statusOf(state)),
    ...svuCategory.flatMap((category) => conceptTokens('category', category)),
    ...referenceTokens('subject', subject),
    ...referenceTokens('patient', subject),
  ];
}

function stepExtension(step: StepName, state: SvuState): Extension {
  return {
    url: extensions.stepState,
    extension: [
      { url: 'step', valueCoding: coding(codeSystems.step, step) },
      { url: 'state', valueCoding: coding(codeSystems.stepState, state.steps[step]) },
    ],
  };
}

function informationExtension(
  information: NonNullable<SvuState['information']>,
  withReason: boolean,
): Extension {
  return {
    url: extensions.patientInformation,
    extension: [
      { url: 'informed', valueBoolean: information.informed },
      { url: 'oral', valueBoolean: information.oral },
      { url: 'written', valueBoolean: information.written },
      ...(information.reason !== undefined && withReason
        ? [{ url: 'reason', valueString: information.reason }]
        : []),
    ],
  };
}

function notAddressedExtensions(state: SvuState): Extension[] {
  return (['hospital', 'outpatient', 'municipality'] as const).flatMap((side) => {
    const cause = state.notAddressed[side];
    if (cause === undefined) return [];
    return {
      url: extensions.notAddressed,
      extension: [
        { url: 'side', valueCoding: coding(codeSystems.side, side) },
        { url: 'cause', valueCoding: coding(codeSystems.addressingFailure, cause) },
      ],
    };
  });
}
