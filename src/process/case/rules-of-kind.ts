import type { Rejected, Rejection } from '../rejections/rejection.js';
import type { HsaId } from '../vocabulary.js';
import type { Moment } from './event.js';
import type { WrongPhase } from './guards.js';
import type { CaseState } from './state.js';
import type { TablesOfKind } from './tables-of-kind.js';

/** What the rules that every case shares ask of its kind. Pure functions of the state. */
export type RulesOfKind<State extends CaseState> = {
  /** Its kinds of to-do and of notice. */
  readonly tables: TablesOfKind;
  /** Why a step that every case has is not possible in another phase. */
  readonly wrongPhase: WrongPhase;
  /** How it is rejected that the last unit of the side that opened the case leaves it while it is open: nobody could end it (ADR-11). */
  readonly lastOfOpeners: (detail: Pick<Rejection, 'field' | 'values'>) => Rejected;
  /** How it is rejected that somebody else takes the unit that leads the case out of it: that unit leaves it itself (ORG-3, SVU-42). */
  readonly leaderLeavesItself: (detail: Pick<Rejection, 'field' | 'values'>) => Rejected;
  /** The unit that leads the case. It gets what is nobody else's to do. */
  readonly leaderOf: (state: State) => HsaId;
  /** The same case led by another unit, with what the leader had to do (SVU-25, ADR-11). */
  readonly ledBy: (state: State, unit: HsaId) => State;
  /** What those who stay are told when the leader has left the case to another unit by hand (ADR-11, SVU-42). */
  readonly handedOver: (state: State, from: HsaId, to: HsaId, event: Moment) => State;
  /** What a unit that joins a case under way is told and asked, as the others were (SVU-7, SVU-13). */
  readonly joined: (state: State, unit: HsaId, event: Moment) => State;
  /** PAT-13: the case without what the journal asked of it by a stay that it tells as another person's now. */
  readonly stayGivenUp: (state: State, event: Moment) => State;
  /** CON-5: the case without what a refusal forbids to share and what was to be done about it, beyond what every case has. */
  readonly forget: (state: State, event: Moment) => State;
  /** CON-5: whether units of the hospital may be known to those outside it. */
  readonly hidesHospital: (state: State) => boolean;
  /** CON-5: whether free text may be written now. */
  readonly sharesText: (state: State) => boolean;
};
