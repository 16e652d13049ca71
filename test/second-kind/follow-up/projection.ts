import type { CarePlan, Extension } from 'fhir/r4.js';
import { contentOfCase } from '../../../src/process/case/content-of-case.js';
import { isOpen } from '../../../src/process/case/questions.js';
import type { Uuid } from '../../../src/process/vocabulary.js';
import { rendered, unitReference, type CaseView } from '../../../src/projection/case/case-view.js';
import { frozenCarePlan, standingTokens } from '../../../src/projection/case/frozen-care-plan.js';
import { noticeWordsOf } from '../../../src/projection/case/notice-words.js';
import { projectCase } from '../../../src/projection/case/project-case.js';
import type { Projection, RenderedResource } from '../../../src/projection/projection.js';
import { caseProfiles } from '../../../src/projection/codes/canonicals.js';
import { patientReference } from '../../../src/projection/references.js';
import { category, followUpWays, wayExtension } from './codes.js';
import { followUpTables } from './rows.js';
import type { FollowUpState, FollowUpWay } from './state.js';

const noticeWords = noticeWordsOf(followUpTables.notices);

/** Everything a follow-up shows: its CarePlan, and what every case shows; a person has at most one that is open. */
export function projectFollowUp(id: Uuid, state: FollowUpState): Projection {
  const of: CaseView = {
    id,
    state,
    tables: followUpTables,
    profiles: caseProfiles,
    shared: contentOfCase(followUpTables.notices, { ...state, frozen: false }),
    teamName: 'Deltagare i uppföljningen',
    leads: state.leader,
    leader: state.leader,
    draftsOfSides: true,
    mayName: () => true,
    hidesTodo: () => false,
    hidesNotice: () => false,
    formerLeader: () => undefined,
    noticeWords,
  };
  return {
    ...projectCase(of, carePlan(of, state)),
    ...(isOpen(state) ? { exclusive: `follow-up:${state.personId}` } : {}),
  };
}

function carePlan(of: CaseView, state: FollowUpState): RenderedResource {
  const status = (
    { draft: 'draft', published: 'active', finished: 'completed', annulled: 'revoked' } as const
  )[state.phase];
  const standing = {
    status: state.frozen && isOpen(state) ? 'on-hold' : status,
    category: [category],
  } as const;
  if (state.frozen) return frozenCarePlan(of, standing);
  const content: CarePlan & { id: string } = {
    resourceType: 'CarePlan',
    id: of.id,
    ...(state.way === undefined ? {} : { extension: [wayOf(state.way)] }),
    status: standing.status,
    intent: 'plan',
    category: [category],
    title: 'Uppföljning',
    ...(state.purpose === undefined ? {} : { description: state.purpose }),
    subject: patientReference(state.personId),
    period: { end: state.until },
    author: unitReference(of, state.leader),
  };
  return rendered(of, content, { needs: 'minimum', tokens: standingTokens(of, standing) });
}

const wayOf = (way: FollowUpWay): Extension => ({
  url: wayExtension,
  valueCodeableConcept: {
    coding: [{ system: followUpWays.system, code: way, display: followUpWays.concepts[way].sv }],
  },
});
