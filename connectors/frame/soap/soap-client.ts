import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { tlsOptions, type ClientTls } from '../tls.js';
import { openEnvelope, receiverHeader, writeEnvelope, type BasicProfile } from './envelope.js';
import { readFault, SoapFailure, type SoapFault } from './fault.js';
import { isComplete, readProcessingStatus } from './processing-status.js';
import { NotXml, readXml, type XmlElement } from './xml.js';

export type SoapClientOptions = {
  readonly url: string;
  readonly logicalAddress: string;
  readonly profile: BasicProfile;
  readonly tls?: ClientTls;
  /** For the whole answer. Default 10 000. */
  readonly timeoutMilliseconds?: number;
  /** Default 8 MiB (500 persons in profile P2 are below 2 MiB). */
  readonly largestAnswerBytes?: number;
  /** Connections kept open at most. Default 8. */
  readonly connections?: number;
};

/** An answer, or a fault whose detail the contract may know better than the frame does. */
export type SoapAnswer =
  | { readonly kind: 'answer'; readonly content: XmlElement }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

/** A SOAP 1.1 client over HTTP POST (RIV-TA Basic Profiles 2.0 and 2.1). */
export class SoapClient {
  private readonly agent: HttpAgent | HttpsAgent;
  private readonly secure: boolean;

  constructor(private readonly options: SoapClientOptions) {
    this.secure = new URL(options.url).protocol === 'https:';
    const common = { keepAlive: true, maxSockets: options.connections ?? 8 };
    this.agent = this.secure
      ? new HttpsAgent({ ...common, ...tlsOptions(options.tls) })
      : new HttpAgent(common);
  }

  /**
   * Asks one question. `content` is the body's element as XML with its values escaped.
   * @throws SoapFailure when nothing usable came back, or the answer says itself that it is partial.
   */
  async ask(action: string, content: string): Promise<SoapAnswer> {
    const { profile, logicalAddress } = this.options;
    const { status, text } = await this.post(
      action,
      writeEnvelope(content, receiverHeader(profile, logicalAddress)),
    );
    const opened = open(text, status);
    const fault = readFault(opened.content);
    if (fault) return { kind: 'fault', fault };
    if (status !== 200) throw new SoapFailure(`http-${status}`, blameFor(status));
    if (!isComplete(readProcessingStatus(opened.header))) throw new SoapFailure('partial', 'passing');
    return { kind: 'answer', content: opened.content };
  }

  close(): void {
    this.agent.destroy();
  }

  private async post(action: string, message: string): Promise<{ status: number; text: string }> {
    const signal = AbortSignal.timeout(this.options.timeoutMilliseconds ?? 10_000);
    try {
      const response = await this.send(action, Buffer.from(message, 'utf8'), signal);
      const text = await readBody(response, this.options.largestAnswerBytes ?? 8 * 1024 * 1024);
      return { status: response.statusCode ?? 0, text };
    } catch (error) {
      if (error instanceof SoapFailure) throw error;
      throw new SoapFailure(signal.aborted ? 'timeout' : 'connection', 'passing');
    }
  }

  private send(action: string, body: Buffer, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const open = this.secure ? httpsRequest : httpRequest;
      const request = open(
        this.options.url,
        {
          method: 'POST',
          agent: this.agent,
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

async function readBody(response: IncomingMessage, largest: number): Promise<string> {
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
  return Buffer.concat(parts).toString('utf8');
}

function open(text: string, status: number): NonNullable<ReturnType<typeof openEnvelope>> {
  try {
    const opened = openEnvelope(readXml(text));
    if (opened) return opened;
  } catch (error) {
    if (!(error instanceof NotXml)) throw error;
  }
  if (status === 200) throw new SoapFailure('not-soap', 'theirs');
  throw new SoapFailure(`http-${status}`, blameFor(status));
}

function blameFor(status: number): 'ours' | 'passing' {
  return status >= 500 || [408, 425, 429].includes(status) ? 'passing' : 'ours';
}
