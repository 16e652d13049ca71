import type { Socket } from 'node:net';
import { z } from 'zod';
import type { MllpClient } from './mllp/send-mllp.js';

/** What a journal system can be asked to do wrong with the messages about a listed person; docs/stand-ins.md has the table. */
const names = ['slow', 'silent', 'wrong', 'partial', 'duplicate', 'out-of-order', 'close'] as const;
export type SenderFault = (typeof names)[number];

const file = z.strictObject({
  persons: z.array(z.strictObject({ number: z.string().regex(/^\d{12}$/), fault: z.enum(names) })),
});

/** Which fault a message is to be sent with, by the person in PID. */
export type FaultOf = (message: Buffer) => SenderFault | undefined;

/** Reads the file that lists test persons and faults. @throws ZodError naming the path of what is wrong. */
export function readSenderFaults(value: unknown): FaultOf {
  const { persons } = file.parse(value);
  return (message) => {
    const pid = /(?:^|\r)PID[^\r]*/.exec(message.toString('latin1'))?.[0].replaceAll(/[-+]/g, '') ?? '';
    return persons.find(({ number }) => pid.includes(number.slice(2)))?.fault;
  };
}

/** One message on its way: what is sent, how, and whether its answer is waited for. */
export type Sending = { readonly message: Buffer; readonly fault?: SenderFault };

/** The messages in the order and number in which a sender with these faults sends them. */
export function plan(messages: readonly Buffer[], faultOf: FaultOf): readonly Sending[] {
  const sendings: Sending[] = [];
  let late: Sending | undefined;
  for (const message of messages) {
    const fault = faultOf(message);
    const sending = { message, ...(fault && { fault }) };
    if (fault === 'out-of-order' && late === undefined) {
      late = sending;
      continue;
    }
    sendings.push(sending);
    if (fault === 'duplicate') sendings.push(sending);
    if (late) sendings.push(late);
    late = undefined;
  }
  return late ? [...sendings, late] : sendings;
}

const pieces = 20;

/** Sends one message as its fault wants. Undefined: it got no answer, and the connection is not usable any more. */
export async function sendBadly(
  client: MllpClient,
  { message, fault }: Sending,
  slowMilliseconds: number,
): Promise<Buffer | undefined> {
  if (fault === 'slow') return client.send(message, slowly(slowMilliseconds));
  if (fault === 'silent' || fault === 'close') {
    await client.send(message, half(fault === 'close' ? 0 : slowMilliseconds)).catch(() => undefined);
    return undefined;
  }
  if (fault === 'wrong') return client.send(without(message, 'PV1'));
  if (fault === 'partial') return client.send(message.subarray(0, Math.floor(message.length / 2)));
  return client.send(message);
}

function slowly(milliseconds: number): (socket: Socket, bytes: Buffer) => void {
  return (socket, bytes) => {
    const size = Math.ceil(bytes.length / pieces);
    const next = (from: number): void => {
      if (socket.destroyed || from >= bytes.length) return;
      socket.write(bytes.subarray(from, from + size));
      setTimeout(() => next(from + size), milliseconds / pieces);
    };
    next(0);
  };
}

/** Half a message and then nothing, until the connection is cut. */
function half(milliseconds: number): (socket: Socket, bytes: Buffer) => void {
  return (socket, bytes) =>
    socket.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
      setTimeout(() => socket.destroy(), milliseconds);
    });
}

function without(message: Buffer, segment: string): Buffer {
  const kept = message
    .toString('latin1')
    .split('\r')
    .filter((each) => !each.startsWith(segment));
  return Buffer.from(kept.join('\r'), 'latin1');
}
