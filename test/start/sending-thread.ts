import { parentPort, workerData } from 'node:worker_threads';
import { randomLetters } from '../support/letters.js';
import { MllpClient } from '../../connectors/melior/mllp/send-mllp.js';
import { adtMessage } from '../../src/demo/adt.js';
import { patients } from '../../src/demo/cast.js';

/** A hospital's system in a thread of its own: sends as fast as it is answered, until it is told to stop, and says when each answer came. */
const { host, port, connections } = workerData as { host: string; port: number; connections: number };
const stopping = new AbortController();
parentPort?.once('message', () => stopping.abort());
const answered: number[] = [];

async function send(name: string): Promise<void> {
  const client = await MllpClient.open(host, port);
  for (let count = 0; !stopping.signal.aborted; count += 1) {
    const id = `${name}-${count}`;
    const at = new Date();
    // Of several persons: one person's facts are dealt with one after the other.
    const patient = patients[count % patients.length] ?? patients[0];
    const message = adtMessage({
      event: 'A01',
      patient,
      ward: 'MED',
      visit: `${name}-${count % patients.length}`,
      admittedAt: at,
      at,
      controlId: id,
    });
    const answer = await client.send(Buffer.from(message, 'utf8'));
    if (!answer.toString('latin1').includes(`\rMSA|AA|${id}`)) throw new Error('not taken');
    answered.push(Date.now());
    if (answered.length === 1) parentPort?.postMessage('first', []);
  }
  client.close();
}

await Promise.all(Array.from({ length: connections }, (_, number) => send(`${randomLetters(12)}-${number}`)));
parentPort?.postMessage(answered, []);
