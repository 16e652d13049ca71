import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import { happened, stated } from './event.js';
import type { CommandOf, EventOf } from './event.js';
import type { SvuEvent } from '../svu/events.js';
import { admit, withoutDecision } from './guards.js';
import type { StepGuard } from './guards.js';
import { isRefused } from './questions.js';
import type { SvuState } from '../svu/state.js';

const guard: StepGuard = { side: ['outpatient', 'only-outpatient-names-contact'], phases: ['published'] };

/** SVU-8: outpatient care names a contact who calls to the SIP or has a stated responsibility. Naming again changes it. */
export function decideNameContact(command: CommandOf<'name-contact'>, state: SvuState): Decision<SvuEvent> {
  const admission = admit(command, state, guard);
  if (admission.refusal !== undefined) return admission.refusal;
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum', { field: 'contact' });
  const { contact, callsToSip } = command.data;
  const contactName = stated(command.data.contactName);
  const responsibility = stated(command.data.responsibility);
  if (stated(contact) === undefined || contactName === undefined) {
    return reject('contact-not-identified', { field: 'contact' });
  }
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

export function evolveContactNamed(state: SvuState, event: EventOf<'ContactNamed'>): SvuState {
  const { contact, contactName, ...rest } = event.data;
  return { ...state, contacts: { ...state.contacts, [contact]: { name: contactName, ...rest } } };
}

/** SVU-8: a contact can be removed again. */
export function decideRemoveContact(
  command: CommandOf<'remove-contact'>,
  state: SvuState,
): Decision<SvuEvent> {
  const { refusal } = admit(command, state, guard);
  if (refusal !== undefined) return refusal;
  const { contact } = command.data;
  return state.contacts[contact] === undefined
    ? reject('contact-not-named', { field: 'contact' })
    : accept(happened(command, 'ContactRemoved', { contact }));
}

export function evolveContactRemoved(state: SvuState, event: EventOf<'ContactRemoved'>): SvuState {
  const { [event.data.contact]: _removed, ...contacts } = state.contacts;
  return { ...state, contacts };
}
