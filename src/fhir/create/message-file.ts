import { hash } from 'node:crypto';
import type { Attachment } from 'fhir/r4.js';
import { textHoldsPersonalNumber } from '../../messaging/contracts/personal-number-in-text.js';
import type { MessageAsked } from '../../cases/send-message.js';
import type { Submitted } from '../submitted/submitted.js';

/** What can be searched for personal numbers, and so is taken (MSG-4). What a picture or a PDF says the hub cannot know. */
const fileFormats = ['text/plain', 'text/csv', 'text/markdown'] as const;

/** In bytes. A message is read with its file by every unit that it reaches. */
const largestFile = 65_536;

/** In characters. */
const longestName = 120;

/** Base64 as R4 has it, with nothing between. @see https://hl7.org/fhir/R4/datatypes.html#base64Binary */
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/u;

/**
 * The file of a message: a text in UTF-8, in whose name and content the hub finds no personal number (MSG-4). Its size and hash are the
 * hub's to say; where a client says them, they must be right.
 */
export function readFile(file: Submitted<Attachment>): MessageAsked['attachment'] {
  // A fault of one of them says nothing of the others.
  file.takeWhole('contentType', 'title', 'data', 'size', 'hash');
  const contentType = file.value('contentType');
  const format = contentType?.toLowerCase().replace(/\s*;\s*charset="?utf-8"?$/u, '');
  if (format === undefined || !fileFormats.some((each) => each === format))
    return file.fault('file-format', '.contentType', { formats: fileFormats.join(', ') });
  const name = file.value('title')?.trim();
  if (name === undefined || name === '' || name.length > longestName || /[\p{Cc}/\\]/u.test(name))
    return file.fault('file-name', '.title', { longest: String(longestName) });
  if (textHoldsPersonalNumber(name)) return file.fault('number-in-file', '.title');
  const data = file.value('data') ?? '';
  if (data.length > Math.ceil(largestFile / 3) * 4)
    return file.fault('file-too-large', '.data', { largest: String(largestFile) });
  const bytes = Buffer.from(data, 'base64');
  const text = base64.test(data) ? textIn(bytes) : undefined;
  if (bytes.length > largestFile)
    return file.fault('file-too-large', '.data', { largest: String(largestFile) });
  if (text === undefined || bytes.length === 0) return file.fault('file-no-text', '.data');
  if (textHoldsPersonalNumber(text)) return file.fault('number-in-file', '.data');
  const size = file.value('size');
  if (size !== undefined && size !== bytes.length)
    file.fault('value-not-taken', '.size', { expected: String(bytes.length) });
  const sum = hash('sha1', bytes, 'base64');
  const stated = file.value('hash');
  if (stated !== undefined && stated !== sum) file.fault('value-not-taken', '.hash', { expected: sum });
  return { name, contentType: format, data };
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes as text; undefined where they are none: no UTF-8, or with characters that stand in no text. */
function textIn(bytes: Buffer): string | undefined {
  try {
    const text = utf8.decode(bytes);
    return /[^\P{Cc}\t\n\r]/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}
