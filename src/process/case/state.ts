import type { Standing } from './standing.js';
import type { CasePolicy } from '../policy/policy.js';
import type { Actor, HsaId, Instant, Notice, Side, Todo, Uuid } from '../vocabulary.js';
import type { AddressedSide, AddressingFailureCause } from './addressing-result.js';
import type { DecisionData } from './decision-data.js';
import type { IdentityQuestion } from './identity-question.js';
import type { CaseNoticeKind } from './notice-kinds.js';
import type { CaseTodoKind } from './todo-kinds.js';

/** A unit that takes part. */
export type Participant = {
  readonly unit: HsaId;
  readonly side: Side;
  /** Of a unit that was added by hand; older logs do not say. */
  readonly organisation?: string;
  readonly since: Instant;
  readonly ground: 'opened' | 'listing' | 'register' | 'by-hand' | 'ward-change';
  /** The unit that added it by hand (ADR-15). */
  readonly addedBy?: HsaId;
  /** An inbox that passes its cases on within this organisation (ADR-14). */
  readonly distributesIn?: string;
  /** False for a unit that joined while no decision stood: it sees that the case exists, not its content (CON-8). */
  readonly seesContent: boolean;
};

/** A decision with its life: current until deregistered or replaced. */
export type RegisteredDecision = {
  readonly id: Uuid;
  readonly data: DecisionData;
  readonly registeredAt: Instant;
  readonly registeredBy: Actor;
  readonly endedAt?: Instant;
  /** It was registered by mistake: nobody ever decided so (CON-6). */
  readonly mistake?: true;
};

/** One of the staff of a unit, whom the others turn to about the patient. */
type Contact = {
  readonly name: string;
  readonly unit: HsaId;
  readonly callsToSip: boolean;
  readonly responsibility?: string;
};

/**
 * What the state of every kind of case has. A kind adds its own fields; what every case does (process/case) reads and changes
 * these alone. All fields serialisable.
 */
export type CaseState = {
  /** The name of the kind, which is that of its stream too. */
  readonly kind: string;
  readonly personId: Uuid;
  /** Whose case it was before persons turned out to be one (PAT-12). */
  readonly formerPersons?: readonly Uuid[];
  /** What the leading unit has been asked about whose case it is. */
  readonly identityQuestions?: readonly IdentityQuestion[];
  readonly policy: CasePolicy;
  /** `draft` and `published`: under way. `annulled`: it never should have been. Anything else: over, in the words of its kind. */
  readonly phase: string;
  readonly frozen: boolean;
  /** It was annulled as another patient's: nothing in it was hers (PAT-13). */
  readonly wrongPatient?: true;
  readonly openedAt: Instant;
  readonly openedBy: Actor;
  /** The organisation that has the case: that of the unit that opened it, and after a handing over that of the unit that leads it. */
  readonly organisation: string;
  /** All decisions, oldest first; the current one is the last without `endedAt`. */
  readonly decisions: readonly RegisteredDecision[];
  readonly publishedAt?: Instant;
  /** How much of the content has been published and may still be shown; absent before publication (CON-5, CON-8). */
  readonly sharing?: 'minimum' | 'full';
  readonly participants: Readonly<Record<HsaId, Participant>>;
  /** Units that took part, saw the content and have left: they know of the person (VIEW-11). */
  readonly left?: readonly HsaId[];
  /** The sides of units that have left; of those that left before this was kept, none is known. */
  readonly formerSides?: Readonly<Record<HsaId, Side>>;
  /**
   * Units that read what others of the case do not, each circle by its name, which says of whom it was formed (`circleFor`): of messages
   * to some of those who take part (MSG-1). Who leads the case after another is in the circles of the one before.
   */
  readonly circles?: Readonly<Record<string, readonly HsaId[]>>;
  /** Units that have written in each form of the case, by the working document that it is; one that nobody has written in is left out. */
  readonly written?: Readonly<Record<string, readonly HsaId[]>>;
  /** How far each working document has come, as its answers last said. What it says under a refusal is shown to nobody (CON-5). */
  readonly standings?: Readonly<Record<string, Standing>>;
  /** Units that somebody has taken out of the case, or that left it themselves: no register brings them back (ADR-10). */
  readonly takenOut?: readonly HsaId[];
  /** What each unit that takes part, or ever did, was called when it joined. */
  readonly unitNames: Readonly<Record<HsaId, string>>;
  readonly contacts: Readonly<Record<HsaId, Contact>>;
  /** Sides that could not be addressed and why (ADR-13). */
  readonly notAddressed: Readonly<Partial<Record<AddressedSide, AddressingFailureCause>>>;
  /** Where the patient is listed, once that is another unit than the case was addressed to (ADR-7). */
  readonly listed?: HsaId;
  readonly todos: Readonly<Record<string, Todo>>;
  /** Keys of to-dos that an end or a freeze interrupted; they come back when it is undone. */
  readonly interrupted: readonly string[];
  /** How many rounds of acknowledging each step has had. */
  readonly rounds: Readonly<Record<string, number>>;
  readonly notices: Readonly<Record<string, Notice>>;
};

/** The kinds of to-do that a case of this state may have. A kind narrows `todos` to the codes of its own table. */
export type TodoKindOf<State extends CaseState> = State['todos'][string]['kind'] | CaseTodoKind;

/** The kinds of notice that a case of this state may have. */
export type NoticeKindOf<State extends CaseState> = State['notices'][string]['kind'] | CaseNoticeKind;
