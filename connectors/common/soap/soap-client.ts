import {
  Agent as HttpAgent,
  request as httpRequest,
  type AgentOptions,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { WrongCharacterSet } from '../../../src/wire/character-set.js';
import { onceMore } from '../../../src/wire/once-more.js';
import { xmlTextOf } from '../../../src/wire/text.js';
import { tlsOptions, type ClientTls } from '../tls.js';
import { answerBounds } from '../answer-bounds.js';
import { openEnvelope, receiverHeader, writeEnvelope, type BasicProfile } from './envelope.js';
import { readFault, SoapFailure, type SoapFault } from './fault.js';
import { isComplete, readProcessingStatus } from './processing-status.js';
import { xmlReader } from './read-apart.js';
import { NotXml, readXml, type XmlElement } from './xml.js';

export type SoapClientOptions = {
  readonly url: string;
  readonly logicalAddress: string;
  readonly profile: BasicProfile;
  readonly tls?: ClientTls;
  /** For the whole answer. Default 10 000. */
  readonly timeoutMilliseconds?: number;
  /** Default 2 MiB (500 persons in profile P2 are below it). */
  readonly largestAnswerBytes?: number;
  /** Connections kept open at most. Default 8. */
  readonly connections?: number;
};

/** An answer, or a fault whose detail the contract may explain better than SOAP does. */
export type SoapAnswer =
  | { readonly kind: 'answer'; readonly content: XmlElement }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

/** Bytes of an answer and what its header says of them. */
type Received = { readonly status: number; readonly bytes: Buffer; readonly contentType: string | undefined };

/** How long a connection that nobody uses is kept, in milliseconds: what is between drops it without a word some time. */
const longestIdle = 4_000;

const { bytes: largestAnswer, readHereBytes: readHere } = answerBounds.soap;

/** A SOAP 1.1 client over HTTP POST (RIV-TA Basic Profiles 2.0 and 2.1), for questions: what is sent may be sent again. */
export class SoapClient {
  private readonly agent: HttpAgent | HttpsAgent;
  /** Its connections serve one question each. */
  private readonly fresh: HttpAgent | HttpsAgent;
  private readonly secure: boolean;

  constructor(private readonly options: SoapClientOptions) {
    this.secure = new URL(options.url).protocol === 'https:';
    const common = { maxSockets: options.connections ?? 8 };
    const agent = (more: AgentOptions): HttpAgent | HttpsAgent =>
      this.secure
        ? new HttpsAgent({ ...common, ...more, ...tlsOptions(options.tls) })
        : new HttpAgent({ ...common, ...more });
    this.agent = agent({ keepAlive: true, timeout: longestIdle });
    this.fresh = agent({ keepAlive: false });
  }

  /**
   * Asks one question. `content` is the body's element as XML with its values escaped.
   * @throws SoapFailure when nothing usable came back, or the answer says itself that it is partial.
   */
  async ask(action: string, content: string): Promise<SoapAnswer> {
    const { profile, logicalAddress } = this.options;
    const received = await this.post(action, writeEnvelope(content, receiverHeader(profile, logicalAddress)));
    const { status } = received;
    const opened = await open(received);
    const fault = readFault(opened.content);
    if (fault) return { kind: 'fault', fault };
    if (status !== 200) throw new SoapFailure(`http-${status}`, blameFor(status));
    if (!isComplete(readProcessingStatus(opened.header))) throw new SoapFailure('partial', 'passing');
    return { kind: 'answer', content: opened.content };
  }

  close(): void {
    this.agent.destroy();
    this.fresh.destroy();
  }

  private async post(action: string, message: string): Promise<Received> {
    const signal = AbortSignal.timeout(this.options.timeoutMilliseconds ?? 10_000);
    try {
      const body = Buffer.from(message, 'utf8');
      const response = await onceMore((fresh) => this.send(action, body, signal, fresh));
      const bytes = await readBody(response, this.options.largestAnswerBytes ?? largestAnswer);
      return { status: response.statusCode ?? 0, bytes, contentType: response.headers['content-type'] };
    } catch (error) {
      if (error instanceof SoapFailure) throw error;
      throw new SoapFailure(signal.aborted ? 'timeout' : 'connection', 'passing');
    }
  }

  private send(action: string, body: Buffer, signal: AbortSignal, fresh: boolean): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const open = this.secure ? httpsRequest : httpRequest;
      const request = open(
        this.options.url,
        {
          method: 'POST',
          agent: fresh ? this.fresh : this.agent,
          signal,
          headers: {
            'Content-Type': 'text/xml; charset=utf-8',
            'Content-Length': body.length,
            SOAPAction: `"${action}"`,
          },
        },
        resolve,
      );
      request.on('error', reject);
      request.end(body);
    });
  }
}

async function readBody(response: IncomingMessage, largest: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largest) {
      response.destroy();
      throw new SoapFailure('too-large', 'theirs');
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function open({
  status,
  bytes,
  contentType,
}: Received): Promise<NonNullable<ReturnType<typeof openEnvelope>>> {
  let code = 'not-soap';
  try {
    const root =
      bytes.length > readHere
        ? await xmlReader.read(bytes, contentType)
        : readXml(xmlTextOf(bytes, contentType));
    const opened = openEnvelope(root);
    if (opened) return opened;
  } catch (error) {
    if (error instanceof WrongCharacterSet) code = 'wrong-character-set';
    else if (!(error instanceof NotXml)) throw error;
  }
  if (status === 200) throw new SoapFailure(code, 'theirs');
  throw new SoapFailure(`http-${status}`, blameFor(status));
}

function blameFor(status: number): 'ours' | 'passing' {
  return status >= 500 || [408, 425, 429].includes(status) ? 'passing' : 'ours';
}
