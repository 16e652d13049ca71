import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { Load, LoadResult } from './load.js';

/**
 * A client as thin as can be, in a thread of its own, so that what is measured is the server: raw sockets, requests
 * written beforehand, answers counted by their Content-Length.
 */
const { port, requests, connections, milliseconds } = workerData as Load;
const buffers = requests.map((request) => Buffer.from(request));
const latencies: number[] = [];
let failures = 0;
let next = 0;
const end = performance.now() + milliseconds;

async function drive(): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    let waiting = Buffer.alloc(0);
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= end) {
        socket.end();
        resolve();
        return;
      }
      sentAt = performance.now();
      socket.write(buffers[next++ % buffers.length] ?? '');
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      const head = waiting.indexOf('\r\n\r\n');
      if (head < 0) return;
      const headers = waiting.toString('latin1', 0, head);
      const length = Number(/content-length: (\d+)/i.exec(headers)?.[1]);
      if (waiting.length < head + 4 + length) return;
      waiting = Buffer.alloc(0);
      latencies.push(performance.now() - sentAt);
      if (!headers.startsWith('HTTP/1.1 200')) failures++;
      send();
    });
  });
}

const began = performance.now();
await Promise.all(Array.from({ length: connections }, drive));
const result: LoadResult = {
  perSecond: (latencies.length / (performance.now() - began)) * 1000,
  failures,
  latencies,
};
parentPort?.postMessage(result, []);
