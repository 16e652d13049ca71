import type { Communication } from 'fhir/r4.js';
import type { MessageAsked } from '../../cases/send-message.js';
import type { HsaId, Uuid } from '../../process/vocabulary.js';
import { codeSystems, extensions } from '../../projection/codes/codes.js';
import { readConcept } from '../submitted/read-concept.js';
import { readReference } from '../submitted/read-reference.js';
import type { Submitted } from '../submitted/submitted.js';
import { idIn } from '../write/catalogue-references.js';
import type { CatalogueReferences } from '../write/catalogue-references.js';
import { isNow } from '../write/times.js';
import { readFile } from './message-file.js';
import { readPerson } from './named-person.js';
import type { NamedPerson } from './named-person.js';
import type { UnderCaseContext } from './target-case.js';

/** A message as a client posts it. */
export type MessageInput = {
  readonly caseId: Uuid;
  readonly personId: Uuid;
  readonly persons: readonly NamedPerson[];
  readonly asked: MessageAsked;
};

/** Where in the Communication a field of the message stands, for rejections. */
export const messageExpressions: Readonly<Record<string, string>> = {
  text: 'Communication.payload',
  to: 'Communication.recipient',
  acknowledgedBy: `Communication.extension('${extensions.acknowledgedBy}')`,
};

/**
 * Reads the Communication that a unit writes to others of a case (MSG-1): `basedOn` says which case, `recipient` to whom, the extension
 * who is asked to acknowledge it (MSG-2). Time and sender are the hub's to write; where a client says them, they must be what the hub
 * writes.
 */
export async function readMessage(
  sent: Submitted<Communication>,
  context: UnderCaseContext,
): Promise<MessageInput | undefined> {
  const caseId = readCase(sent);
  const personId = caseId === undefined ? undefined : await context.requireCase(caseId);
  const person = readPerson(sent.child('subject'));
  const answers = readAnswered(sent);
  const written = readWritten(sent, context);
  if (caseId === undefined || personId === undefined || written === undefined) return undefined;
  return {
    caseId,
    personId,
    persons: person === undefined ? [] : [person],
    asked: {
      ...written.asked,
      ...(written.to.length > 0 ? { to: written.to } : {}),
      ...(answers === undefined ? {} : { answers }),
    },
  };
}

/** What any message says, of a case or outside one; undefined where it lacks its text. */
export function readWritten(
  sent: Submitted<Communication>,
  context: Pick<UnderCaseContext, 'references' | 'by' | 'now'>,
):
  | {
      readonly to: readonly HsaId[];
      readonly asked: Pick<MessageAsked, 'text' | 'attachment' | 'acknowledgedBy'>;
    }
  | undefined {
  if (sent.value('status') !== 'completed')
    sent.fault('value-not-taken', '.status', { expected: 'completed' });
  for (const category of sent.children('category'))
    if (readConcept(category, messageCategory) === undefined)
      category.fault('value-not-taken', '', { expected: `${messageCategory.system}|message` });
  const at = sent.value('sent');
  if (at !== undefined && !isNow(at, context.now)) sent.fault('not-the-time-of-registration', '.sent');
  const sender = readReference(sent.child('sender'), 'Organization');
  if (sender !== undefined && context.references.unit(sender) !== context.by.unit)
    sent.fault('value-not-taken', '.sender', { expected: context.by.unit });
  const to = sent.children('recipient').flatMap((each) => {
    const unit = context.references.unit(readReference(each, 'Organization') ?? {});
    return unit ?? each.fault('reference-unknown') ?? [];
  });
  const acknowledgedBy = readAcknowledging(sent, context.references);
  const content = readPayload(sent);
  if (content === undefined) return undefined;
  return { to, asked: { ...content, ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }) } };
}

/** The one code that says of a Communication that a unit wrote it. */
const { system, concepts } = codeSystems.notice;
const messageCategory = { system, concepts: { message: concepts.message } };

function readCase(sent: Submitted<Communication>): Uuid | undefined {
  const [carePlan, ...more] = sent.children('basedOn');
  const id = more.length === 0 ? idIn(readReference(carePlan, 'CarePlan'), 'CarePlan') : undefined;
  return id ?? sent.fault('value-not-taken', '.basedOn', { expected: 'CarePlan/[id]' });
}

function readAnswered(sent: Submitted<Communication>): Uuid | undefined {
  const [answered, ...more] = sent.children('inResponseTo');
  if (answered === undefined) return undefined;
  const id = more.length === 0 ? idIn(readReference(answered, 'Communication'), 'Communication') : undefined;
  return id ?? sent.fault('value-not-taken', '.inResponseTo', { expected: 'Communication/[id]' });
}

/** The units that are asked; none of them where the client says `false`, and undefined where it says nothing. */
function readAcknowledging(
  sent: Submitted<Communication>,
  references: CatalogueReferences,
): readonly HsaId[] | undefined {
  // Looked at without being read: what is of another URL stays unread.
  const asked = sent.children('extension').filter((each) => each.is('url', extensions.acknowledgedBy));
  if (asked.length === 0) return undefined;
  if (asked.length === 1 && asked[0]?.is('valueBoolean', false) === true) return [];
  return asked.flatMap((each) => {
    const reference = each.child('valueReference');
    if (reference === undefined)
      return each.fault('value-not-taken', '', { expected: 'valueReference, valueBoolean false' }) ?? [];
    return (
      references.unit(readReference(reference, 'Organization') ?? {}) ??
      reference.fault('reference-unknown') ??
      []
    );
  });
}

/** One text, and at most one file beside it (MSG-4). */
function readPayload(sent: Submitted<Communication>): Pick<MessageAsked, 'text' | 'attachment'> | undefined {
  const payload = sent.children('payload');
  const texts = payload.flatMap((each) => each.text('contentString') ?? []);
  const files = payload.flatMap((each) => each.child('contentAttachment') ?? []);
  const [text, ...more] = texts;
  if (text === undefined || more.length > 0)
    return sent.fault('value-not-taken', '.payload', { expected: 'contentString 1..1' });
  const [file, ...further] = files;
  if (further.length > 0) {
    for (const each of files) each.takeAll();
    return sent.fault('one-file', '.payload');
  }
  const attachment = file === undefined ? undefined : readFile(file);
  return { text, ...(attachment === undefined ? {} : { attachment }) };
}
