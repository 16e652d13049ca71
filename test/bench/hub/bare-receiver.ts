import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** What a receiver of messages would be without anything that the hub is for. */
export type BareReceiver = {
  readonly host: string;
  readonly port: number;
  /** Where it is asked whether a stay is there. */
  readonly http: { readonly host: string; readonly port: number };
  stop(): Promise<void>;
};

/**
 * Starts, in a thread of its own, a receiver that takes frames apart, stores each message by a commit of its own, and answers; and answers over HTTP whether it has it.
 * @param url of an empty database
 */
export async function startBareReceiver(url: string): Promise<BareReceiver> {
  const worker = new Worker(new URL('./bare-receiver-worker.ts', import.meta.url), { workerData: { url } });
  const [ports] = (await once(worker, 'message')) as [{ readonly port: number; readonly http: number }];
  const host = '127.0.0.1';
  return {
    host,
    port: ports.port,
    http: { host, port: ports.http },
    stop: async () => void (await worker.terminate()),
  };
}
