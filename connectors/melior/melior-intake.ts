import type { Logger } from 'pino';
import type { PersonKeySecret } from '../../src/messaging/contracts/person-key.js';
import type { TimeBounds } from '../../src/messaging/contracts/time-bounds.js';
import type { ReceiptRules } from '../common/receipt-store.js';
import type { Address, Health } from '../common/health.js';
import { readMappingFor } from './mapping.js';
import { defaultLimits, type MllpLimits } from './mllp/limits.js';
import { startMllpServer, type MllpServerOptions } from './mllp/mllp-server.js';
import type { MllpTls } from './mllp/mllp-tls.js';
import { Receiver, type ReceiverOptions } from './receive.js';

/** What of the connector's settings the receiving half needs; all of it can be copied into a thread of its own. */
export type MeliorIntakeSettings = {
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** The mapping file, parsed as JSON; checked here. */
  readonly mapping: unknown;
  /** Refuses a mapping file that lets anybody send. Default false. */
  readonly listedSendersOnly?: boolean;
  readonly personKeys: PersonKeySecret;
  readonly limits?: Partial<MllpLimits>;
  /** How far from their receipt the times of a message may lie. */
  readonly timeBounds?: TimeBounds;
  /** Absent: plain TCP. */
  readonly tls?: MllpTls;
};

export type MeliorIntakeOptions = MeliorIntakeSettings & {
  readonly publisher: ReceiverOptions['publisher'];
  readonly logger: Logger;
  readonly clock: () => Date;
  /** What to do around answering each frame. */
  readonly during?: (
    work: () => ReturnType<MllpServerOptions['answer']>,
    pressing: boolean,
  ) => ReturnType<MllpServerOptions['answer']>;
};

export type MeliorIntake = {
  readonly address: Address;
  /** What operators are told of it. */
  detail(): Health['detail'];
  /** Takes nothing new, sends the answers under way. */
  stop(): Promise<void>;
};

const day = 24 * 60 * 60 * 1000;

/** How long a control id counts as a repeat. */
export function meliorRules(personKeys: PersonKeySecret, windowMilliseconds = day): ReceiptRules {
  return { onOtherContent: 'refuse', personKeys, windowMilliseconds };
}

/**
 * Listens for ADT messages over MLLP and answers them.
 * @throws MappingUnusable; the socket's error when the address is taken; what is wrong with a certificate.
 */
export async function startMeliorIntake(options: MeliorIntakeOptions): Promise<MeliorIntake> {
  const { host, port, tls, publisher, personKeys, logger, clock, listedSendersOnly = false } = options;
  const during = options.during ?? ((work) => work());
  const limits = { ...defaultLimits, ...options.limits };
  const { largestMessageBytes, batchMessages } = limits;
  const receiver = new Receiver({
    publisher,
    mapping: readMappingFor(
      { listedSendersOnly, asksCertificates: tls?.clients !== undefined },
      options.mapping,
    ),
    personKeys,
    largestMessageBytes,
    batchMessages,
    ...(options.timeBounds && { timeBounds: options.timeBounds }),
    logger,
    clock,
  });
  const server = await startMllpServer({
    host,
    port,
    limits,
    logger,
    ...(tls && { tls }),
    answer: (frame, pressing, certificate) => during(() => receiver.answer(frame, certificate), pressing),
    onStrayEnd: () => (receiver.counts.strayEnds += 1),
  });
  const listening = { connector: 'melior', ...server.address, tls: tls !== undefined };
  logger.info(listening, 'listening for HL7 v2 over MLLP');
  return {
    address: server.address,
    detail: () => ({
      connections: server.connections(),
      tls: tls !== undefined,
      ...receiver.counts,
      passedOver: receiver.passedOver.count,
    }),
    stop: () => server.stop(),
  };
}
