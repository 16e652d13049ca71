import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Logger } from 'pino';
import { answerHalfClosed } from '../../../src/wire/half-closed.js';
import type { Address } from '../health.js';
import { readRequestBody } from '../http-body.js';
import { listen } from '../listen.js';
import { errorCode } from '../log-text.js';
import { openEnvelope, readReceiver, writeEnvelope, type BasicProfile } from '../soap/envelope.js';
import { platformFaults } from '../soap/fault.js';
import { writeProcessingStatus } from '../soap/processing-status.js';
import { NotXml, element, readXml, type XmlElement } from '../soap/xml.js';
import { isFault, RequestedFaults } from './faults.js';
import { requireLoopback } from './loopback.js';

/** What a contract's stand-in answers: a body; a SOAP fault with a detail; or a fault of the list to play. */
export type StandInAnswer =
  | { readonly kind: 'body'; readonly body: string; readonly header?: string }
  | { readonly kind: 'fault'; readonly text: string; readonly detail: string };

/** What every stand-in of a system that is asked is given. */
export type StandInOptions = {
  /** Loopback only. */
  readonly host: string;
  /** 0 chooses a free one. */
  readonly port: number;
  /** The JSON file it answers from (its connector's README.md). */
  readonly file: string;
  readonly logger: Logger;
};

export type SoapStandInOptions = Omit<StandInOptions, 'file'> & {
  readonly profile: BasicProfile;
  /** The SOAPAction of its contract, or of each where one address answers several. */
  readonly action: string | readonly string[];
  /** The fault asked for by the persons in the question, if any. */
  readonly faultOf: (question: XmlElement) => Promise<string | undefined>;
  /** Answers a question; `fault` is one that only the contract can play (e.g. `missing-flags`). */
  readonly answer: (question: XmlElement, fault: string | undefined) => Promise<StandInAnswer | undefined>;
};

export type SoapStandIn = {
  readonly address: Address;
  /** Where the contract is answered. */
  readonly url: string;
  /** Questions taken so far. */
  questions(): number;
  stop(): Promise<void>;
};

const largestQuestion = 4 * 1024 * 1024;
const slowMilliseconds = 2000;
const path = '/soap';
const controlPath = '/stand-in/faults';

/** A SOAP 1.1 server on loopback that plays the other side of one contract, faults included. */
export async function startSoapStandIn(options: SoapStandInOptions): Promise<SoapStandIn> {
  requireLoopback(options.host);
  const requested = new RequestedFaults();
  const doomed = new WeakSet<Socket>();
  let questions = 0;
  const server = createServer((request, response) => {
    if (request.url === controlPath) void control(request, response, requested);
    else {
      questions += 1;
      if (doomed.has(request.socket)) request.socket.destroy();
      else void answer(request, response, options, requested, () => doomed.add(request.socket));
    }
  });
  answerHalfClosed(server);
  const address = await listen(server, options.host, options.port);
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    address,
    url: `http://${host}:${address.port}${path}`,
    questions: () => questions,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function control(
  request: IncomingMessage,
  response: ServerResponse,
  requested: RequestedFaults,
): Promise<void> {
  if (request.method === 'DELETE') requested.clear();
  else {
    const body = (await readRequestBody(request, 10_000)) ?? '';
    const wanted = readControl(body);
    if (!wanted) {
      response.writeHead(400).end('{"fault": one of the list, "times": a whole number}\n');
      return;
    }
    requested.set(wanted.fault, wanted.times);
  }
  response.writeHead(204).end();
}

function readControl(body: string): { fault: string; times: number } | undefined {
  try {
    const { fault, times = 1 } = JSON.parse(body) as { fault?: unknown; times?: unknown };
    return isFault(fault) && typeof times === 'number' && Number.isInteger(times)
      ? { fault, times }
      : undefined;
  } catch {
    return undefined;
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: SoapStandInOptions,
  requested: RequestedFaults,
  dropWhenAskedAgain: () => void,
): Promise<void> {
  try {
    const question = await readQuestion(request, options);
    if ('fault' in question) return sendFault(response, 'Client', question.fault);
    const fault = requested.take() ?? (await options.faultOf(question.content));
    if (fault !== undefined && playFault(response, fault)) return;
    if (fault === 'drop-idle') dropWhenAskedAgain();
    if (fault === 'slow') await new Promise((resolve) => setTimeout(resolve, slowMilliseconds));
    const answered = await options.answer(question.content, fault);
    if (!answered) return sendFault(response, 'Client', 'VP015 Malformed request');
    if (answered.kind === 'fault') return sendFault(response, 'Server', answered.text, answered.detail);
    return send(response, 200, writeEnvelope(answered.body, headerFor(fault, answered.header)), fault);
  } catch (error) {
    options.logger.error({ error: errorCode(error) }, 'the stand-in failed');
    response.destroy();
  }
}

async function readQuestion(
  request: IncomingMessage,
  { profile, action }: SoapStandInOptions,
): Promise<{ readonly content: XmlElement } | { readonly fault: string }> {
  if (request.method !== 'POST' || request.url !== path) return { fault: 'VP004 No such address' };
  const body = await readRequestBody(request, largestQuestion);
  const wanted = request.headers['soapaction']?.toString().replaceAll('"', '') ?? '';
  if (![action].flat().includes(wanted)) return { fault: 'VP015 Another SOAPAction was expected' };
  try {
    const opened = openEnvelope(readXml(body ?? ''));
    if (!opened) return { fault: 'VP015 Not a SOAP 1.1 envelope' };
    if (!readReceiver(profile, opened.header)) return { fault: 'VP003 Logical address missing' };
    return { content: opened.content };
  } catch (error) {
    if (error instanceof NotXml) return { fault: 'VP015 Not XML' };
    throw error;
  }
}

/** Plays a fault that needs no answer of the contract; false when it does. */
function playFault(response: ServerResponse, fault: string): boolean {
  const platform = platformFaults[fault];
  if (platform) {
    sendFault(response, platform.blame === 'ours' ? 'Client' : 'Server', `${fault} ${platform.meaning}`);
  } else if (fault === 'fault') sendFault(response, 'Server', 'Internal error');
  else if (fault === 'malformed') send(response, 200, '<soap:Envelope><not xml');
  else if (fault === 'too-large') sendEndlessly(response);
  else return fault === 'timeout';
  return true;
}

function headerFor(fault: string | undefined, header: string | undefined): string {
  if (fault !== 'partial') return header ?? '';
  return writeProcessingStatus([
    { logicalAddress: 'SE0000000000-ONE', statusCode: 'DataFromSource' },
    { logicalAddress: 'SE0000000000-TWO', statusCode: 'NoDataSynchFailed' },
  ]);
}

function send(response: ServerResponse, status: number, text: string, fault?: string): void {
  // What it declares is UTF-8; the comment sees to a letter that the two sets write differently.
  const body =
    fault === 'wrong-character-set' ? Buffer.from(`${text}<!-- å -->`, 'latin1') : Buffer.from(text, 'utf8');
  response.writeHead(status, { 'Content-Type': 'text/xml; charset=utf-8', 'Content-Length': body.length });
  if (fault === 'close') response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else response.end(body);
}

function sendFault(response: ServerResponse, code: 'Client' | 'Server', text: string, detail = ''): void {
  const body =
    `<soap:Fault><faultcode>soap:${code}</faultcode>${element('faultstring', text)}` +
    `${detail === '' ? '' : `<detail>${detail}</detail>`}</soap:Fault>`;
  send(response, 500, writeEnvelope(body));
}

function sendEndlessly(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/xml; charset=utf-8' });
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
  };
  response.on('drain', more);
  response.on('error', () => response.destroy());
  more();
}
