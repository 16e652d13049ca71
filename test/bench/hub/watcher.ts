import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Uuid } from '../../../src/process/vocabulary.js';
import type { WholeHub } from './whole-hub.js';

/** Between two reads of all watched stays together: some 250 reads a second at most, however many wait to be seen. */
const pauseMs = 4;
const giveUpMs = 30_000;

/** A ward's system that reads stays by id, again and again, until they are there. */
export class Watcher {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  #waiting = 0;

  constructor(private readonly hub: Pick<WholeHub, 'http' | 'authorization'>) {}

  /** @returns milliseconds from `since` to the whole answer that shows it; Infinity after half a minute without one */
  async untilVisible(stayId: Uuid, since: number): Promise<number> {
    this.#waiting += 1;
    try {
      for (;;) {
        const status = await this.#read(stayId);
        const took = performance.now() - since;
        if (status === 200) return took;
        if (status !== 404) throw new Error(`the read of a stay was answered ${status}`);
        if (took > giveUpMs) return Number.POSITIVE_INFINITY;
        await wait(pauseMs * this.#waiting);
      }
    } finally {
      this.#waiting -= 1;
    }
  }

  close(): void {
    this.#agent.destroy();
  }

  #read(stayId: Uuid): Promise<number | undefined> {
    const { http, authorization } = this.hub;
    return new Promise((resolve, reject) => {
      const { host, port } = http;
      const path = `/fhir/Encounter/${stayId}`;
      request({ host, port, path, agent: this.#agent, headers: { authorization } }, (answer) => {
        answer.resume();
        answer.once('end', () => resolve(answer.statusCode));
        answer.once('error', reject);
      })
        .once('error', reject)
        .end();
    });
  }
}
