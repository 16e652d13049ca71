import type { BatchHeader } from './batch.js';
import { unknownHeader } from './acknowledgement.js';

/**
 * The answer to a batch: the acknowledgements of its messages in their order, between BHS and BTS, and between FHS and FTS where a
 * file came. BHS-12 and FHS-12 refer to what is answered (HL7 v2.5 chapter 2.15).
 * @param time `YYYYMMDDHHMMSS`
 * @param batches for each batch its header and the acknowledgements that are sent
 */
export function writeBatchAnswer(
  file: BatchHeader | undefined,
  batches: readonly { readonly header?: BatchHeader; readonly answers: readonly string[] }[],
  time: string,
): string {
  const written = batches.map(({ header, answers }) => {
    const { field } = (header ?? plain).separators;
    return `${headerLine('BHS', header ?? plain, time)}\r${answers.join('')}BTS${field}${answers.length}\r`;
  });
  if (!file) return written.join('');
  const { field } = file.separators;
  return `${headerLine('FHS', file, time)}\r${written.join('')}FTS${field}${batches.length}\r`;
}

const plain: BatchHeader = { separators: unknownHeader.separators, fields: [] };

function headerLine(name: 'FHS' | 'BHS', { separators, fields }: BatchHeader, time: string): string {
  const { field, component, repetition, escape, subcomponent } = separators;
  const at = (number: number): string => fields[number - 1] ?? '';
  const line = [
    name,
    component + repetition + (escape ?? '') + (subcomponent ?? ''),
    at(5),
    at(6),
    at(3),
    at(4),
    time,
    '',
    '',
    '',
    '',
    at(11),
  ].join(field);
  return line.replace(new RegExp(`\\${field}+$`), '');
}
