import { randomLetters } from '../../support/letters.js';
import { setTimeout as wait } from 'node:timers/promises';
import { MllpClient } from '../../../connectors/melior/mllp/send-mllp.js';
import { stayIdOf } from '../../../src/cases/deterministic-id.js';
import type { Uuid } from '../../../src/process/vocabulary.js';
import { adtMessage } from '../../../src/demo/adt.js';

/** An admission as a journal system sends it, and the stay that the hub will make of it. */
export type Admission = { readonly bytes: Buffer; readonly stayId: Uuid };

/** As the message names its sender, in MSH-3 and MSH-4 (src/demo/adt.ts). */
const sender = 'MELIOR/SUNDVIK';

/** Admissions to the ward of the demo's nurse, each a visit of its own, of these persons in turn. */
export function admissions(numbers: readonly string[], count: number): readonly Admission[] {
  const admittedAt = new Date(Math.floor(Date.now() / 1000) * 1000 - 60_000);
  return Array.from({ length: count }, (_, index) => {
    const visit = randomLetters(18);
    const message = adtMessage({
      event: 'A01',
      controlId: randomLetters(18),
      at: admittedAt,
      admittedAt,
      patient: { number: numbers[index % numbers.length] ?? '', family: 'Bergfält', given: 'Tilda' },
      ward: 'MED',
      visit,
    });
    return { bytes: Buffer.from(message, 'utf8'), stayId: stayIdOf(sender, visit) };
  });
}

/** Journal systems on several connections, each sending one message at a time as MLLP asks. */
export class Journal {
  private constructor(private readonly free: MllpClient[]) {}

  static async open({ host, port }: { readonly host: string; readonly port: number }): Promise<Journal> {
    return new Journal(await Promise.all(Array.from({ length: 16 }, () => MllpClient.open(host, port))));
  }

  /**
   * Sends at a steady rate whether or not answers come: a message whose turn comes while every connection waits for its
   * answer counts from its turn, so that a hub that falls behind is seen to.
   * @param onDue the moment that each message counts from, `performance.now()`
   */
  async send(
    messages: readonly Admission[],
    perSecond: number,
    onDue: (message: Admission, at: number) => void,
  ): Promise<void> {
    const started = performance.now();
    const under: Promise<void>[] = [];
    for (const [index, message] of messages.entries()) {
      const due = started + (index * 1000) / perSecond;
      while (performance.now() < due) await wait(1);
      let client = this.free.pop();
      // Late only when every connection is busy: then its time runs from when it was due.
      const at = client === undefined ? due : performance.now();
      for (; client === undefined; client = this.free.pop()) await wait(1);
      onDue(message, at);
      under.push(this.#deliver(client, message));
    }
    await Promise.all(under);
  }

  close(): void {
    for (const client of this.free) client.close();
  }

  async #deliver(client: MllpClient, { bytes }: Admission): Promise<void> {
    const answer = (await client.send(bytes)).toString('latin1');
    this.free.push(client);
    if (!answer.includes('\rMSA|AA|')) throw new Error(`a message was not taken: ${answer.split('\r')[1]}`);
  }
}
