import { happened, stated } from '../case/event.js';
import { admit, faultInText } from '../case/guards.js';
import { everyUnit, keepsText, unitsOf } from '../case/questions.js';
import { endTodos, interruptTodos } from '../case/todos.js';
import { isBegun } from '../case/written-documents.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import type { SvuState } from './state.js';
import { reject } from './rejections.js';
import { hospitalStep } from './guards.js';
import { tell } from './notices.js';

/** Why: in words, or that it was another patient's (PAT-13), which is a code, for words could name the other. */
type Why = { readonly reason?: string; readonly wrongPatient?: boolean };

export type AnnulmentCommand = Command<'annul', Why>;

export type AnnulmentEvent = ProcessEvent<
  'CaseAnnulled',
  { readonly reason?: string; readonly wrongPatient?: true }
>;

export const annulment: Subject<SvuState, AnnulmentCommand, AnnulmentEvent> = {
  decide: { annul: decideAnnul },
  evolve: { CaseAnnulled: evolveAnnulled },
};

/** SVU-6: in these phases a case can be annulled. After the discharge it has ended. */
const annulledIn: readonly SvuState['phase'][] = ['draft', 'published'];

/** SVU-6: whether a case that never should have been can be annulled: not once it has ended, nor once a working document has begun. */
export const mayBeAnnulled = (state: SvuState): boolean =>
  annulledIn.includes(state.phase) && !isBegun(state);

/** PAT-13: a case of the wrong patient never should have been, however far it has come. */
const mayBeOfAnother: readonly SvuState['phase'][] = [...annulledIn, 'discharged'];

/**
 * PAT-13: a case of the wrong patient is annulled at any time. SVU-6: else the hospital annuls the case while no working document has been
 * begun; after that it ends by discharge alone. A reason is asked for where those who are told may read it.
 */
function decideAnnul(command: AnnulmentCommand, state: SvuState): Decision<AnnulmentEvent> {
  const wrongPatient = command.data.wrongPatient === true;
  const phases = wrongPatient ? mayBeOfAnother : annulledIn;
  const { rejected } = admit(command, state, hospitalStep('only-hospital-annuls', phases));
  if (rejected !== undefined) return rejected;
  const reason = stated(command.data.reason);
  if (wrongPatient)
    return reason === undefined
      ? accept(happened(command, 'CaseAnnulled', { wrongPatient }))
      : reject('wrong-patient-without-words', { field: 'reason' });
  if (isBegun(state)) return reject('working-document-begun');
  const unkept = faultInText(state, reason, 'reason');
  if (unkept !== undefined) return unkept;
  if (!keepsText(state)) return accept(happened(command, 'CaseAnnulled', {}));
  if (reason === undefined) return reject('annulment-reason-required', { field: 'reason' });
  return accept(happened(command, 'CaseAnnulled', { reason }));
}

/**
 * VIEW-11: the case is hidden from every unit, and whoever was told of the person before is told whom it was about and that
 * there is nothing more to do, units that have left included; the reason only where a decision lets it be shared (CON-5,
 * CON-8). Who joined while no decision stood never learnt who the person is (CON-8) and is told without her.
 */
function evolveAnnulled(state: SvuState, event: AnnulmentEvent): SvuState {
  const answered = endTodos(state, ({ kind }) => kind === 'annul-case', 'completed', event);
  const journals = event.by.kind === 'system';
  const { reason, wrongPatient } = event.data;
  const annulled: SvuState = journals
    ? { ...interruptTodos(answered, event), phase: 'annulled' as const, annulledByJournalAt: event.at }
    : endTodos(
        {
          ...answered,
          phase: 'annulled' as const,
          ...(wrongPatient === undefined ? {} : { wrongPatient }),
        },
        () => true,
        'cancelled',
        event,
      );
  const taking = state.phase === 'draft' ? unitsOf(state, 'hospital') : everyUnit(state);
  const seeing = taking.filter((unit) => state.participants[unit]?.seesContent === true);
  const knowing = [...new Set([...seeing, ...(state.left ?? [])])].toSorted();
  const others = taking.filter((unit) => !knowing.includes(unit));
  const annulledBecause = wrongPatient === true ? 'wrong-patient' : undefined;
  const told = tell(annulled, 'annulled', knowing, { reason, annulledBecause }, event);
  return others.length === 0
    ? told
    : tell(told, 'annulled', others, { annulledBecause }, event, { personal: false });
}
