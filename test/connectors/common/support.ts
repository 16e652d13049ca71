import { eventsOf, everyFactTopic } from '../../support/sealed.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pino, type Logger } from 'pino';
import type { Pool } from 'pg';
import { createConnectorPool } from '../../../connectors/common/connector-pool.js';
import { startMelior, type MeliorOptions } from '../../../connectors/melior/melior.js';
import type { CloudEvent } from '../../../src/messaging/contracts/cloud-event.js';
import { factTopics, type StayFact } from '../../../src/messaging/contracts/facts.js';
import { EmbeddedTransport } from '../../../src/messaging/transport/embedded/embedded.js';
import type { Database } from '../../../src/persistence/database.js';

export const personKeys = { keyId: 'test', secret: 'a secret of tests that is long enough, surely' };

/** The number in most tests: a test number (serial 981), like every other in these files. */
export const number = '190503279812';

export const mapping = {
  senders: 'any',
  processing: ['P', 'T'],
  ward: { table: { A1: 'SE2321000016-W101', A2: 'SE2321000016-W102', ÅÄÖ: 'SE2321000016-W103' } },
};

/** A logger whose lines can be read. */
export function logged(): { readonly logger: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { logger: pino({ level: 'trace' }, stream), lines };
}

export const silent: Logger = pino({ level: 'silent' });

/** A test number with its check digit: date as `YYYYMMDD` (day + 60 for a samordningsnummer), serial 980 to 999. */
export function testNumber(date: string, serial: number): string {
  const nine = `${date.slice(2)}${serial}`;
  let sum = 0;
  for (const [index, digit] of Array.from(nine, Number).entries()) {
    const product = digit * (index % 2 === 0 ? 2 : 1);
    sum += product > 9 ? product - 9 : product;
  }
  return `${date}${serial}${(10 - (sum % 10)) % 10}`;
}

export async function transportOn(database: Database): Promise<EmbeddedTransport> {
  const transport = new EmbeddedTransport(database, { partitions: 4, sweepMs: 0 });
  await transport.ensureTopics(everyFactTopic);
  return transport;
}

/** A melior connector on a free port with receipts in the database at `url`. */
export async function runMelior(
  url: string,
  transport: MeliorOptions['transport'],
  options: Partial<MeliorOptions> = {},
): Promise<Awaited<ReturnType<typeof startMelior>> & { readonly pool: Pool; end(): Promise<void> }> {
  const pool = createConnectorPool(url);
  const melior = await startMelior({
    host: '127.0.0.1',
    port: 0,
    mapping,
    pool,
    transport,
    personKeys,
    logger: silent,
    ...options,
  });
  const end = async (): Promise<void> => {
    await melior.stop();
    await pool.end();
  };
  return { ...melior, pool, end };
}

/**
 * The facts of a topic of the embedded transport, by partition and place, those that are sealed opened.
 * @param keys the database of the receipts, where it is another
 */
export async function published<Data = StayFact>(
  database: Database,
  topic: string = factTopics.stay,
  keys = database,
): Promise<readonly CloudEvent<Data>[]> {
  const { rows } = await database.query<{ topic: string; key: string; value: string }>(
    `select topic, key, value from transport_message where topic in ($1, $1 || '.sealed') order by partition, number`,
    [topic],
  );
  return eventsOf<Data>(keys, rows);
}

export type MessageParts = {
  readonly event?: string;
  readonly controlId?: string;
  readonly sent?: string;
  readonly person?: string;
  readonly pv1?: string;
  readonly version?: string;
  readonly set?: string;
  readonly evn?: string;
  readonly more?: string;
};

/** A segment from its fields by number. */
export function segment(name: string, fields: Readonly<Record<number, string>>): string {
  const last = Math.max(...Object.keys(fields).map(Number));
  return [name, ...Array.from({ length: last }, (_, index) => fields[index + 1] ?? '')].join('|');
}

/** An ADT message as Melior might send it; parts given replace the usual ones. */
export function adt(parts: MessageParts = {}): string {
  const event = parts.event ?? 'A01';
  const sent = parts.sent ?? '20260110093000';
  const set = parts.set ?? 'UNICODE UTF-8';
  return [
    `MSH|^~\\&|MELIOR|SUS|HUB|REGION|${sent}||ADT^${event}|${parts.controlId ?? 'M1'}|P|${parts.version ?? '2.5'}||||||${set}`,
    parts.evn ?? `EVN|${event}|20260110092900`,
    parts.person ?? `PID|1||${number}^^^SKV^NI||Påhittad^Östen^Åke||19050327|M`,
    parts.pv1 ?? segment('PV1', { 2: 'I', 3: 'A1^12^2^SUS', 19: 'V100', 44: '20260110092500' }),
    ...(parts.more === undefined ? [] : [parts.more]),
    '',
  ].join('\r');
}

/** The code of an answer, MSA-1. */
export function codeOf(answer: string): string | undefined {
  return /\rMSA.(\w\w)/.exec(answer)?.[1];
}

/** A JSON file in a directory of its own that can be replaced. */
export async function dataFile(
  content: unknown,
): Promise<{ readonly file: string; write(content: unknown): Promise<void>; remove(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'hemgang-test-connectors-'));
  const file = path.join(directory, 'data.json');
  const write = (value: unknown): Promise<void> => writeFile(file, JSON.stringify(value));
  await write(content);
  return { file, write, remove: () => rm(directory, { recursive: true, force: true }) };
}

/** True when it does not throw, or throws nothing but what it says it may. */
export function throwsOnly(kind: new (text: string) => Error, act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    return error instanceof kind;
  }
}
