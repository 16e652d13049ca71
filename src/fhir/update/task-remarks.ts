import type { Task, TaskOutput } from 'fhir/r4.js';
import type { TodoOutputs, TodoStatusReason } from '../../process/vocabulary.js';
import { codeSystems } from '../../projection/codes/codes.js';
import { codesOf, readConcept } from '../submitted/read-concept.js';
import type { TakenSystem } from '../submitted/read-concept.js';
import type { Submitted } from '../submitted/submitted.js';
import { withinWindow } from '../write/times.js';

/** A note is a line to a colleague, not a record. */
const longestNote = 2000;

/** What a unit writes on its Task beside the status; each is refused by its place where the hub could not keep it whole. */

/** The reason, one of the hub's codes without words of its own; null takes the one before back. */
export function readStatusReason(sent: Submitted<Task>): TodoStatusReason | null {
  const reason = sent.child('statusReason');
  if (reason === undefined) return null;
  const code = readConcept(reason, codeSystems.todoStatusReason);
  if (code === undefined)
    reason.fault('value-not-taken', '', { expected: codesOf(codeSystems.todoStatusReason) });
  return code ?? null;
}

/**
 * The answers by name, each once. A day that stands already is taken whatever the window is now: a client sends back what it has read. Which of them the to-do asks for, and of what type, the process knows.
 * @param stored the answers as they stand
 */
export function readOutputs(
  sent: Submitted<Task>,
  answers: TakenSystem<string>,
  stored: readonly TaskOutput[],
): TodoOutputs {
  const outputs = new Map<string, boolean | string>();
  for (const output of sent.children('output')) {
    const name = readConcept(output.child('type'), answers);
    const yes = output.value('valueBoolean');
    // Only one of them can be meant; the other is left unread, and so refused.
    const value = yes ?? output.value('valueDate');
    if (name === undefined || outputs.has(name))
      output.fault('value-not-taken', '.type', { expected: answers.system });
    else if (value === undefined) {
      output.fault('value-not-taken', '.value', { expected: 'valueBoolean, valueDate' });
      output.takeAll();
    } else if (
      typeof value !== 'string' ||
      stored.some((one) => one.valueDate === value && isAnswer(one, answers.system, name)) ||
      withinWindow(output, '.value', value)
    )
      outputs.set(name, value);
  }
  return Object.fromEntries(outputs);
}

const isAnswer = ({ type }: TaskOutput, system: string, name: string): boolean =>
  type.coding?.some((coding) => coding.system === system && coding.code === name) ?? false;

/** The texts of the notes; who wrote them and when is the hub's to say. */
export function readNotes(sent: Submitted<Task>): readonly string[] {
  return sent.children('note').flatMap((note) => {
    const text = note.text('text', longestNote);
    return text === undefined ? [] : [text];
  });
}
