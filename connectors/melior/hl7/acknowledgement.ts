import { fewRandomBytes } from '../../../src/messaging/contracts/random-bytes.js';
import { originalMode, type AcknowledgementMode } from './acknowledgement-mode.js';
import type { Separators } from './separators.js';

/**
 * AA stored, AE something in the content, AR the message as such, or not now (HL7 v2 chapter 2.9.2). In enhanced mode they are
 * written CA, CE, CR.
 */
export type AcknowledgementCode = 'AA' | 'AE' | 'AR';

const acceptCodes = { AA: 'CA', AE: 'CE', AR: 'CR' } as const;

/** HL7 table 0357 (104 as of 2.7; a sender of an older version reads the text and the place). */
const conditions = {
  100: 'Segment sequence error',
  101: 'Required field missing',
  102: 'Data type error',
  103: 'Table value not found',
  104: 'Value too long',
  200: 'Unsupported message type',
  201: 'Unsupported event code',
  202: 'Unsupported processing id',
  203: 'Unsupported version id',
  205: 'Duplicate key identifier',
  // Said of nothing but what can be stored later: it is what a sender goes by when it sends the same again.
  207: 'Application internal error',
} as const;

export type Condition = keyof typeof conditions;

/** What a condition says. */
export function conditionText(condition: Condition): string {
  return conditions[condition];
}

/** Why a message is not taken. All texts are fixed: nothing of the message is repeated, nothing told about the person. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused';
  constructor(
    readonly answer: 'AE' | 'AR',
    readonly condition: Condition,
    text: string,
    /** Where in the message, e.g. `PID-3`. */
    readonly location?: string,
  ) {
    super(location === undefined ? text : `${location}: ${text}`);
  }
}

/** What an answer repeats of the message's header, each as sent. */
export type AnsweredHeader = {
  readonly separators: Separators;
  readonly sendingApplication: string;
  readonly sendingFacility: string;
  readonly receivingApplication: string;
  readonly receivingFacility: string;
  readonly event: string;
  readonly controlId: string;
  readonly processingId: string;
  readonly version: string;
  readonly characterSet: string;
  readonly mode: AcknowledgementMode;
};

/** What is an answer's own: when it was written (`YYYYMMDDHHMMSS`), and its id. */
export type Stamp = { readonly time: string; readonly id: string };

/** The stamp of a new answer. */
export function newStamp(time: string): Stamp {
  return { time, id: fewRandomBytes(10).toString('hex') };
}

/** The header of an answer to something that has none. */
export const unknownHeader: AnsweredHeader = {
  separators: { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' },
  sendingApplication: '',
  sendingFacility: '',
  receivingApplication: '',
  receivingFacility: '',
  event: '',
  controlId: '',
  processingId: 'P',
  version: '2.5',
  characterSet: '',
  mode: originalMode,
};

/**
 * The answer to a message, in its own separators and version (HL7 v2 chapter 2.13; ERR as of 2.5 or as before it).
 * @param told why it is refused, or a fixed text that goes with AA
 */
export function writeAcknowledgement(
  header: AnsweredHeader,
  { time, id }: Stamp,
  code: AcknowledgementCode,
  told?: MessageRefused | string,
): string {
  const { field, component, repetition, escape, subcomponent } = header.separators;
  const type =
    header.version === '2.3' ? ['ACK'] : ['ACK', header.event, 'ACK'].filter((each) => each !== '');
  const msh = [
    'MSH',
    component + repetition + (escape ?? '') + (subcomponent ?? ''),
    header.receivingApplication,
    header.receivingFacility,
    header.sendingApplication,
    header.sendingFacility,
    time,
    '',
    type.join(component),
    id,
    header.processingId,
    header.version,
    '',
    '',
    '',
    '',
    '',
    header.characterSet,
  ].join(field);
  const text = typeof told === 'string' ? told : told?.message;
  const msa = [
    'MSA',
    header.mode.accept ? acceptCodes[code] : code,
    header.controlId,
    ...(text === undefined ? [] : [plain(text, header)]),
  ].join(field);
  const lines = [withoutLast(msh, field), msa];
  if (told instanceof MessageRefused) lines.push(writeError(header, told));
  return `${lines.join('\r')}\r`;
}

/** A segment without the separators that nothing follows. */
function withoutLast(segment: string, separator: string): string {
  let end = segment.length;
  while (segment[end - 1] === separator) end -= 1;
  return segment.slice(0, end);
}

function writeError(header: AnsweredHeader, refused: MessageRefused): string {
  const { field, component, subcomponent } = header.separators;
  const [, segment = '', position = ''] = /^([A-Z0-9]{3})-(\d+)/.exec(refused.location ?? '') ?? [];
  const text = conditionText(refused.condition);
  if (before25(header.version)) {
    const code = [refused.condition, text, 'HL70357'].join(subcomponent ?? ' ');
    return `ERR${field}${[segment, segment && '1', position, code].join(component)}`;
  }
  const location = segment === '' ? '' : [segment, '1', position].join(component);
  const code = [refused.condition, text, 'HL70357'].join(component);
  return ['ERR', '', location, code, 'E', '', '', plain(refused.message, header)].join(field);
}

/** Fixed texts hold no separators in practice; a sender with unusual ones still gets a sound message. */
function plain(text: string, { separators }: AnsweredHeader): string {
  const special = Object.values(separators).filter((each) => each !== undefined);
  return Array.from(text, (character) => (special.includes(character) ? ' ' : character)).join('');
}

function before25(version: string): boolean {
  return Number(version.split('.')[1] ?? 5) < 5;
}
