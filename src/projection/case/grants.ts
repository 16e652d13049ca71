import { draftSide, isAnnulled, isOpen, sideOf } from '../../process/case/questions.js';
import { sharedLevel } from '../../process/case/shared-level.js';
import type { CaseState, Participant } from '../../process/case/state.js';
import type { Instant } from '../../process/vocabulary.js';
import { circleScope, communicationId, sideScope } from '../identity.js';
import type { Grant } from '../projection.js';
import { isAnnulment, isPublished, type CaseView } from './case-view.js';
import { hasOwnScope } from './communication.js';
import { rightOf, type Right } from './right.js';
import { todoNoteGrants } from './todo-note.js';
import { ownTaskGrants } from './units-own.js';

/**
 * What taking part in a case opens (ACC-1): the case itself, the person and the stay. Nothing outside the side that opened it
 * before publication (ACC-2); no content for a unit that joined while no decision stood (CON-8) or while the case is
 * frozen (PAT-6); the stay for the hospital side alone where only the minimum is shared (CON-5). A removed unit is no
 * participant, so it has no grant (ACC-7), except on the notice that says so (ADR-10). Of an annulled case nothing is open to
 * anybody but the notice that says so, with the person it was about (VIEW-11).
 */
export function caseGrants(of: CaseView): Grant[] {
  if (isAnnulled(of.state)) return annulledGrants(of);
  return [...participantGrants(of), ...removalGrants(of), ...ownTaskGrants(of), ...todoNoteGrants(of)];
}

/**
 * VIEW-11: the notice of the annulment, for who got it and for who sent it. The person goes with it, for whoever knew her
 * before: the unit must see whom it was about, also one that had left the case.
 */
function annulledGrants(of: CaseView): Grant[] {
  const { id, state } = of;
  const notices = Object.values(state.notices).filter((notice) => isAnnulment(of, notice));
  const grants = notices.flatMap((notice) => {
    const sender = notice.sentBy.kind === 'user' ? [notice.sentBy.unit] : [];
    const scopes = [communicationId(id, notice.key), ...(notice.personal ? personsOf(state) : [])];
    return [...new Set([...notice.recipients, ...sender])].flatMap((unit) => {
      const side = state.participants[unit]?.side;
      // Whoever left a draft was of the side that opened it (ACC-2).
      const drafts = side === undefined ? !isPublished(state) : side === draftSide(state);
      return scopes.map((scope) => ({ scope, unit, drafts, level: sharedLevel(state) }));
    });
  });
  // Two notices about her open the person once.
  return [...new Map(grants.map((grant) => [`${grant.scope} ${grant.unit}`, grant])).values()];
}

/** Earlier versions name the person by the id before a merge (PAT-12), which leads to the one who lives on. */
const personsOf = (state: CaseState): string[] => [state.personId, ...(state.formerPersons ?? [])];

/**
 * The notices of units that left: for those that it tells so, and for those who take part. Only the side that opened the case is told of
 * a draft. Which unit leads the case instead of which is content of the case; that a unit was removed is not (CON-8).
 */
function removalGrants(of: CaseView): Grant[] {
  const { id, state, shared, formerLeader } = of;
  const level = sharedLevel(state);
  return Object.values(shared.notices)
    .filter((notice) => hasOwnScope(of, notice))
    .flatMap((notice) => {
      const scope = communicationId(id, notice.key);
      const led = formerLeader(notice);
      // All who take part are told that a unit was removed (ADR-16); of those that left later each keeps what told it of itself (ACC-7).
      const told = led === undefined ? notice.recipients : led.unit === undefined ? [] : [led.unit];
      const about = led === undefined ? notice.content['unit'] : led.unit;
      const gone = [...new Set(told)].filter(
        (unit) => unit === about && state.participants[unit] === undefined,
      );
      const taking = Object.values(state.participants).flatMap((participant) => {
        const right = rightOf(state, led === undefined ? { ...participant, seesContent: true } : participant);
        return right === undefined ? [] : [{ scope, unit: participant.unit, ...right }];
      });
      return [
        ...taking,
        // Before publication it was of the side that opened the case, as the leader is.
        ...gone.map((unit) => ({
          scope,
          unit,
          drafts: led !== undefined || !isPublished(state) || sideOf(state, unit) === draftSide(state),
          level,
        })),
      ];
    });
}

function participantGrants(of: CaseView): Grant[] {
  const { id, state, shared, stayId } = of;
  return Object.values(state.participants).flatMap((participant) => {
    const right = rightOf(state, participant);
    if (right === undefined) return [];
    const content = right.level !== 'none';
    const scopes = [id, ...(content ? personsOf(state) : [])];
    if (content && stayId !== undefined && (participant.side === 'hospital' || shared.level === 'full'))
      scopes.push(stayId);
    const since = sinceOf(of, participant);
    const own = scopes.map((scope) => ({
      scope,
      unit: participant.unit,
      ...right,
      ...(scope === id ? { ...afterDraft(state, right, since), ...listedUntil(of) } : since),
    }));
    const circles = Object.entries(state.circles ?? {})
      .filter(([, units]) => units.includes(participant.unit))
      .map(([circle]) => ({
        scope: circleScope(id, circle),
        unit: participant.unit,
        ...right,
        ...afterDraft(state, right, since),
      }));
    const drafts = {
      scope: sideScope(id, participant.side),
      unit: participant.unit,
      ...right,
      drafts: true,
      ...since,
    };
    return [...own, ...circles, ...(of.draftsOfSides === true ? [drafts] : [])];
  });
}

/**
 * What hangs on the case in a stream of its own does not say itself that it was written while the case was a draft: who does not see
 * drafts reads it from the version that stood when the case was published (ACC-2).
 */
function afterDraft({ publishedAt }: CaseState, { drafts }: Right, { since }: Since): Since {
  if (drafts || publishedAt === undefined || (since !== undefined && since >= publishedAt))
    return since === undefined ? {} : { since };
  return { since: publishedAt };
}

/** VIEW-1, VIEW-8: a case is on the list of who takes part while it is under way, and some hours after. */
function listedUntil({ state, listedUntil: until }: CaseView): Pick<Grant, 'listedUntil'> {
  if (isOpen(state)) return { listedUntil: 'infinity' };
  return until === undefined ? {} : { listedUntil: until };
}

type Since = Pick<Grant, 'since'>;

/**
 * From when a participant reads earlier versions: from the day it joined, or saw content for the first time. The units that
 * opened or lead the case read them all (SVU-25, VIEW-6).
 */
function sinceOf({ state, leads }: CaseView, { unit, side, ground, since }: Participant): Since {
  const runs = side === draftSide(state) && (ground !== 'by-hand' || leads === unit);
  return runs ? {} : { since: firstDecisionFrom(state, since) };
}

/** The moment itself while a decision stood then, or nothing had been published; else when the next was registered (CON-8). */
function firstDecisionFrom({ decisions, publishedAt }: CaseState, moment: Instant): Instant {
  if (publishedAt === undefined || moment <= publishedAt) return moment;
  const stood = decisions.some(
    ({ registeredAt, endedAt }) => registeredAt <= moment && (endedAt === undefined || endedAt > moment),
  );
  const next = decisions.find(({ registeredAt }) => registeredAt > moment);
  return stood ? moment : (next?.registeredAt ?? moment);
}
