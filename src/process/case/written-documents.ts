import { accept } from '../rejections/rejection.js';
import type { Decision } from '../rejections/rejection.js';
import type { Subject } from '../subject.js';
import type { Command, HsaId, ProcessEvent } from '../vocabulary.js';
import { standingKey } from './standing.js';
import type { Standing } from './standing.js';
import { happened } from './event.js';
import type { OfType } from './event.js';
import { admit } from './guards.js';
import type { CaseState } from './state.js';

/** The name of the working document that a form is. */
type WhichDocument = { readonly document: string };

/** The name of a working document, and how far it has come. */
type HowFar = WhichDocument & {
  /** Of a form that each unit has for itself. */
  readonly unit?: HsaId;
  readonly standing: Standing;
};

/** A unit has written in a form of the case. What it wrote stands in the form. `note-document-standing`: how far it has come with that. */
export type DocumentCommand =
  Command<'note-document-written', WhichDocument> | Command<'note-document-standing', HowFar>;
/** `DocumentWritten`: the first time that this unit wrote in this form. */
export type DocumentEvent =
  ProcessEvent<'DocumentWritten', WhichDocument> | ProcessEvent<'DocumentStands', HowFar>;

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
      'note-document-standing': (command, state): Decision<DocumentEvent> => {
        const { rejected } = admit(command, state, {});
        return rejected ?? accept(happened(command, 'DocumentStands', command.data));
      },
    },
    evolve: { DocumentWritten: evolveWritten, DocumentStands: evolveStands },
  };
}

function evolveWritten<State extends CaseState>(
  state: State,
  { by, data: { document } }: OfType<DocumentEvent, 'DocumentWritten'>,
): State {
  if (by.kind !== 'user') return state;
  const units = new Set([...(state.written?.[document] ?? []), by.unit]);
  return { ...state, written: { ...state.written, [document]: [...units].toSorted() } };
}

const evolveStands = <State extends CaseState>(
  state: State,
  { data: { document, unit, standing } }: OfType<DocumentEvent, 'DocumentStands'>,
): State => ({ ...state, standings: { ...state.standings, [standingKey(document, unit)]: standing } });

/** Whether a unit has ever written in a form of the case. */
const hasWritten = ({ written }: CaseState, document: string, unit: string): boolean =>
  written?.[document]?.includes(unit) === true;

/** Whether anybody has written in a form of the case; by default in any of its forms. It stays so, also under a later refusal. */
export const isBegun = ({ written = {} }: CaseState, document?: string): boolean =>
  document === undefined ? Object.keys(written).length > 0 : written[document] !== undefined;
