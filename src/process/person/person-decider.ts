import type { Decider } from '../decider.js';
import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { PersonCommand, PersonEvent, PersonState } from './person.js';

/**
 * A person the hub knows by a random id. Unknown protection counts as protected (PAT-5); the answer to both is the same, so
 * that nobody learns which it was.
 */
export const person: Decider<PersonState, PersonCommand, PersonEvent> = { decide, evolve };

/** Every event there is of one; a kind that is left out does not compile. */
export const personEvents: ReadonlySet<string> = new Set(
  Object.keys({
    PersonRegistered: true,
    RegisterCopyChanged: true,
    PersonSealed: true,
    PersonUnsealed: true,
    IdentityMergedInto: true,
    IdentityMerged: true,
  } satisfies Record<PersonEvent['type'], true>),
);

function decide(command: PersonCommand, state: PersonState | undefined): Decision<PersonEvent> {
  switch (command.type) {
    case 'register':
      return decideRegister(command, state);
    case 'note-register-copy':
      return decideNote(command, state);
    case 'merge-into':
    case 'absorb':
      return decideMerge(command, state);
    default:
      command satisfies never;
      return reject('step-unknown');
  }
}

/** PAT-12: two that the register says are one. Told twice it is one merge; one who is merged already stays so. */
function decideMerge(
  command: Extract<PersonCommand, { type: 'merge-into' | 'absorb' }>,
  state: PersonState | undefined,
): Decision<PersonEvent> {
  const { at, by } = command;
  if (by.kind !== 'system') return reject('fact-from-a-user');
  if (state === undefined) return reject('person-unknown');
  if (state.mergedInto !== undefined) return accept();
  if (command.type === 'merge-into') {
    return accept({ type: 'IdentityMergedInto', at, by, data: { survivor: command.data.survivor } });
  }
  const { retired } = command.data;
  return state.absorbed?.includes(retired) === true
    ? accept()
    : accept({ type: 'IdentityMerged', at, by, data: { retired } });
}

/** PAT-1, PAT-5: a person without protection is registered once. */
function decideRegister(
  command: Extract<PersonCommand, { type: 'register' }>,
  state: PersonState | undefined,
): Decision<PersonEvent> {
  const { at, by, data } = command;
  if (data.protection !== 'none' || state?.sealed === true) return reject('person-protected');
  if (state !== undefined) return accept();
  const { copy, deceased } = data;
  return accept({
    type: 'PersonRegistered',
    at,
    by,
    data: { copy, ...(deceased ? { deceased } : {}) },
  });
}

/** PAT-6, PAT-7: what the register says now. An older reading than the one known changes nothing. */
function decideNote(
  command: Extract<PersonCommand, { type: 'note-register-copy' }>,
  state: PersonState | undefined,
): Decision<PersonEvent> {
  const { at, by } = command;
  const { copy, protection, deceased } = command.data;
  if (state === undefined) return reject('person-unknown');
  if (state.mergedInto !== undefined) return accept();
  if (protection !== 'none') {
    return state.sealed ? accept() : accept({ type: 'PersonSealed', at, by, data: { cause: protection } });
  }
  const unsealed: PersonEvent[] = state.sealed ? [{ type: 'PersonUnsealed', at, by, data: { copy } }] : [];
  const newer = copy > state.copy && !state.sealed;
  if (!newer && deceased === state.deceased) return accept(...unsealed);
  if (copy < state.copy) return accept(...unsealed);
  return accept(...unsealed, { type: 'RegisterCopyChanged', at, by, data: { copy, deceased } });
}

function evolve(state: PersonState | undefined, event: PersonEvent): PersonState {
  const before = state ?? { kind: 'person', copy: 0, sealed: false, deceased: false };
  switch (event.type) {
    case 'PersonRegistered':
      return { ...before, copy: event.data.copy, deceased: event.data.deceased === true };
    case 'RegisterCopyChanged':
      return { ...before, copy: event.data.copy, deceased: event.data.deceased };
    case 'PersonSealed':
      return { ...before, sealed: true };
    case 'PersonUnsealed':
      return { ...before, sealed: false, copy: event.data.copy };
    case 'IdentityMergedInto':
      return { ...before, mergedInto: event.data.survivor };
    case 'IdentityMerged':
      return { ...before, absorbed: [...(before.absorbed ?? []), event.data.retired] };
    default:
      return before;
  }
}
