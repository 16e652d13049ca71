import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, ProcessEvent } from '../vocabulary.js';
import { happened } from './event.js';
import { admit } from './guards.js';
import type { CaseState } from './state.js';

/** The name of the questionnaire of a form. */
type WhichDocument = { readonly document: string };

/** A unit has written in a form of the case. What it wrote stands in the form. */
export type DocumentCommand = Command<'note-document-written', WhichDocument>;
/** The first time that this unit wrote in this form. */
export type DocumentEvent = ProcessEvent<'DocumentWritten', WhichDocument>;

/** What a case of any kind knows of its forms: which units have written in each (SVU-6, SVU-15; decision 109). */
export function writtenDocuments<State extends CaseState>(): Subject<State, DocumentCommand, DocumentEvent> {
  return {
    decide: {
      'note-document-written': (command, state): Decision<DocumentEvent> => {
        const admission = admit(command, state, {});
        if (admission.rejected !== undefined) return admission.rejected;
        const { document } = command.data;
        return hasWritten(state, document, admission.user.unit)
          ? accept()
          : accept(happened(command, 'DocumentWritten', { document }));
      },
    },
    evolve: { DocumentWritten: evolveWritten },
  };
}

function evolveWritten<State extends CaseState>(
  state: State,
  { by, data: { document } }: DocumentEvent,
): State {
  if (by.kind !== 'user') return state;
  const units = new Set([...(state.written?.[document] ?? []), by.unit]);
  return { ...state, written: { ...state.written, [document]: [...units].toSorted() } };
}

/** Whether a unit has ever written in a form of the case. */
const hasWritten = ({ written }: CaseState, document: string, unit: string): boolean =>
  written?.[document]?.includes(unit) === true;

/** Whether anybody has written in a form of the case; by default in any of its forms. It stays so, also under a later refusal. */
export const isBegun = ({ written = {} }: CaseState, document?: string): boolean =>
  document === undefined ? Object.keys(written).length > 0 : written[document] !== undefined;
