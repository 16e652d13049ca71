import { Temporal } from '@js-temporal/polyfill';
import { MllpClient } from '../../connectors/melior/mllp/send-mllp.js';
import { segment } from '../connectors/common/support.js';
import type { Random } from '../endurance/random.js';
import { numberAt, type Person } from './persons.js';
import type { Step, StepKind } from './plan.js';

export type Message = { readonly at: number; readonly bytes: Buffer };

const events: Readonly<Record<StepKind, string>> = {
  admit: 'A01',
  transfer: 'A02',
  discharge: 'A03',
  change: 'A08',
  'cancel-admission': 'A11',
  'cancel-discharge': 'A13',
};
const repeated = 0.05;
const reconnects = 0.03;
const hangsUp = 0.02;
const hour = 3_600_000;

/** The messages of these steps in the order of their arrival; some of them come again, at once or hours later. */
export function messagesOf(
  steps: readonly Step[],
  persons: readonly Person[],
  random: Random,
): readonly Message[] {
  const messages = steps.map((step) => {
    const person = persons[step.stay.person];
    const number = person === undefined ? '' : numberAt(person, step.toldAt);
    return { at: step.toldAt, bytes: Buffer.from(messageOf(step, number), 'utf8') };
  });
  return arriving(messages, random);
}

/** What tells of the persons who are renumbered (A40), arriving as other messages do. */
export function mergesOf(persons: readonly Person[], random: Random): readonly Message[] {
  const messages = persons.flatMap(({ number, renumbered }) =>
    renumbered === undefined
      ? []
      : [{ at: renumbered.toldAt, bytes: Buffer.from(mergeOf(number, renumbered), 'utf8') }],
  );
  return arriving(messages, random);
}

function arriving(messages: readonly Message[], random: Random): readonly Message[] {
  return messages
    .flatMap(({ at, bytes }) => {
      if (!random.chance(repeated)) return [{ at, bytes }];
      return [
        { at, bytes },
        { at: at + (random.chance(0.5) ? 0 : random.between(0, 4 * hour)), bytes },
      ];
    })
    .toSorted((one, other) => one.at - other.at);
}

function mergeOf(number: string, { former, at, toldAt }: NonNullable<Person['renumbered']>): string {
  return [
    `MSH|^~\\&|MELIOR|SUNDVIK|HEMGANG|REGION|${hl7Time(toldAt)}||ADT^A40|merge-${at}-${number.slice(2, 11)}|T|2.5||||||UNICODE UTF-8`,
    `EVN|A40|${hl7Time(at)}`,
    `PID|1||${number}^^^SKV^NI||Bergfält^Tilda`,
    `MRG|${former}^^^SKV^NI`,
    '',
  ].join('\r');
}

function messageOf({ stay, kind, at, toldAt, ward, expectedDischarge }: Step, number: string): string {
  const control = `${stay.visit}-${kind}-${at / 1000}`.slice(0, 199);
  const expected =
    kind === 'admit' || kind === 'change'
      ? (expectedDischarge?.replaceAll('-', '') ?? (kind === 'change' ? '""' : undefined))
      : undefined;
  return [
    `MSH|^~\\&|MELIOR|SUNDVIK|HEMGANG|REGION|${hl7Time(toldAt)}||ADT^${events[kind]}|${control}|T|2.5||||||UNICODE UTF-8`,
    `EVN|${events[kind]}|${hl7Time(at)}`,
    `PID|1||${number}^^^SKV^NI||Bergfält^Tilda`,
    segment('PV1', {
      1: '1',
      2: 'I',
      3: `D${ward}^12^1`,
      19: stay.visit,
      44: hl7Time(stay.admittedAt),
      ...(kind === 'discharge' ? { 45: hl7Time(at) } : {}),
    }),
    ...(expected === undefined ? [] : [segment('PV2', { 9: expected })]),
    '',
  ].join('\r');
}

/** Local time of Sweden with its offset: the day may be one on which clocks are changed. */
function hl7Time(at: number): string {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Stockholm');
  const time = local.toPlainDateTime().toString({ smallestUnit: 'second' }).replaceAll(/[-:T]/g, '');
  return `${time}${local.offset.replace(':', '')}`;
}

/** Melior's side: several connections side by side, each one message at a time; some are lost and opened anew. */
export class MeliorSender {
  sent = 0;
  connections = 0;

  constructor(
    private readonly address: { readonly host: string; readonly port: number },
    private readonly random: Random,
    private readonly lines = 6,
  ) {}

  /** Resolves when each of them is acknowledged. @throws Error when one is refused */
  async send(messages: readonly Message[]): Promise<void> {
    const left = messages.values();
    const line = async (): Promise<void> => {
      let client: MllpClient | undefined;
      for (const { bytes } of left) {
        client ??= await this.#open();
        if (this.random.chance(hangsUp)) {
          // Nobody hears the answer: the sender does not know, and sends it again.
          client.send(bytes).catch(() => undefined);
          client.close();
          client = await this.#open();
          this.sent += 1;
        } else if (this.random.chance(reconnects)) {
          client.close();
          client = await this.#open();
        }
        const answer = (await client.send(bytes)).toString('utf8');
        this.sent += 1;
        if (!answer.includes('\rMSA|AA|')) throw new Error(`a message was refused: ${answer.split('\r')[1]}`);
      }
      client?.close();
    };
    await Promise.all(Array.from({ length: Math.min(this.lines, messages.length) }, line));
  }

  #open(): Promise<MllpClient> {
    this.connections += 1;
    return MllpClient.open(this.address.host, this.address.port);
  }
}
