import type { PartOfForm } from '../form/questionnaire.js';
import type { HsaId, Instant, UserActor } from '../vocabulary.js';

/** A unit has signed the statement (SVU-19). */
export type Signature = {
  readonly at: Instant;
  /** Who signed for the unit: name, title and unit (VIEW-12). */
  readonly by: UserActor;
  /** The parts in which something stood when it signed: what it has put its name to. */
  readonly seen: readonly PartOfForm[];
};

/** How far the statement has come. What it says stands in its form; here stands who has put their name to it (decision 121). */
export type Statement = {
  /** The hospital has marked its part complete, which opens the others (SVU-16). Left out: the hospital writes. */
  readonly completed?: { readonly at: Instant; readonly by: UserActor };
  /** Outpatient care said no to the stance on SIP, and the hospital has not marked its part complete since (SVU-17). */
  readonly returned?: { readonly at: Instant; readonly by: UserActor };
  /** The parts of whose sides somebody has signed since the signatures were last broken, also by a unit that has left since. */
  readonly signedParts?: readonly PartOfForm[];
  /** All had signed: until the hospital opens it again nothing is written in it, whoever joins or leaves (SVU-20). */
  readonly sealed?: true;
  /** By unit. One that is broken is gone. */
  readonly signatures: Readonly<Record<HsaId, Signature>>;
};
