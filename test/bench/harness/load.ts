import { Worker } from 'node:worker_threads';
import { latency, type Quantity } from './measure.js';
import { percentile } from './statistics.js';

export type Load = {
  readonly port: number;
  /** Whole HTTP requests as text, sent in turn. */
  readonly requests: readonly string[];
  readonly connections: number;
  readonly milliseconds: number;
};

export type LoadResult = {
  readonly perSecond: number;
  /** Answers that were not 200. */
  readonly failures: number;
  /** Milliseconds from request to whole answer. */
  readonly latencies: readonly number[];
};

/** With what it cost the thread that answered, in microseconds of processor time for each answer. */
export type ServedLoad = LoadResult & { readonly processorMicroseconds: number };

/** Loads an HTTP server of this thread with requests for a time. */
export async function load(options: Load): Promise<ServedLoad> {
  const before = process.threadCpuUsage();
  const result = await new Promise<LoadResult>((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  const { user, system } = process.threadCpuUsage(before);
  return { ...result, processorMicroseconds: (user + system) / result.latencies.length };
}

/** A request as `load` sends it. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

/** @throws Error when anything but 200 was answered: such a figure would be of something else */
export function answered<Result extends LoadResult>(result: Result): Result {
  if (result.failures > 0) throw new Error(`${result.failures} requests were not answered with 200`);
  return result;
}

/** Median and p99 of every request of the rounds. */
export function latencyOf(rounds: readonly LoadResult[]): Quantity {
  const all = rounds.flatMap(({ latencies }) => latencies);
  return latency(percentile(all, 0.5), percentile(all, 0.99));
}
