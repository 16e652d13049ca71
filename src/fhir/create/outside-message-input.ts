import type { Communication } from 'fhir/r4.js';
import type { OutsideMessageAsked } from '../../cases/send-outside-message.js';
import { orderTexts, type AskedOrder } from '../../process/outside-message/home-visit.js';
import type { StatedConsent } from '../../process/outside-message/outside-message.js';
import { codeSystems, extensions } from '../../projection/codes/codes.js';
import { codesOf, readCoding } from '../submitted/read-concept.js';
import type { TakenSystem } from '../submitted/read-concept.js';
import { extensionOf } from '../submitted/read-extension.js';
import type { Submitted } from '../submitted/submitted.js';
import { readInstant } from '../write/times.js';
import { readNumber } from './asked-number.js';
import { messageExpressions, readWritten } from './message-input.js';

/** A message about a person outside every case, as a client posts it. */
export type OutsideMessageInput = { readonly number: string; readonly asked: OutsideMessageAsked };

/** Where in the Communication a field of the message stands, for rejections. */
export const outsideMessageExpressions: Readonly<Record<string, string>> = {
  ...messageExpressions,
  personId: 'Communication.subject.identifier',
  consent: 'Communication.extension',
  order: `Communication.extension('${extensions.homeVisitOrder}')`,
};

/**
 * Reads the Communication that a unit writes to others outside every case (MSG-5): `subject.identifier` says about whom, extensions on which
 * consent (CON-10), and what is ordered (MSG-8).
 */
export function readOutsideMessage(
  sent: Submitted<Communication>,
  context: Parameters<typeof readWritten>[1],
): OutsideMessageInput | undefined {
  const number = readNumber(sent, sent.child('subject'));
  const consent = readStatedConsent(sent);
  const order = readOrder(sent);
  const written = readWritten(sent, context);
  if (number === undefined || written === undefined) return undefined;
  return {
    number,
    asked: {
      ...written.asked,
      to: written.to,
      ...(consent === undefined ? {} : { consent }),
      ...(order === undefined ? {} : { order }),
    },
  };
}

/** How, by whom and when; undefined where not all of it is stated. */
function readStatedConsent(sent: Submitted<Communication>): StatedConsent | undefined {
  const form = readCode(sent, extensions.decisionForm, codeSystems.decisionForm);
  const givenBy = readCode(sent, extensions.decisionGivenBy, codeSystems.decisionGivenBy);
  const at = extensionOf(sent, extensions.consentGivenAt);
  const said = at?.value('valueDateTime');
  const givenAt = at && said !== undefined ? readInstant(at, '.valueDateTime', said) : undefined;
  return form === undefined || givenBy === undefined || givenAt === undefined
    ? undefined
    : { form, givenBy, givenAt };
}

function readCode<Code extends string>(
  sent: Submitted<Communication>,
  url: string,
  of: TakenSystem<Code>,
): Code | undefined {
  const extension = extensionOf(sent, url);
  if (extension === undefined) return undefined;
  return (
    readCoding(extension.child('valueCoding'), of) ??
    extension.fault('value-not-taken', '.valueCoding', { expected: codesOf(of) })
  );
}

/** What is ordered, as far as it is said; what is not in the list of measures is none. */
function readOrder(sent: Submitted<Communication>): AskedOrder | undefined {
  const order = extensionOf(sent, extensions.homeVisitOrder);
  if (order === undefined) return undefined;
  const measure = readCoding(
    extensionOf(order, 'measure')?.child('valueCoding'),
    codeSystems.homeVisitMeasure,
  );
  const weeks = extensionOf(order, 'weeks')?.value('valuePositiveInt');
  const doctorFollowsUp = extensionOf(order, 'doctorFollowsUp')?.value('valueBoolean');
  const texts = orderTexts.flatMap((part) => {
    const text = extensionOf(order, part)?.text('valueString');
    return text === undefined ? [] : [[part, text] as const];
  });
  return {
    ...Object.fromEntries(texts),
    ...(measure === undefined ? {} : { measure }),
    ...(weeks === undefined ? {} : { weeks }),
    ...(doctorFollowsUp === undefined ? {} : { doctorFollowsUp }),
  };
}
