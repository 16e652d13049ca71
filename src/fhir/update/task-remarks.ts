import type { Annotation, CodeableConcept, TaskOutput } from 'fhir/r4.js';
import type { TodoOutputs, TodoStatusReason } from '../../process/vocabulary.js';
import { codeSystems } from '../../projection/codes.js';
import type { FhirError } from '../fhir-error.js';
import { looksLikePersonalNumber } from '../../messaging/contracts/personal-number-shape.js';
import { writeRefusal } from '../write/refusals.js';

/** A note is a line to a colleague, not a record. */
const longestNote = 2000;

/** What a unit writes on its Task beside the status; each is refused by its place where the hub could not keep it whole. */

/** @throws {FhirError} 422 for a reason that is not one of the hub's codes, or that carries words of its own */
export function readStatusReason(sent: CodeableConcept | undefined): TodoStatusReason | null {
  if (sent === undefined) return null;
  const { concepts } = codeSystems.todoStatusReason;
  const code = codeOf(sent, codeSystems.todoStatusReason.system);
  if (code === undefined || !Object.hasOwn(concepts, code))
    throw notTaken('Task.statusReason', Object.keys(concepts).join(', '));
  const reason = code as TodoStatusReason;
  if (sent.text !== undefined && sent.text !== concepts[reason].sv)
    throw writeRefusal('element-not-taken', { expression: 'Task.statusReason.text' });
  return reason;
}

/**
 * The answers by name. Which of them the to-do asks for, and of what type, the process knows.
 * @throws {FhirError} 422 for an answer that is not one of the hub's codes, is given twice, or is no boolean or date
 */
export function readOutputs(sent: readonly TaskOutput[]): TodoOutputs {
  const outputs = new Map<string, boolean | string>();
  for (const [index, output] of sent.entries()) {
    const at = `Task.output[${index}]`;
    const { type, valueBoolean, valueDate, ...more } = output;
    const name = codeOf(type, codeSystems.todoOutput.system);
    if (name === undefined || outputs.has(name)) throw notTaken(`${at}.type`, codeSystems.todoOutput.system);
    const value = valueBoolean ?? valueDate;
    if (value === undefined || (valueBoolean !== undefined && valueDate !== undefined))
      throw notTaken(`${at}.value`, 'valueBoolean, valueDate');
    refuseMore(at, more);
    outputs.set(name, value);
  }
  return Object.fromEntries(outputs);
}

/**
 * The texts of the notes; who wrote them and when is the hub's to say.
 * @throws {FhirError} 422 for a note that says more than its text, holds what looks like a personal number, or is too long
 */
export function readNotes(sent: readonly Annotation[]): readonly string[] {
  return sent.map(({ text, ...more }, index) => {
    const at = `Task.note[${index}]`;
    refuseMore(at, more);
    if (looksLikePersonalNumber(text)) throw writeRefusal('number-in-text', { expression: `${at}.text` });
    if (text.length > longestNote) throw notTaken(`${at}.text`, `${longestNote}`);
    return text;
  });
}

function codeOf(concept: CodeableConcept, system: string): string | undefined {
  const [first, ...more] = concept.coding ?? [];
  return more.length === 0 && first?.system === system ? first.code : undefined;
}

function refuseMore(at: string, more: object): void {
  const [element] = Object.keys(more);
  if (element !== undefined) throw writeRefusal('element-not-taken', { expression: `${at}.${element}` });
}

const notTaken = (expression: string, expected: string): FhirError =>
  writeRefusal('value-not-taken', { expression, values: { expected } });
