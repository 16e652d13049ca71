import type { HsaId, ProcessEvent, Side } from '../vocabulary.js';
import type { Participant } from './state.js';

/** Units that come and go. */
export type ParticipantAdded = ProcessEvent<
  'ParticipantAdded',
  {
    readonly unit: HsaId;
    readonly unitName?: string;
    readonly side: Side;
    readonly organisation?: string;
    readonly ground: Participant['ground'];
  }
>;

/** `handedOverTo`: the unit led the case, which this one does from now on (SVU-42); `organisation`: of which it is, in older logs not said. */
export type ParticipantRemoved = ProcessEvent<
  'ParticipantRemoved',
  {
    readonly unit: HsaId;
    readonly reason?: string;
    readonly handedOverTo?: HsaId;
    readonly organisation?: string;
  }
>;
