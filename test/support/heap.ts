import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Collects what nobody needs, now. */
export const collect = runInNewContext('gc') as () => void;

/** Bytes that this process holds on to, buffers included, after what nobody needs has been collected. */
export function heapInUse(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
