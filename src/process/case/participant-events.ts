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
    /** ADR-14: an inbox that passes its cases on within this organisation; older logs do not say. */
    readonly distributesIn?: string;
    /** ADR-15: those who take part are told too; in older logs the unit alone was. */
    readonly othersTold?: true;
    /** ADR-15: of a draft its own side is told too, where the unit is of another; in older logs it was not. */
    readonly draftTold?: true;
  }
>;

/** `handedOverTo`: the unit led the case, which this one does from now on (SVU-42); `organisation`: of which it is, in older logs not said; `othersTold`: those who stay are told, though it was not the last of its side (ADR-16). */
export type ParticipantRemoved = ProcessEvent<
  'ParticipantRemoved',
  {
    readonly unit: HsaId;
    readonly reason?: string;
    readonly handedOverTo?: HsaId;
    readonly organisation?: string;
    readonly othersTold?: true;
  }
>;
