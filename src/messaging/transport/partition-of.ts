import { createHash } from 'node:crypto';

/** The partition a key lands in: the same for every topic, process and release, whatever the transport. */
export function partitionOf(key: string, partitions: number): number {
  return createHash('sha1').update(key).digest().readUInt32BE(0) % partitions;
}
