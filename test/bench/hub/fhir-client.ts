import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { FhirResource } from 'fhir/r4.js';
import type { WholeHub } from './whole-hub.js';

/** A unit's system, of the ward unless said, on connections kept alive. */
export class FhirClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });

  constructor(private readonly hub: Pick<WholeHub, 'http' | 'authorization'>) {}

  /**
   * Sends a request that may be repeated, and gives the resource that is answered.
   * @throws Error when the answer is no success: a figure would be of something else
   */
  send<Answer extends FhirResource>(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: FhirResource,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const { http, authorization } = this.hub;
    const all = {
      authorization,
      ...(body && { 'content-type': 'application/fhir+json', 'idempotency-key': randomUUID() }),
      ...headers,
    };
    const options = { ...http, method, path: `/fhir/${path}`, agent: this.#agent, headers: all };
    return new Promise((resolve, reject) => {
      const sent = request(options, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode = 0 } = answer;
          if (statusCode >= 200 && statusCode < 300) resolve(JSON.parse(text) as Answer);
          else reject(new Error(`${method} ${path} was answered ${statusCode}: ${text.slice(0, 500)}`));
        });
      });
      sent.once('error', reject);
      sent.end(body && JSON.stringify(body));
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
