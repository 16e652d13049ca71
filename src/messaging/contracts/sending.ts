/**
 * What goes with a fact, beside its payload: a sender that tells two things of the same minute tells them one after the other, and
 * that order must survive whatever the way does to it. It travels in a header, because a message that is sent again says the same
 * (its content) at another time; and a reader that does not know it passes it over, where one that meets an unknown field of a payload
 * makes a dead letter of the fact (decision 98).
 */
export type Sending = {
  /** When the source sent it, UTC (HL7 MSH-7). */
  readonly sentAt?: string;
  /** How exactly the fact's `occurredAt` is known; absent: exactly. */
  readonly precision?: 'day' | 'hour' | 'minute' | 'second';
  /** Rises with each message that a connector's process takes, across restarts too as long as its clock does. */
  readonly received: number;
  /** The source names a ward that no table holds, so that the payload has none. Absent: it names one that is held, or none at all. */
  readonly wardUnknown?: true;
  /** The source has the visit as other care than a stay in hospital (PV1-2, Encounter.class), though it was told as one. */
  readonly otherCare?: true;
};

const header = 'sending';
const precisions: readonly unknown[] = ['day', 'hour', 'minute', 'second'] satisfies Sending['precision'][];

type WithHeaders = { readonly headers?: Readonly<Record<string, string>> };

/** The message with the header that says how it was sent. */
export function withSending<Message extends WithHeaders>(message: Message, sending: Sending): Message {
  return { ...message, headers: { ...message.headers, [header]: JSON.stringify(sending) } };
}

/** What the header says; undefined when there is none, or it is not one of ours. */
export function sendingOf({ headers }: WithHeaders): Sending | undefined {
  const text = headers?.[header];
  if (text === undefined || text.length > 200) return undefined;
  let read: Partial<Record<keyof Sending, unknown>> | null;
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    return undefined;
  }
  if (typeof read !== 'object' || read === null) return undefined;
  const { sentAt, precision, received, wardUnknown, otherCare } = read;
  if (typeof received !== 'number' || !Number.isSafeInteger(received) || received < 0) return undefined;
  return {
    received,
    ...(typeof sentAt === 'string' &&
      /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(sentAt) &&
      !isNaN(Date.parse(sentAt)) && { sentAt }),
    ...(wardUnknown === true && { wardUnknown }),
    ...(otherCare === true && { otherCare }),
    ...(precisions.includes(precision) && { precision: precision as NonNullable<Sending['precision']> }),
  };
}
