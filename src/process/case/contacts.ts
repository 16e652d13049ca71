import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import { happened, stated } from './event.js';
import type { OfType } from './event.js';
import { admit, withoutDecision } from './guards.js';
import type { StepGuard } from './guards.js';
import { isRefused } from './questions.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState } from './state.js';

export type ContactCommand =
  | Command<
      'name-contact',
      {
        readonly contact: HsaId;
        readonly contactName: string;
        /** What the catalogue says: one of the staff of outpatient care. */
        readonly isOfOutpatientCare: boolean;
        readonly callsToSip: boolean;
        readonly responsibility?: string;
      }
    >
  | Command<'remove-contact', { readonly contact: HsaId }>;

export type ContactEvent =
  | ProcessEvent<
      'ContactNamed',
      {
        readonly contact: HsaId;
        readonly contactName: string;
        readonly unit: HsaId;
        readonly callsToSip: boolean;
        readonly responsibility?: string;
      }
    >
  | ProcessEvent<'ContactRemoved', { readonly contact: HsaId }>;

/** The contacts that outpatient care names, in a case of any kind. */
export function contacts<State extends CaseState>({
  wrongPhase,
}: RulesOfKind<State>): Subject<State, ContactCommand, ContactEvent> {
  const guard: StepGuard = {
    side: ['outpatient', reject('only-outpatient-names-contact')],
    phases: ['published'],
    wrongPhase,
  };
  return {
    decide: {
      'name-contact': (command, state) => decideName(guard, command, state),
      'remove-contact': (command, state) => decideRemove(guard, command, state),
    },
    evolve: { ContactNamed: evolveNamed, ContactRemoved: evolveRemoved },
  };
}

/** SVU-8: outpatient care names a contact who calls to the SIP or has a stated responsibility. Naming again changes it. */
function decideName(
  guard: StepGuard,
  command: OfType<ContactCommand, 'name-contact'>,
  state: CaseState,
): Decision<ContactEvent> {
  const admission = admit(command, state, guard);
  if (admission.rejected !== undefined) return admission.rejected;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum', { field: 'contact' });
  const { contact, callsToSip } = command.data;
  const contactName = stated(command.data.contactName);
  const responsibility = stated(command.data.responsibility);
  if (stated(contact) === undefined || contactName === undefined) {
    return reject('contact-not-identified', { field: 'contact' });
  }
  if (!command.data.isOfOutpatientCare) return reject('contact-not-of-outpatient', { field: 'contact' });
  if (!callsToSip && responsibility === undefined) {
    return reject('contact-needs-responsibility', { field: 'responsibility' });
  }
  const { unit } = admission.user;
  const before = state.contacts[contact];
  const same =
    before?.unit === unit &&
    before.name === contactName &&
    before.callsToSip === callsToSip &&
    before.responsibility === responsibility;
  if (same) return accept();
  return accept(
    happened(command, 'ContactNamed', {
      contact,
      contactName,
      unit,
      callsToSip,
      ...(responsibility === undefined ? {} : { responsibility }),
    }),
  );
}

function evolveNamed<State extends CaseState>(
  state: State,
  event: OfType<ContactEvent, 'ContactNamed'>,
): State {
  const { contact, contactName, ...rest } = event.data;
  return { ...state, contacts: { ...state.contacts, [contact]: { name: contactName, ...rest } } };
}

/** SVU-8: a contact can be removed again. */
function decideRemove(
  guard: StepGuard,
  command: OfType<ContactCommand, 'remove-contact'>,
  state: CaseState,
): Decision<ContactEvent> {
  const { rejected } = admit(command, state, guard);
  if (rejected !== undefined) return rejected;
  const { contact } = command.data;
  return state.contacts[contact] === undefined
    ? reject('contact-not-named', { field: 'contact' })
    : accept(happened(command, 'ContactRemoved', { contact }));
}

function evolveRemoved<State extends CaseState>(
  state: State,
  event: OfType<ContactEvent, 'ContactRemoved'>,
): State {
  const { [event.data.contact]: _removed, ...contacts } = state.contacts;
  return { ...state, contacts };
}
