import type { RulesOfKind } from '../case/rules-of-kind.js';
import { stayGivenUp } from './facts.js';
import { forgetContent } from './forgetting.js';
import { handOver } from './hand-over.js';
import { openLateAcknowledgements } from './late-joining.js';
import { reject } from './rejections.js';
import { sharedContent } from './shared-content.js';
import type { SvuState } from './state.js';
import { svuTables } from './tables.js';
import { handedOver } from './ward.js';
import { wrongPhase } from './guards.js';

/** What the rules that every case shares ask of an SVU. */
export const rulesOfSvu: RulesOfKind<SvuState> = {
  tables: svuTables,
  wrongPhase,
  lastOfOpeners: (detail) => reject('last-hospital-unit', detail),
  leaderLeavesItself: (detail) => reject('ward-hands-over-itself', detail),
  leaderOf: ({ ward }) => ward,
  ledBy: handOver,
  handedOver,
  joined: openLateAcknowledgements,
  stayGivenUp,
  forget: forgetContent,
  hidesHospital: (state) => sharedContent(state).hospitalUnits !== 'all',
  sharesText: (state) => sharedContent(state).freeText,
};
