import { happened } from '../case/event.js';
import { admit, withoutDecision } from '../case/guards.js';
import { isRefused } from '../case/questions.js';
import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import { isBefore, isInFuture, isInstant } from '../time.js';
import type { Command, Instant, ProcessEvent } from '../vocabulary.js';
import type { CopyTaker } from './copy-takers.js';
import { hospitalStep } from './guards.js';
import { reject } from './rejections.js';
import { hasDocument } from './settings.js';
import type { SvuState } from './state.js';

type HandedOver = { readonly handedOverAt: Instant; readonly to: CopyTaker };

export type HandOverCommand = Command<'record-information-handed-over', HandedOver>;
export type HandOverEvent = ProcessEvent<'InformationHandedOver', HandedOver>;

/** The printed copy of the patient information (SVU-26). */
export const informationHandOver: Subject<SvuState, HandOverCommand, HandOverEvent> = {
  decide: { 'record-information-handed-over': decideHandOver },
  evolve: {
    InformationHandedOver: (state, { data }) => ({ ...state, informationHandedOver: data }),
  },
};

/** SVU-26: the hospital records that it has handed a printed copy over. Recorded again, as of a later print, it is the later one. */
function decideHandOver(command: HandOverCommand, state: SvuState): Decision<HandOverEvent> {
  const { rejected } = admit(
    command,
    state,
    hospitalStep('only-hospital-hands-information-over', ['published']),
  );
  if (rejected !== undefined) return rejected;
  if (!hasDocument(state, 'patient-information')) return reject('document-not-of-policy');
  const undecided = withoutDecision(state);
  if (undecided !== undefined) return undecided;
  if (isRefused(state)) return reject('refusal-shares-minimum');
  if (state.sharing === 'minimum') return reject('publish-in-full-first');
  const { handedOverAt, to } = command.data;
  const field = 'handedOverAt';
  if (!isInstant(handedOverAt)) return reject('time-not-understood', { field });
  if (isInFuture(handedOverAt, command.at)) return reject('handed-over-in-the-future', { field });
  if (isBefore(handedOverAt, state.admittedAt)) return reject('handed-over-before-admission', { field });
  const before = state.informationHandedOver;
  if (before?.handedOverAt === handedOverAt && before.to === to) return accept();
  return accept(happened(command, 'InformationHandedOver', { handedOverAt, to }));
}
