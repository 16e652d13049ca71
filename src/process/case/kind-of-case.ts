import type { FormReading } from '../form/parts.js';
import type { PartOfForm, Questionnaire } from '../form/questionnaire.js';
import type { MinorOfCase } from '../person/minor-of-case.js';
import type { Policy } from '../policy/policy.js';
import type { Rejection } from '../rejections/rejection.js';
import type { StayState } from '../stay/stay.js';
import type { Command, HsaId, Instant, ProcessEvent, UserActor, Uuid, WardNoticeEnd } from '../vocabulary.js';
import type { AddressingResult } from './addressing-result.js';
import type { Moment } from './event.js';
import type { RecordedNpoDecision } from './npo-decision.js';
import type { PaymentBasis } from './payment-basis.js';
import type { CaseState } from './state.js';
import type { RowsOfKind } from './tables-of-kind.js';
import type { ToldOfStay } from './told-of-stay.js';

/** Any command and any event of a case, where the kind alone knows more of it. */
export type AnyCommand = Command<string, unknown>;
export type AnyEvent = ProcessEvent<string, unknown>;

/** A command without its time and actor. */
export type AnyStep = Pick<AnyCommand, 'type' | 'data'>;

/** What is known when a case is opened, whatever its kind. */
type OpeningContext = {
  readonly personId: Uuid;
  readonly policy: Policy;
  /** The stay that was named or found. */
  readonly stayId?: Uuid;
  /** The person's open case of the same kind. */
  readonly openCase?: Uuid;
  readonly outpatient: AddressingResult;
  readonly municipality: AddressingResult;
  /** Of a person under 18 (PAT-11). */
  readonly minor?: MinorOfCase;
};

/** How cases of a kind are opened. `Asked`: what the client said of the case, as the kind's reader read it. */
type Opening<Asked> = {
  /** Asked before any lookup, so that nobody but who may open a case can use the hub to ask the registers. */
  mayOpen(this: void, by: UserActor): Rejection | undefined;
  /** Which of the person's stays the case is of. Left out: cases of this kind are of none. */
  readonly stay?: {
    /** The stay that the client named. */
    named(this: void, asked: Asked): Uuid | undefined;
    /**
     * How near a stay under way is to what the client said: the nearest is the one, and one at the own ward goes before others.
     * Undefined: it is not the one.
     * @param within whether it is at a ward of the organisation of the one who asks
     */
    nearness(
      this: void,
      asked: Asked,
      by: UserActor,
      stay: StayState,
      within: boolean,
    ): { readonly here: boolean; readonly away: number } | undefined;
    /**
     * What a case is told that was opened of no stay, while the journal has the patient in one of the organisation. Left out: nothing.
     */
    elsewhere?(this: void, id: Uuid, stay: StayState, wardName: string | undefined): AnyStep;
  };
  command(this: void, asked: Asked, of: OpeningContext): AnyStep;
};

/** What a ward of another organisation was asked about a case, and whether it still is (SVU-42). */
export type AskedElsewhere = {
  readonly ward: HsaId;
  /** The notice that asks it, which is no part of the case (ACC-1). */
  readonly notice: Uuid;
  /** Why it is asked no more; undefined while it is. */
  readonly end?: WardNoticeEnd;
};

/**
 * What the world outside asks of a kind of case: how its cases are opened, how they react, and what followers are told. Pure. What is
 * left out the kind does not have.
 */
export type KindOfCase<State extends CaseState = CaseState, Asked = unknown> = {
  /** The name of the kind, of its stream and on the case topic: a lower-case word, never changed once cases are kept. */
  readonly name: string;
  /** Its own kinds of to-do and of notice, and its own rejections. */
  readonly rows: RowsOfKind;
  readonly opening: Opening<Asked>;
  /** A person has at most one open case of this kind. */
  readonly onePerPerson?: {
    /** How a second one is rejected, and what is told instead to who takes no part in the first (ACC-1). */
    readonly rejection: string;
    readonly elsewhere: Rejection;
    /** The step as it is when the person has another open case: of the steps by which a case that is over goes on again. */
    besides(this: void, step: AnyStep, other: Uuid): AnyStep;
    /** Whether a step is one of these. */
    reopens(this: void, type: string): boolean;
  };
  /**
   * When the stay of a case was over, as its own units said; undefined while they have not. What the patient said of sharing in a stay that is
   * not over she said in every case of it (CON-6, CON-14). Left out: a decision is of each case alone.
   */
  stayOverAt?(this: void, state: State): Instant | undefined;
  /** Its own steps that no limit of notices refuses, for what was said before would stand untrue. Left out: none. */
  readonly alwaysTaken?: ReadonlySet<string>;
  /** How its cases react to what journals tell of the patient's stays. */
  readonly stays?: {
    /** The stay that the case is of. */
    of(this: void, state: State): Uuid | undefined;
    /** Whether it is told of stays as it is now. */
    hears(this: void, state: State): boolean;
    commands(this: void, state: State, told: ToldOfStay): readonly AnyCommand[];
    /**
     * Of these the steps that say where the patient is now: they address the case, or ask who it belongs to. Where one is taken the hub's
     * operators are not asked about a ward that the hub does not know.
     */
    readonly places: ReadonlySet<string>;
  };
  /** SVU-42: what wards of other organisations are asked about its cases. */
  readonly elsewhere?: {
    asked(this: void, state: State): readonly AskedElsewhere[];
    /** The ward that an event has asked. */
    askedBy(this: void, event: AnyEvent): HsaId | undefined;
  };
  /** What a case does when the catalogue has closed a unit of it and the organisation file names another in its place (SVU-25). */
  succeeded?(
    this: void,
    state: State,
    unit: HsaId,
    successor: { readonly unit: HsaId; readonly name: string },
    moment: Moment,
  ): readonly AnyCommand[];
  /** Units write messages to each other in its cases (MSG-1). Left out: they do not. */
  readonly messages?: {
    /** Whether the stay that the case is of goes on (MSG-9). */
    duringStay(this: void, state: State): boolean;
    /** The unit that leads the case: it takes over what the one before had to acknowledge (SVU-25, ADR-11). */
    leader(this: void, state: State): HsaId;
  };
  /** Units write forms together in its cases (SVU-32). Left out: they do not. */
  readonly forms?: {
    /** Whether a case has forms of a questionnaire. */
    has(this: void, state: State, questionnaire: Questionnaire): boolean;
    /** The setting of policies that names these forms, so that one without questions is told at start. Left out: none does. */
    readonly setting?: string;
    /** Why nothing is written now in a part of a form that has parts. Left out: nothing hinders it. */
    closed?(this: void, state: State, name: string, part: PartOfForm, by: UserActor): Rejection | undefined;
    /** What the case is told when a part of a form has changed. Left out: nothing. */
    changed?(this: void, name: string, part: PartOfForm, form: FormReading): AnyStep | undefined;
    /** Who has signed a form, where all who are to sign have and the case shares it; else undefined. Left out: nobody signs. */
    signatures?(
      this: void,
      state: State,
      name: string,
    ): readonly { readonly at: Instant; readonly by: UserActor }[] | undefined;
    /** The form that a step of the case is about, by its name: the step is told as `form` how that reads now. Left out: none is. */
    about?(this: void, step: string): string | undefined;
  };
  /** What liability for payment is counted from in a case, of what it shares; undefined while that is nothing. Left out: nothing is counted. */
  readonly payment?: { basis(this: void, state: State): PaymentBasis | undefined };
  /** What the patient said of NPÖ, as far as a case shares it (CON-16). Left out: nothing is recorded. */
  readonly npo?: { decision(this: void, state: State): RecordedNpoDecision | undefined };
  /** Care plans of the journals as background of its cases (ADR 29). */
  readonly background?: {
    /** Whether they are kept for the case. */
    keeps(this: void, state: State): boolean;
    /** Whether those who see the case in full read them. */
    shares(this: void, state: State): boolean;
  };
  /** What everybody who follows cases is told. */
  readonly followers: {
    /** Whether a unit that sees the case may be named to all followers. */
    mayName(this: void, state: State, unit: HsaId): boolean;
    /** Whether a unit that left at a moment may be named as one that left. */
    mayNameAsRemoved(this: void, state: State, unit: HsaId, leftAt: Instant): boolean;
    /** Whether an event concerns a unit. */
    concerns(this: void, state: State, unit: HsaId, event: string): boolean;
    /** The events by which a unit stops to take part, and the field that names it. */
    readonly leaving: Readonly<Record<string, string>>;
  };
};
