import type { DeadlineEvent, NoteDeadlines } from '../deadlines/telling.js';
import { together } from '../subject.js';
import type { Subject } from '../subject.js';
import { todosOfUnits } from './acknowledging.js';
import type { TodoCommand, TodoEvent } from './acknowledging.js';
import { addressing } from './addressing.js';
import type { AddressingCommand, AddressingEvent } from './addressing.js';
import { circles } from './circles.js';
import type { CircleCommand, CircleEvent } from './circles.js';
import { contacts } from './contacts.js';
import type { ContactCommand, ContactEvent } from './contacts.js';
import { deadlines } from './note-deadlines.js';
import { decisions } from './decisions.js';
import type { DecisionCommand, DecisionEvent, DecisionGuards } from './decisions.js';
import { freezing } from './freezing.js';
import type { FreezingCommand, FreezingEvent } from './freezing.js';
import { identity } from './identity.js';
import type { IdentityCommand, IdentityEvent } from './identity.js';
import { participants } from './participants.js';
import type { ParticipantCommand, ParticipantEvent } from './participants.js';
import { registerChanges } from './register-changes.js';
import type { RegisterChangeEvent } from './register-changes.js';
import type { Relisting } from './relisting.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';
import { writtenDocuments } from './written-documents.js';
import type { DocumentCommand, DocumentEvent } from './written-documents.js';

/** What can be asked of a case of any kind. */
export type SharedCommand =
  | AddressingCommand
  | ParticipantCommand
  | TodoCommand
  | DecisionCommand
  | CircleCommand
  | DocumentCommand
  | ContactCommand
  | Relisting
  | IdentityCommand
  | NoteDeadlines
  | FreezingCommand;

/**
 * Steps of any case that no limit of notices refuses: under which decision it is shared (CON-8), and who takes part, with handing the
 * case over (ADR-10, ADR-11, ACC-7).
 */
export const sharedAlwaysTaken: ReadonlySet<string> = new Set<SharedCommand['type']>([
  'register-decision',
  'deregister-decision',
  'add-participant',
  'remove-participant',
]);

/** What can have happened to a case of any kind. */
export type SharedEvent =
  | AddressingEvent
  | ParticipantEvent
  | TodoEvent
  | DecisionEvent
  | CircleEvent
  | DocumentEvent
  | ContactEvent
  | RegisterChangeEvent
  | IdentityEvent
  | DeadlineEvent
  | FreezingEvent;

/** The subjects that every kind of case has, by the rules of the kind. */
export function sharedSubjects<State extends CaseState>(
  rules: RulesOfKind<State>,
  guards: DecisionGuards,
): Subject<State, SharedCommand, SharedEvent> {
  return together(
    addressing(rules),
    participants(rules),
    todosOfUnits(rules),
    decisions(rules, guards),
    circles<State>(),
    writtenDocuments<State>(),
    contacts(rules),
    registerChanges(rules),
    identity(rules),
    deadlines(rules),
    freezing(rules),
  );
}
