import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a receiver of messages would be without anything that the hub is for. */
export type BareReceiver = { readonly host: string; readonly port: number; stop(): Promise<void> };

/**
 * Starts, in a thread of its own, a receiver that takes frames apart, stores each message by a commit of its own, and answers.
 * @param url of an empty database
 */
export async function startBareReceiver(url: string): Promise<BareReceiver> {
  const worker = new Worker(new URL('./bare-receiver-worker.ts', import.meta.url), { workerData: { url } });
  const [port] = (await once(worker, 'message')) as [number];
  return {
    host: '127.0.0.1',
    port,
    stop: async () => void (await worker.terminate()),
  };
}
