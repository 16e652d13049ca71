import type { DecisionData } from '../case/decision-data.js';
import type { Attachment } from '../message/message.js';
import type { SharedSettings } from '../policy/shared-settings.js';
import type { TodoCommandOfNoCase, TodoEventOfNoCase } from '../todo/todos-of-no-case.js';
import type { Actor, Command, HsaId, Instant, ProcessEvent, Side, Todo, Uuid } from '../vocabulary.js';
import type { AskedOrder, HomeVisitOrder } from './home-visit.js';

type Given = Extract<DecisionData, { readonly form: unknown }>;

/** CON-10, CON-12: the consent that a message rests on. Who registered it is who sent the message. */
export type StatedConsent = Pick<Given, 'form' | 'givenBy'> & { readonly givenAt: Instant };

/** A unit that a message is sent to, as the directory has it. */
type Addressee = { readonly unit: HsaId; readonly name: string; readonly side: Side };

type Sending = {
  readonly personId: Uuid;
  readonly text: string;
  readonly to: readonly Addressee[];
  /** Who is asked to acknowledge it (MSG-2). Left out: all who get it. */
  readonly acknowledgedBy?: readonly HsaId[];
  readonly consent?: StatedConsent;
  readonly order?: AskedOrder;
  readonly attachment?: Attachment;
  /** What the policy of the sender's organisation says. */
  readonly policy: Pick<SharedSettings, 'messagesOutsideStay' | 'messageAcknowledgement'>;
};

export type OutsideMessageCommand =
  | Command<'send', Sending>
  /** MSG-3 */
  | Command<'annul', Record<string, never>>
  /** CON-8: the patient takes the consent back. */
  | Command<'withdraw-consent', Record<string, never>>
  /** PAT-12 */
  | Command<'replace-person', { readonly personId: Uuid }>
  /** PAT-6 */
  | Command<'seal' | 'unseal', Record<string, never>>
  | TodoCommandOfNoCase;

type Sent = {
  readonly personId: Uuid;
  readonly text: string;
  readonly recipients: readonly HsaId[];
  readonly acknowledgedBy: readonly HsaId[];
  /** What the units were called then. */
  readonly unitNames: Readonly<Record<HsaId, string>>;
  readonly consent: StatedConsent;
  readonly order?: HomeVisitOrder;
  readonly attachment?: Attachment;
};

/** `unitsTold`: those who had it are told that it closed; in older logs they were not. */
type Closing = { readonly unitsTold?: true };

export type OutsideMessageEvent =
  | ProcessEvent<'OutsideMessageSent', Sent>
  | ProcessEvent<'MessageAnnulled', Closing>
  | ProcessEvent<'ConsentWithdrawn' | 'MessageSealed', Closing>
  | ProcessEvent<'PersonReplaced', { readonly personId: Uuid }>
  | ProcessEvent<'MessageUnsealed', Record<string, never>>
  | TodoEventOfNoCase;

/** Who did something of it, and when. */
type Done = { readonly at: Instant; readonly by: Actor };

/**
 * MSG-5: a message about a person outside every case, from a unit to others, on a consent that it states. A stream of its own, which itself
 * says who reads it: sender and addressees.
 */
export type OutsideMessageState = Omit<Sent, 'acknowledgedBy'> & {
  /** Who the person was before merges (PAT-12): earlier versions name these. */
  readonly formerPersons?: readonly Uuid[];
  readonly sentAt: Instant;
  readonly sentBy: Actor;
  readonly annulled?: Done;
  /** The consent was taken back: the addressees read it no more. */
  readonly withdrawn?: Done;
  /** The person is protected: nobody reads it (PAT-6). */
  readonly sealed?: true;
  readonly todos: Readonly<Record<string, Todo>>;
};
