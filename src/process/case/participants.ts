import { accept, reject } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, Side } from '../vocabulary.js';
import { happened, stated } from './event.js';
import type { OfType } from './event.js';
import { admit, faultInText } from './guards.js';
import { grounds } from './addressing.js';
import type { ParticipantAdded, ParticipantRemoved } from './participant-events.js';
import { draftSide, keepsText, nameOf } from './questions.js';
import type { RulesOfKind } from './rules-of-kind.js';
import type { CaseState, Participant } from './state.js';
import { keepsUntilTaken } from './distributing.js';
import { isLastOfSide, isOfItsOwn, successorOf } from './leaving.js';
import { evolveAdded, evolveRemoved } from './come-and-go.js';

export type ParticipantCommand =
  | Command<
      'add-participant',
      {
        readonly unit: HsaId;
        readonly unitName: string;
        readonly side: Side;
        readonly organisation: string;
        /** It is an inbox that passes its cases on within this organisation (ADR-14). */
        readonly distributesIn?: string;
      }
    >
  | Command<
      'remove-participant',
      {
        readonly unit: HsaId;
        readonly confirmed: boolean;
        readonly reason?: string;
        /** What the catalogue says of the unit; absent where it does not know it any more. */
        readonly side?: Side;
        readonly organisation?: string;
        /** The organisations of units of its side: one of its own rather than another's leads the case next. */
        readonly organisations?: Readonly<Record<HsaId, string>>;
      }
    >;

export type ParticipantEvent = ParticipantAdded | ParticipantRemoved;

/** Units that take part in a case of any kind. */
export function participants<State extends CaseState>(
  rules: RulesOfKind<State>,
): Subject<State, ParticipantCommand, ParticipantEvent> {
  return {
    decide: {
      'add-participant': (command, state) => decideAdd(rules, command, state),
      'remove-participant': (command, state) => decideRemove(rules, command, state),
    },
    evolve: {
      ParticipantAdded: (state, event) => evolveAdded(rules, state, event),
      ParticipantRemoved: (state, event) => evolveRemoved(rules, state, event),
    },
  };
}

/** ADR-10, ADR-15: any participant adds a unit, which the others are told. One that takes part already stays as it is. */
function decideAdd<State extends CaseState>(
  rules: RulesOfKind<State>,
  command: OfType<ParticipantCommand, 'add-participant'>,
  state: State,
): Decision<ParticipantEvent> {
  const { rejected } = admit(command, state, {});
  if (rejected !== undefined) return rejected;
  const { unit, side, organisation, distributesIn } = command.data;
  const unitName = stated(command.data.unitName);
  if (side === 'hospital' && isHidden(rules, command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  if (stated(unit) === undefined) return reject('unit-unknown', { field: 'unit', values: { unit } });
  if (state.participants[unit] !== undefined) return accept();
  return accept(
    happened(command, 'ParticipantAdded', {
      unit,
      ...(unitName === undefined ? {} : { unitName }),
      side,
      organisation,
      ground: 'by-hand',
      ...(distributesIn === undefined ? {} : { distributesIn }),
      othersTold: true,
      draftTold: true,
    }),
  );
}

/**
 * ADR-10, ADR-11: a unit removes itself; removing another is confirmed; the last unit of a side needs confirmation and, where one
 * is kept, a reason. The last unit of the side that opened the case cannot leave it while it is open, since nobody could end it: the new one is added first.
 *
 * ADR-14: an inbox that passes its cases on leaves once another unit has taken the case, or it has said that there is nothing to pass on.
 *
 * ADR-16: a unit that a register named is not taken out by another without a reason, where one is kept, and the others are told.
 *
 * SVU-42, ORG-3: the unit that leads the case leaves it by its own act, or by that of its side in its organisation. Else another side
 * could put the ward of another region in its place, and the ward where the patient is would hear nothing more. To a unit of another
 * organisation the case goes by an act that is confirmed.
 */
function decideRemove<State extends CaseState>(
  rules: RulesOfKind<State>,
  command: OfType<ParticipantCommand, 'remove-participant'>,
  state: State,
): Decision<ParticipantEvent> {
  const admission = admit(command, state, {});
  if (admission.rejected !== undefined) return admission.rejected;
  const { unit, confirmed } = command.data;
  const leaving = state.participants[unit];
  // The same answer whether it takes part or not: who asks would learn which ward it is.
  const side = leaving?.side ?? command.data.side ?? 'hospital';
  if (side === 'hospital' && isHidden(rules, command, state)) {
    return reject('hospital-unit-hidden', { field: 'unit' });
  }
  const reason = stated(command.data.reason);
  if (leaving === undefined) {
    // To remove it again changes nothing; a reason that nobody would read is not taken.
    return reason === undefined ? accept() : reject('unit-takes-no-part', { field: 'unit' });
  }
  const leads = rules.leaderOf(state) === unit;
  const { user } = admission;
  const values = { unit: nameOf(state, unit) };
  if (leads && unit !== user.unit && !isOfItsOwn(user, leaving.side, command.data.organisation, state)) {
    return rules.leaderLeavesItself({ field: 'unit', values });
  }
  if (unit === user.unit && keepsUntilTaken(rules.tables.todos, state, leaving)) {
    return reject('inbox-not-taken', { field: 'unit' });
  }
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  const last = isLastOfSide(state, unit);
  if (last && leaving.side === draftSide(state)) return rules.lastOfOpeners({ field: 'unit', values });
  if (last && keepsText(state)) {
    if (!confirmed) return reject('last-unit-of-side', { field: 'confirmed', values });
    if (reason === undefined) return reject('last-unit-of-side', { field: 'reason', values });
  }
  const { organisations } = command.data;
  const isSister = (each: HsaId) => organisations?.[each] === organisations?.[unit];
  const successor = leads ? successorOf(state, unit, organisations && isSister) : undefined;
  const abroad = successor !== undefined && organisations !== undefined && !isSister(successor);
  const organisation = successor === undefined ? undefined : organisations?.[successor];
  if ((last || abroad || unit !== user.unit) && !confirmed) {
    return reject('removal-not-confirmed', { field: 'confirmed', values });
  }
  const preselected = isPreselected(leaving) && unit !== user.unit;
  if (preselected && reason === undefined && keepsText(state)) {
    return reject('preselected-needs-reason', { field: 'reason', values });
  }
  return accept(
    happened(command, 'ParticipantRemoved', {
      unit,
      ...(reason === undefined ? {} : { reason }),
      ...(successor === undefined ? {} : { handedOverTo: successor }),
      ...(organisation === undefined ? {} : { organisation }),
      ...(preselected ? { othersTold: true } : {}),
    }),
  );
}

/** Whether a register named the unit (ADR-1, ADR-2), and nobody added it by hand. */
const isPreselected = ({ ground }: Participant): boolean =>
  Object.values<Participant['ground']>(grounds).includes(ground);

/** CON-5: whether a refusal keeps units of the hospital from the one who asks. */
function isHidden<State extends CaseState>(
  rules: RulesOfKind<State>,
  { by }: ParticipantCommand,
  state: State,
): boolean {
  const side = by.kind === 'user' ? state.participants[by.unit]?.side : undefined;
  return side !== 'hospital' && rules.hidesHospital(state);
}
