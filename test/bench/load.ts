import { Worker } from 'node:worker_threads';

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

/** Loads an HTTP server with requests for a time. */
export function load(options: Load): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load-worker.ts', import.meta.url), { workerData: options });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

/** A request as `load` sends it. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): string {
  const lines = Object.entries({ host: '127.0.0.1', ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  return `GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
